"""Workbooks (.xlsx) that are written here: begun in one place, because what people typed must never run in them."""

from io import BytesIO
from typing import Any

import xlsxwriter

# Text typed by hand is text, also one that begins with "=" or looks like a link.
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def begin_workbook(buffer: BytesIO) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    """Begin a workbook that is written into a buffer when it is closed."""
    return xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **_PLAIN})
