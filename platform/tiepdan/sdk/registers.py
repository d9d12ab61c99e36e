"""Registers: record types of a plugin's own, kept by the platform."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """A register (sổ) of a plugin's own, such as its training classes; the platform draws, keeps and exports it.

    key: its name within the plugin; small letters, digits, dashes. It stays when the fields change.
    version: counts from 1, one up at each change; an entry keeps the version it was written in.
    title: of the whole register, such as "Lớp tập huấn"; entry: of one, such as "lớp tập huấn"; keys "vi" and "en".
    summary: what belongs in it; keys "vi" and "en".
    schema: of an entry, as in `Form`, without "x-when" on the platform's own fields. "x-private": True keeps a field
        in the vault: it is shown to those who may see the register, never listed, searched, counted or exported.
    title_field: a required string field that names an entry. date_field: a required day that says to which period it
        belongs. list_fields: what the list shows beside these two, at most five.
    numbered: entries are numbered within a year: "5/2024".
    for_head: only the committee's head, inspectors and those who keep registers see it.
    order: place among the plugin's registers.
    """

    key: str
    version: int
    title: Mapping[str, str]
    entry: Mapping[str, str]
    summary: Mapping[str, str]
    schema: Mapping[str, object]
    title_field: str
    date_field: str
    list_fields: tuple[str, ...] = ()
    numbered: bool = False
    for_head: bool = False
    order: int = 100
