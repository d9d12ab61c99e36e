"""Fields of registers and forms as JSON Schema, each with its words in both languages."""

from collections.abc import Mapping

type Words = Mapping[str, str]
type Field = dict[str, object]


def words(vi: str, en: str) -> Words:
    """Return a text in both languages."""
    return {"vi": vi, "en": en}


def line(vi: str, en: str, *, longest: int = 200, help: Words | None = None, private: bool = False) -> Field:  # noqa: A002
    """Return a text; longer than 300 letters it gets a box. private: kept in the vault, never listed or counted."""
    return {"type": "string", "maxLength": longest, **_told(vi, en, help), **({"x-private": True} if private else {})}


def day(vi: str, en: str, *, help: Words | None = None) -> Field:  # noqa: A002
    """Return a day."""
    return {"type": "string", "format": "date", **_told(vi, en, help)}


def number(vi: str, en: str, *, smallest: int = 0, help: Words | None = None) -> Field:  # noqa: A002
    """Return a whole number."""
    return {"type": "integer", "minimum": smallest, "maximum": 1_000_000, **_told(vi, en, help)}


def yes_no(vi: str, en: str, *, help: Words | None = None) -> Field:  # noqa: A002
    """Return a question of yes or no."""
    return {"type": "boolean", **_told(vi, en, help)}


def choice(vi: str, en: str, choices: Mapping[str, Words], *, help: Words | None = None) -> Field:  # noqa: A002
    """Return a choice. choices: words by value, in the order to show."""
    return {"type": "string", "enum": list(choices), "x-choices": dict(choices), **_told(vi, en, help)}


def when(field: Field, **asked: object) -> Field:
    """Return a field that is asked only for certain answers to an earlier one."""
    return {**field, "x-when": asked}


def entry_of(required: tuple[str, ...], **fields: Field) -> Field:
    """Return the schema of an entry or a form, its fields in order."""
    return {"type": "object", "properties": fields, "required": list(required)}


def _told(vi: str, en: str, help_words: Words | None) -> Field:
    return {"x-label": words(vi, en), **({"x-help": help_words} if help_words else {})}
