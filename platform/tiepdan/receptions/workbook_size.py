"""Refuse a workbook that unzips to far more than it weighs: a few kilobytes can fill a server's memory."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an exception

from flask_babel import gettext as _

from tiepdan.core.errors import Invalid

MOST_UNZIPPED = 512 * 1024**2  # bytes; a register of 100,000 rows takes about 200 MiB
_CHUNK = 1024**2


def check_unzipped_size(path: Path) -> None:
    """Raise Invalid for a file that is no zip, or whose parts together are too large.

    What the file says of itself is believed only when it is too much; otherwise the parts are read and measured.
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNZIPPED or not _fits(archive, parts):
                raise Invalid(
                    _(
                        "Tệp %(name)s giải nén ra hơn %(size)d MB, quá lớn đối với một sổ tiếp công dân. "
                        "Hãy chia sổ thành nhiều tệp rồi nhập lại.",
                        name=path.name,
                        size=MOST_UNZIPPED // 1024**2,
                    )
                )
    except (OSError, BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Invalid(_("Không mở được %(name)s như một tệp Excel (.xlsx).", name=path.name)) from error


def _fits(archive: ZipFile, parts: list[ZipInfo]) -> bool:
    left = MOST_UNZIPPED
    for part in parts:
        with archive.open(part) as unzipped:
            while read := unzipped.read(_CHUNK):
                left -= len(read)
                if left < 0:
                    return False
    return True
