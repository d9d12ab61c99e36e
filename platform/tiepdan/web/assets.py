"""Addresses of static files that change when the file does, so that browsers may keep them for ever."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, url_for


def asset_url(filename: str) -> str:
    """Return the address of a static file, with a mark of its contents.

    filename: path below static/, such as "tiepdan.css".
    """
    folder = current_app.static_folder
    if folder is None:
        raise ValueError("this application serves no static files")
    return url_for("static", filename=filename, v=_fingerprint(Path(folder) / filename))


@cache
def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]
