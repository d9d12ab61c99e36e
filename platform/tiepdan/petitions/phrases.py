"""Words that plugins name, looked for in a text: without case and diacritics, whole words only."""

from functools import lru_cache

from tiepdan.core.diacritics import strip_marks

LONGEST = 100  # letters of a phrase
MOST = 200  # phrases of one rule


def fold_words(text: str) -> str:
    """Return a text as words between single spaces, without case, marks and signs ("Đền bù, đất!" → " den bu dat ")."""
    letters = (letter if letter.isalnum() else " " for letter in strip_marks(text.casefold()))
    return f" {' '.join(''.join(letters).split())} "


def find_phrase(folded: str, phrases: tuple[str, ...]) -> str | None:
    """Return the first phrase that stands in a folded text, as it was named; None when none does."""
    return next((phrase for phrase in phrases if _fold_phrase(phrase) in folded), None)


@lru_cache(maxsize=50_000)
def _fold_phrase(phrase: str) -> str:
    """Fold what a plugin named, once per process; never a text of a case, which no process remembers."""
    return fold_words(phrase)


def check_phrases(phrases: object, where: str) -> None:
    """Raise TypeError or ValueError, for the author, unless these are phrases that can be looked for."""
    if not isinstance(phrases, tuple | list) or not all(isinstance(phrase, str) for phrase in phrases):
        raise TypeError(f"{where} is a tuple of words or phrases")
    if len(phrases) > MOST or any(len(phrase) > LONGEST or not fold_words(phrase).strip() for phrase in phrases):
        raise ValueError(f"{where}: at most {MOST} phrases of at most {LONGEST} letters, none of signs only")
