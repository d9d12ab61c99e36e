"""Vietnamese letters without their marks: what search, comparison and short messages fold a text with first."""

import unicodedata

_BARRED = str.maketrans("đĐ", "dD")  # letters of their own in Unicode: they do not decompose


def strip_marks(text: str) -> str:
    """Take the marks off Vietnamese letters and keep their case: "Đơn đã có" → "Don da co"."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARRED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
