"""Fill a committee's plugin for the demo: enable it, write its registers, begin its report, each only once."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter
from tiepdan.extensions.service import choices_below, choose_plugin, standing_of
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.registers.counting import count_entries
from tiepdan.registers.entries import add_entry
from tiepdan.reports.service import open_report, read_period
from tiepdan.sdk import Level
from tiepdan.tenancy.service import TenantView

DEMO_DAY = date(2024, 6, 28)

type Entry = tuple[str, Mapping[str, object]]  # register and values


@dataclass(frozen=True, slots=True)
class Filled:
    """A committee, the plugin it enables, and what it writes. below: levels to which it proposes the plugin.

    entries: of the plugin's registers; when the first of them holds something, all is written. begun: a report and
    its period.
    """

    tenant: TenantView
    plugin: str
    entries: Iterable[Entry] = ()
    settings: dict[str, object] = field(default_factory=dict)
    below: tuple[Level, ...] = ()
    begun: tuple[str, str] | None = None


def fill(what: Filled) -> int:
    """Enable a plugin unless somebody decided about it, write its registers; return how many entries were written."""
    with _at_work(what.tenant) as actor:
        if standing_of(what.plugin).verdict is None:
            choose_plugin(what.plugin, enabled=True, settings=what.settings, actor=actor)
        for level in what.below:
            if level not in choices_below(what.plugin):
                choose_plugin(what.plugin, enabled=True, settings={}, actor=actor, for_level=level)
    rows = list(what.entries)
    with _at_work(what.tenant) as actor:
        if rows and count_entries(what.plugin, rows[0][0], on=DEMO_DAY):
            rows = []
        for register, values in rows:
            add_entry(what.plugin, register, values, actor=actor, on=DEMO_DAY)
        if what.begun is not None:
            report, period = what.begun
            open_report(f"{what.plugin}/{report}", read_period(period), actor=actor, on=DEMO_DAY)
    return len(rows)


@contextmanager
def _at_work(tenant: TenantView) -> Iterator[Actor]:
    permissions = PERMISSIONS_BY_ROLE[Role.PETITION_OFFICER] | {
        "plugins.manage", "registers.view", "registers.view_restricted", "registers.edit", "reports.prepare",
    }  # fmt: skip
    with enter(tenant.scope), transaction():
        yield Actor.system(*permissions, tenant_id=tenant.id)
    forget_session()
