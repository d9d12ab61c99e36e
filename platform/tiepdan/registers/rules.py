"""What a register may look like, and what an entry of it must be. Pure; no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.core.actor import Actor
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words
from tiepdan.formparts.rules import FieldKind, Part, PartField, PartSchema, read_schema, write_schema
from tiepdan.sdk import Register

MOST_REGISTERS = 20  # of one plugin
MOST_FIELDS = 60  # of one register
MOST_LISTED = 5
EARLIEST_YEAR = 1945  # a day before it is a slip of the keyboard, as is one
YEARS_AHEAD = 5  # years after this one


@dataclass(frozen=True, slots=True)
class RegisterType:
    """A register that is enabled for a committee, with its schema read. plugin: whose it is."""

    plugin: str
    register: Register
    schema: PartSchema

    @property
    def part(self) -> Part:
        """Return the register's form as pages draw it."""
        return Part(self.plugin, self.schema)

    def may_view(self, actor: Actor) -> bool:
        """Say whether somebody may see the register at all."""
        return actor.may("registers.view") and (not self.register.for_head or actor.may("registers.view_restricted"))

    def field(self, name: str) -> PartField:
        """Return a field that may be listed, searched, counted and exported. Raises ValueError for any other."""
        found = next((each for each in self.schema.fields if each.name == name), None)
        if found is None or found.private:
            raise ValueError(f"no field {name!r} of {self.plugin}/{self.register.key} to count or filter by")
        return found

    @property
    def public_fields(self) -> tuple[PartField, ...]:
        """Return the fields that are not private."""
        return tuple(each for each in self.schema.fields if not each.private)

    @property
    def listed_fields(self) -> tuple[PartField, ...]:
        """Return what the list shows beside title and day, in the plugin's order."""
        return tuple(self.field(name) for name in self.register.list_fields)

    @property
    def choice_fields(self) -> tuple[PartField, ...]:
        """Return the fields a list may be narrowed by with a menu."""
        return tuple(each for each in self.public_fields if each.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN))


def read_register(plugin: str, register: Register) -> RegisterType:
    """Read a register as a plugin gave it. Raises TypeError, ValueError."""
    given = {
        "key": register.key,
        "version": register.version,
        "title": register.title,
        "schema": register.schema,
        "register": True,
    }
    return RegisterType(plugin, register, read_schema(write_schema(given)))


def check_registers(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise TypeError or ValueError, with words for the author, unless an answer to `registers` can be kept."""
    check_list(answer, Register, "registers", MOST_REGISTERS)
    for register in answer:
        _check_register(register)
    check_distinct((register.key for register in answer), "register")


def _check_register(register: Register) -> None:
    schema = read_register("", register).schema
    key = schema.key
    _need(len(schema.fields) <= MOST_FIELDS, f"{key}: at most {MOST_FIELDS} fields")
    for words in ("title", "entry", "summary"):
        check_words(getattr(register, words), f"{key}: {words}")
    fields = {each.name: each for each in schema.fields}
    _check_named(fields, register.title_field, FieldKind.LINE, f"{key}: title_field")
    _check_named(fields, register.date_field, FieldKind.DATE, f"{key}: date_field")
    listed = register.list_fields
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise TypeError(f"{key}: list_fields are names of fields")
    _need(len(listed) <= MOST_LISTED, f"{key}: list_fields are at most {MOST_LISTED}")
    _need(len(set(listed)) == len(listed), f"{key}: list_fields name each field once")
    for name in listed:
        _need(name in fields and not fields[name].private, f"{key}: list_fields: {name!r} is no field a list may show")
    if not isinstance(register.numbered, bool) or not isinstance(register.for_head, bool):
        raise TypeError(f"{key}: numbered and for_head are true or false")
    if type(register.order) is not int:
        raise TypeError(f"{key}: order is a whole number")


def _check_named(fields: Mapping[str, PartField], name: object, kind: FieldKind, where: str) -> None:
    """An entry without a name or without a day could be neither listed nor counted."""
    found = fields.get(name) if isinstance(name, str) else None
    fits = found is not None and found.kind is kind and found.required and found.when is None and not found.private
    asked = "a string of one line" if kind is FieldKind.LINE else "a day"
    _need(fits, f"{where} names a required field ({asked}), without x-when and x-private")


def split_values(schema: PartSchema, values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return an entry's values as (public, private)."""
    private = {each.name for each in schema.fields if each.private}
    return (
        {name: value for name, value in values.items() if name not in private},
        {name: value for name, value in values.items() if name in private},
    )


def is_usual_day(day: date, on: date) -> bool:
    """Say whether an entry's day is one that somebody meant: years of four digits get lost in typing."""
    return EARLIEST_YEAR <= day.year <= on.year + YEARS_AHEAD


def _need(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)
