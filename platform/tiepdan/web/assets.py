"""Addresses of static files that change when the file does, so that browsers may keep them for ever."""

from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, has_request_context, request, url_for


def asset_url(filename: str) -> str:
    """Return the address of a static file, with a mark of its contents.

    filename: path below static/, such as "tiepdan.css".
    """
    folder = current_app.static_folder
    if folder is None:
        raise ValueError("this application serves no static files")
    return _address(request.script_root if has_request_context() else "", folder, filename)


@lru_cache(maxsize=8192)
def _address(_script_root: str, folder: str, filename: str) -> str:
    """Make the address; it depends on the tenant's prefix, and a page asks for forty of them."""
    return url_for("static", filename=filename, v=_fingerprint(Path(folder) / filename))


@cache
def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]
