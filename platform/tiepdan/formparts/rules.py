"""What a form of a plugin may look like, and what an answer to it must be. Pure; no database, no clock.

A form is a JSON Schema (draft 2020-12) of an object, of the part of the language that a page can show: a word that
is not listed here is refused, for a rule that nobody enforces is worse than none. The schema of a register's entry is
read here too: it has no record of the platform around it, so no "kind" of one, and may keep fields in the vault.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from jsonschema import Draft202012Validator

from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words
from tiepdan.sdk import Form, PetitionKind, Record

MOST_FORMS = 10  # of one plugin
MOST_FIELDS = 400  # of one plugin
MOST_CHOICES = 1_000  # of one field
LONGEST_LINE = 300  # a text that may be longer gets a box
LONGEST_TEXT = 20_000
LARGEST_INTEGER = 2**53  # JSON and workbooks hold no larger one exactly
KIND = "kind"  # the platform's own field of a petition and of a visit
YES, NO = "yes", "no"
WITH_KIND = frozenset({Record.PETITION, Record.VISIT})

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_REGISTER_KEY = re.compile(r"[a-z][a-z0-9-]{0,40}")
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_OF_FORM = {"$schema", "type", "title", "description", "properties", "required", "additionalProperties"}
_OF_EVERY = {"type", "title", "description", "x-label", "x-help", "x-when", "x-step", "x-width"}
_OF_FORMS = {"x-goes-up"}
_OF_REGISTERS = {"x-private"}
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_LENGTHS = {"minLength", "maxLength"}


class Width(StrEnum):
    """How much room a field takes; SHORT for a few characters, HALF beside another where there is room."""

    SHORT = "short"
    HALF = "half"
    FULL = "full"


class FieldKind(StrEnum):
    """How a field is asked."""

    LINE = "line"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"


# Answers that are codes and numbers; whatever else somebody types may name a person.
CODED = frozenset({FieldKind.CHOICE, FieldKind.BOOLEAN, FieldKind.INTEGER, FieldKind.NUMBER})
TEXTS = frozenset({FieldKind.LINE, FieldKind.TEXT})
_NARROW = {FieldKind.DATE, FieldKind.INTEGER, FieldKind.NUMBER}
_MORE = {
    FieldKind.LINE: _LENGTHS,
    FieldKind.TEXT: _LENGTHS,
    FieldKind.INTEGER: _NUMBERS,
    FieldKind.NUMBER: _NUMBERS,
    FieldKind.BOOLEAN: set[str](),
    FieldKind.DATE: {"format"},
    FieldKind.CHOICE: {"enum", "x-choices"},
}


@dataclass(frozen=True, slots=True)
class When:
    """That a field is asked only for certain answers to another. values: as a form sends them."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PartField:
    """One field. choices: (value, its words); longest: of a text; private: of a register, kept in the vault.

    step: title of the step that begins with it; empty where none does. goes_up: its answer is in the summary that
    superiors see.
    """

    name: str
    kind: FieldKind
    label: Mapping[str, str]
    help: Mapping[str, str]
    required: bool
    when: When | None
    choices: tuple[tuple[str, Mapping[str, str]], ...]
    longest: int
    private: bool
    step: Mapping[str, str]
    width: Width
    goes_up: bool
    validator: Any = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class PartSchema:
    """A form, read and checked once per process. text: what is kept of it beside the answers."""

    key: str
    version: int
    title: Mapping[str, str]
    fields: tuple[PartField, ...]
    text: str = field(repr=False)
    digest: str
    of_register: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A form and whose it is."""

    plugin: str
    schema: PartSchema

    def name_of(self, each: PartField) -> str:
        """Return the name of a field on the page."""
        return f"x-{self.plugin}-{self.schema.key}-{each.name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Checked answers to one form; only what was answered is in values."""

    part: Part
    values: Mapping[str, object]


