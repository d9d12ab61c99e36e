"""Registers and entries as pages draw them: each value in the version it was given in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from tiepdan.extensions.bilingual import in_language
from tiepdan.formparts.pages import say_value
from tiepdan.formparts.rules import FieldKind, PartField, PartSchema
from tiepdan.registers.addresses import filter_name, word_of
from tiepdan.registers.checking import explain_fault
from tiepdan.registers.reading import EntryFile, EntryView
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk.counting import Value

MOST_MENUS = 4  # beside search and year


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the entry, and its cells beside title and day."""

    entry: EntryView
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice that narrows the list. options: (word of the address, words)."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What an address narrows the list by and no menu shows. hidden: (name, word) to keep when filtering on."""

    label: str
    values: str
    hidden: Sequence[tuple[str, str]]


def say_field(schema: PartSchema, name: str, values: Mapping[str, Any]) -> str:
    """Say a value in the version it was given in; "" for none."""
    field = next((each for each in schema.fields if each.name == name), None)
    if name not in values:
        return ""
    return say_value(field, values[name], str(get_locale())) if field else str(values[name])


def present_rows(
    entries: Iterable[EntryView], register: RegisterType, versions: Mapping[UUID, PartSchema]
) -> list[Row]:
    """Return the lines of a list."""
    names = [each.name for each in register.listed_fields]
    return [Row(each, [say_field(versions[each.version_id], name, each.values) for name in names]) for each in entries]


def present_menus(register: RegisterType, where: Mapping[str, Sequence[Value]]) -> list[Menu]:
    """Return the menus of a list; a field that an address narrows to several values has none."""
    fields = [each for each in register.choice_fields if len(where.get(each.name, ())) <= 1][:MOST_MENUS]
    return [
        Menu(
            filter_name(each),
            in_language(each.label),
            [("", str(_("Tất cả"))), *((word_of(value), words) for value, words in _options(each))],
            word_of(where[each.name][0]) if each.name in where else "",
        )
        for each in fields
    ]


def present_conditions(
    register: RegisterType, where: Mapping[str, Sequence[Value]], menus: Sequence[Menu]
) -> list[Condition]:
    """Return what narrows a list and stands in none of its menus."""
    shown = {menu.name for menu in menus}
    return [
        Condition(
            in_language(field.label),
            ", ".join(_say(field, value) for value in values),
            [(filter_name(field), word_of(value)) for value in values],
        )
        for name, values in where.items()
        if filter_name(field := register.field(name)) not in shown
    ]


def present_facts(file: EntryFile, *, private: bool) -> list[tuple[str, str]]:
    """Return labels and values of an entry's page, in the version it was written in."""
    locale = str(get_locale())
    hidden = {each.name for each in file.register.schema.fields if each.private}
    return [
        (in_language(each.label), say_value(each, file.values[each.name], locale))
        for each in file.schema.fields
        if each.name in file.values and (each.private or each.name in hidden) is private
    ]


def present_older(file: EntryFile) -> list[tuple[str, str]]:
    """Return what only an earlier version asked for; a field nobody knows any more is named by its code."""
    return [
        (in_language(field.label), say_value(field, value, str(get_locale()))) if field else (name, str(value))
        for name, field, value in file.older
    ]


def _options(field: PartField) -> list[tuple[Value, str]]:
    if field.kind is FieldKind.BOOLEAN:
        return [(True, str(_("Có"))), (False, str(_("Không")))]
    return [(value, in_language(words)) for value, words in field.choices]


def _say(field: PartField, value: Value) -> str:
    known = field.kind is not FieldKind.CHOICE or value in dict(field.choices)
    return say_value(field, value, str(get_locale())) if known and not explain_fault(field, value) else str(value)
