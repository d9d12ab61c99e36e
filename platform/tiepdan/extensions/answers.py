"""What every answer of a plugin is held against before its slice looks at it: a list, not too long, sourced."""

from collections.abc import Iterable

LONGEST_SOURCE = 300


def check_list(answer: object, kind: type, hook: str, most: int) -> None:
    """Raise TypeError unless an answer is a list of values of a kind, ValueError for more than there may be.

    most: of one plugin.
    """
    if not isinstance(answer, list | tuple) or not all(isinstance(each, kind) for each in answer):
        raise TypeError(f"{hook} answers with a list of {kind.__name__}")
    if len(answer) > most:
        raise ValueError(f"{hook}: at most {most} of {kind.__name__}")


def check_distinct(keys: Iterable[object], what: str) -> None:
    """Raise ValueError when a key stands twice. what: to which each belongs, such as "page"."""
    listed = list(keys)
    if len(set(listed)) != len(listed):
        raise ValueError(f"each {what} has a key of its own")


def check_source(source: object, where: str) -> None:
    """Raise ValueError unless a rule of a plugin names the document it rests on."""
    if not isinstance(source, str) or not 0 < len(source.strip()) <= LONGEST_SOURCE:
        raise ValueError(f"{where} names the document that orders it, briefly")