def check_forms(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise TypeError or ValueError, with words for the author, unless an answer to `form_parts` can be shown."""
    check_list(answer, Form, "form_parts", MOST_FORMS)
    schemas = [schema_of(form) for form in answer]
    check_distinct((schema.key for schema in schemas), "form")
    if sum(len(schema.fields) for schema in schemas) > MOST_FIELDS:
        raise ValueError(f"at most {MOST_FIELDS} fields")


def check_forms_of(record: Record, answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise as check_forms does, and for what does not fit the record the forms were asked for."""
    check_forms(answer)
    for each in (each for form in answer for each in schema_of(form).fields):
        of_kind = each.when is not None and each.when.field == KIND
        _need(not of_kind or record in WITH_KIND, f"{each.name}: a {record.value} has no kind")
        _need(not each.goes_up or record is Record.PETITION, f"{each.name}: only a petition's answers go up")


def schema_of(form: Form) -> PartSchema:
    """Read a form as a plugin gave it. Raises TypeError, ValueError."""
    given = {"key": form.key, "version": form.version, "title": form.title, "schema": form.schema}
    return read_schema(write_schema(given))


def write_schema(given: Mapping[str, object]) -> str:
    """Write a form down as it is kept: key, version, title, schema; register: True for a register's entry."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"), default=_plain)


@lru_cache(maxsize=2048)
def read_schema(text: str) -> PartSchema:
    """Read a form as it was kept. Raises TypeError, ValueError."""
    given = json.loads(text)
    key, version, schema = given["key"], given["version"], given["schema"]
    of_register = given.get("register", False)
    if of_register:
        _need(isinstance(key, str) and _REGISTER_KEY.fullmatch(key), f"key {key!r}: small letters, digits, dashes")
    else:
        _need(isinstance(key, str) and _NAME.fullmatch(key), f"key {key!r}: small letters, digits, underscores")
    _need(isinstance(version, int) and not isinstance(version, bool) and version >= 1, "version counts from 1")
    _need(isinstance(schema, dict) and schema.get("type") == "object", f"{key}: a schema of an object")
    _need(not set(schema) - _OF_FORM, f"{key}: unknown {sorted(set(schema) - _OF_FORM)}")
    _need(not schema.get("additionalProperties", False), f"{key}: no additional properties")
    properties, required = schema.get("properties"), schema.get("required", [])
    _need(isinstance(properties, dict) and properties, f"{key}: properties")
    _need(len(properties) <= MOST_FIELDS, f"at most {MOST_FIELDS} fields")
    _need(isinstance(required, list) and set(required) <= set(properties), f"{key}: required names its properties")
    fields: dict[str, PartField] = {}
    for name, given_field in properties.items():
        fields[name] = _read_field(name, given_field, name in required, fields, of_register=of_register)
    title = check_words(given["title"], f"{key}: title")
    digest = sha256(text.encode()).hexdigest()
    return PartSchema(key, version, title, tuple(fields.values()), text, digest, bool(of_register))


def asked_fields(schema: PartSchema, kind: str, typed: Mapping[str, str]) -> Iterator[PartField]:
    """Yield the fields whose condition holds. A field under one that is not asked is not asked either.

    kind: of the record, "" while unknown. typed: what was sent, by field, as a form sends it.
    """
    asked = {KIND: kind}
    for each in schema.fields:
        if each.when is None or asked.get(each.when.field, "") in each.when.values:
            asked[each.name] = typed.get(each.name, "")
            yield each


def _read_field(
    name: str,
    given: Any,  # noqa: ANN401 - a plugin may give anything
    required: bool,
    before: Mapping[str, PartField],
    *,
    of_register: bool,
) -> PartField:
    _need(_NAME.fullmatch(name), f"property {name!r}: small letters, digits, underscores")
    _need(of_register or name != KIND, f"property {name!r} is the platform's own")
    _need(isinstance(given, dict), f"{name}: a schema")
    kind = _kind_of(name, given)
    unknown = set(given) - _OF_EVERY - _MORE[kind] - (_OF_REGISTERS if of_register else _OF_FORMS)
    _need(not unknown, f"{name}: unknown {sorted(unknown)}")
    for word in _LENGTHS & set(given):
        _need(type(given[word]) is int and 0 <= given[word] <= LONGEST_TEXT, f"{name}: {word}")
    for word in _NUMBERS & set(given):
        _need(type(given[word]) in (int, float), f"{name}: {word}")
    _need(given.get("multipleOf", 1) > 0, f"{name}: multipleOf is more than 0")
    rules = {word: value for word, value in given.items() if word in {"type", "enum"} | _LENGTHS | _NUMBERS}
    longest = given.get("maxLength", LONGEST_LINE)
    if kind is FieldKind.LINE:
        rules.setdefault("maxLength", longest)
    if kind is FieldKind.INTEGER:
        rules["minimum"] = max(given.get("minimum", -LARGEST_INTEGER), -LARGEST_INTEGER)
        rules["maximum"] = min(given.get("maximum", LARGEST_INTEGER), LARGEST_INTEGER)
    return PartField(
        name=name,
        kind=kind,
        label=check_words(given.get("x-label"), f"{name}: x-label"),
        help=check_words(given["x-help"], f"{name}: x-help") if "x-help" in given else {},
        required=required,
        when=_read_when(name, given["x-when"], before, of_register=of_register) if "x-when" in given else None,
        choices=_read_choices(name, given) if kind is FieldKind.CHOICE else (),
        longest=longest,
        private=_read_private(name, given),
        step=check_words(given["x-step"], f"{name}: x-step") if "x-step" in given else {},
        width=_read_width(name, given, kind),
        goes_up=_read_goes_up(name, given, kind),
        validator=Draft202012Validator(rules),
    )


def _read_width(name: str, given: Mapping[str, Any], kind: FieldKind) -> Width:
    word = given.get("x-width", Width.SHORT if kind in _NARROW else Width.FULL)
    _need(isinstance(word, str) and word in set(Width), f"{name}: x-width is one of {[each.value for each in Width]}")
    return Width(word)


def _read_goes_up(name: str, given: Mapping[str, Any], kind: FieldKind) -> bool:
    goes_up = given.get("x-goes-up", False)
    _need(isinstance(goes_up, bool), f"{name}: x-goes-up is true or false")
    _need(not goes_up or kind in CODED, f"{name}: only a choice, boolean or number goes up; a text stays")
    return bool(goes_up)


def _kind_of(name: str, given: Mapping[str, Any]) -> FieldKind:
    match given.get("type"):
        case "string" if "enum" in given:
            return FieldKind.CHOICE
        case "string" if given.get("format") == "date":
            return FieldKind.DATE
        case "string":
            longest = given.get("maxLength", LONGEST_LINE)
            return FieldKind.TEXT if isinstance(longest, int) and longest > LONGEST_LINE else FieldKind.LINE
        case "integer" | "number" | "boolean" as word:
            return FieldKind(word)
        case other:
            raise ValueError(f"{name}: type {other!r} is none a page can ask")


def _read_choices(name: str, given: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    values, words = given["enum"], given.get("x-choices", {})
    _need(isinstance(values, list) and values and isinstance(words, dict), f"{name}: enum with x-choices")
    _need(len(values) <= MOST_CHOICES, f"{name}: at most {MOST_CHOICES} choices")
    _need(all(isinstance(value, str) and _WORD.fullmatch(value) for value in values), f"{name}: enum of short words")
    _need(set(words) == set(values) and len(set(values)) == len(values), f"{name}: x-choices name each value")
    return tuple((value, check_words(words[value], f"{name}: x-choices {value}")) for value in values)


def _read_private(name: str, given: Mapping[str, Any]) -> bool:
    private = given.get("x-private", False)
    _need(isinstance(private, bool), f"{name}: x-private is true or false")
    return bool(private)


def _read_when(name: str, given: Any, before: Mapping[str, PartField], *, of_register: bool) -> When:  # noqa: ANN401
    _need(isinstance(given, dict) and len(given) == 1, f"{name}: x-when names one field")
    (on, wanted), *_rest = given.items()
    values = wanted if isinstance(wanted, list) else [wanted]
    if of_register:
        _need(on in before, f"{name}: x-when names a field before it")
    else:
        _need(on == KIND or on in before, f"{name}: x-when names a field before it, or {KIND!r}")
    known: set[object]
    if on not in before:
        known = {kind.value for kind in PetitionKind}
    elif before[on].kind is FieldKind.BOOLEAN:
        known = {True, False}
    else:
        known = {value for value, _words_of in before[on].choices}
    fits = all(value in known and not isinstance(value, int) ^ isinstance(value, bool) for value in values)
    _need(values and fits, f"{name}: x-when {on} is one of {sorted(map(str, known))}")
    return When(on, frozenset({True: YES, False: NO}.get(value, str(value)) for value in values))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence | frozenset):
        return list(value)
    raise TypeError(f"a schema is data, not {type(value).__name__}")


def _need(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)
