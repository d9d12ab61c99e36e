"""Texts that plugins give in two languages, and links they give: checked, and chosen for the reader."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import get_locale

LANGUAGES = ("vi", "en")
LONGEST = 600  # letters of a text, or of a link


def in_language(words: Mapping[str, str], locale: str | None = None) -> str:
    """Return a text in one of its languages. locale: None for the reader's."""
    return words.get(locale or str(get_locale()), words["vi"])


def check_words(words: object, where: str) -> dict[str, str]:
    """Return a text in exactly the two languages. Raises ValueError when one is missing or long, TypeError
    for what is no text in languages.

    where: what it is, for the author.
    """
    if not isinstance(words, Mapping):
        raise TypeError(f"{where} speaks Vietnamese and English")
    found = {locale: words.get(locale) for locale in LANGUAGES}
    if not all(isinstance(text, str) and 0 < len(text.strip()) <= LONGEST for text in found.values()):
        raise ValueError(f"{where} speaks Vietnamese and English, briefly")
    return {locale: str(text) for locale, text in found.items()}


def check_link(url: object, where: str) -> None:
    """Raise ValueError for a link that leads out of the committee; "" is none."""
    if url == "":
        return
    if not isinstance(url, str) or len(url) > LONGEST:
        raise ValueError(f"{where} leads to a page of the same committee")
    parts = urlsplit(url)
    # A browser reads a backslash as a slash.
    if parts.scheme or parts.netloc or not url.startswith("/") or url.startswith("//") or "\\" in url:
        raise ValueError(f"{where} leads to a page of the same committee")
