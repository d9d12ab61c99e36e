"""Which registers a committee has: asked of its plugins once per session, whatever a page then does with them."""

from dataclasses import dataclass
from datetime import date

from tiepdan.core.actor import Actor
from tiepdan.core.clock import today
from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.plugins import answer_check, collect, implementers
from tiepdan.extensions.remembering import remember
from tiepdan.registers.rules import RegisterType, check_registers, read_register
from tiepdan.tenancy.service import own_tenant, plugin_tenant

answer_check("registers")(check_registers)


@dataclass(frozen=True, slots=True)
class RegistersHere:
    """The registers of a committee, in the order to list them; failed: plugins whose answer does not count."""

    items: tuple[RegisterType, ...] = ()
    failed: tuple[str, ...] = ()

    def find(self, plugin: str, key: str) -> RegisterType:
        """Return one of them. Raises ValueError when there is none, or its plugin is off or failed."""
        for each in self.items:
            if each.plugin == plugin and each.register.key == key:
                return each
        raise ValueError(f"no such register: {plugin}/{key}")


def registers_here(on: date) -> RegistersHere:
    """Ask the plugins enabled here for their registers; a page that counts a hundred figures asks once."""
    known: dict[date, RegistersHere] = db.session().info.setdefault("registers_here", {})
    if on not in known:
        answers = collect("registers", tenant=plugin_tenant(own_tenant()), on=on)
        items = tuple(
            read_register(answer.plugin, register)
            for answer in answers
            for register in sorted(answer.value, key=lambda each: each.order)
        )
        known[on] = RegistersHere(items, answers.failed)
    return known[on]


def find_register(plugin: str, key: str, *, on: date | None = None) -> RegisterType:
    """Return a register of a plugin that is enabled here. Raises ValueError.

    on: None for the business day.
    """
    return registers_here(on or today()).find(plugin, key)


def open_register(plugin: str, key: str, *, actor: Actor, on: date) -> RegisterType:
    """Return a register that somebody may see. Raises Forbidden; NotFound also for one that is not theirs to know."""
    actor.require("registers.view")
    try:
        found = find_register(plugin, key, on=on)
    except ValueError as error:
        raise NotFound(str(error)) from error
    if not found.may_view(actor):
        raise NotFound(f"register {plugin}/{key}")
    return found


def has_registers(actor: Actor, on: date) -> bool:
    """Say whether the menu leads somebody to registers: remembered until plugins or the day change, for each page asks.

    A plugin that failed is worth a look as well, for the page names it; it is asked again after a while.
    """
    if not actor.may("registers.view") or not implementers("registers"):
        return False

    def ask() -> _WhoSees:
        found = registers_here(on)
        return _WhoSees(
            failed=bool(found.failed),
            everybody=any(not each.register.for_head for each in found.items),
            head=bool(found.items),
        )

    sees = remember("who_sees_registers", own_tenant(), ask, on=on, has_failed=lambda held: held.failed)
    return sees.failed or sees.everybody or (sees.head and actor.may("registers.view_restricted"))


@dataclass(frozen=True, slots=True)
class _WhoSees:
    """For whom there is something to see, among those who may see registers at all."""

    failed: bool
    everybody: bool
    head: bool
