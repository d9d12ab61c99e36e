"""The newest entries of a plugin's register on its page, for those who may see the register."""

from dataclasses import dataclass
from datetime import date

from tiepdan.core.actor import Actor
from tiepdan.extensions.bilingual import in_language
from tiepdan.registers.addresses import entries_url
from tiepdan.registers.entries import EntryView, list_entries
from tiepdan.registers.service import find_register

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShownEntries:
    """Entries of a register. title: the register's; entry: what one is called; missing: there is no such register."""

    title: str = ""
    entry: str = ""
    url: str = ""
    items: tuple[EntryView, ...] = ()
    missing: bool = False


def newest_entries(plugin: str, key: str, on: date, actor: Actor) -> ShownEntries | None:
    """Return the newest entries of a plugin's register; None for who may not see it."""
    try:
        held = find_register(plugin, key, on=on)
    except ValueError:
        return ShownEntries(missing=True)
    if not held.may_view(actor):
        return None
    return ShownEntries(
        title=in_language(held.register.title),
        entry=in_language(held.register.entry),
        url=entries_url(plugin, key),
        items=tuple(list_entries(plugin, key, limit=SHOWN)),
    )
