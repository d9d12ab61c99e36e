"""The calendar of the tenant in scope: the civil service's, with the tenant's own approved decisions."""

from collections import OrderedDict
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.calendar import DayKind, DayOverride, WorkCalendar
from tiepdan.deadlines.models import CalendarOverride, TenantCalendar
from tiepdan.deadlines.vietnam import CalendarOptions, proposals, vietnam_calendar

WORKED_KINDS = frozenset({DayKind.WORKING, DayKind.SWAP_WORKED})
_CACHE = "deadlines.calendar"
_VERSION = "calendar_version"  # of the tenant's decisions, as the door read it with the tenant
_CAPACITY = 20_000  # tenants whose calendar one process remembers


def calendar_of_tenant() -> WorkCalendar:
    """Return the calendar of the tenant in scope, read once per session (a request, a job).

    The platform's defaults and the tenant's own decisions; a superior's decisions are its own. A request knows from
    its door at which version the decisions are, and reads them only where the process has not met that version yet.
    """
    info = db.session().info
    if _CACHE not in info:
        info[_CACHE] = _remembered(tenant_scope().tenant_id, info.get(_VERSION))
    calendar: WorkCalendar = info[_CACHE]
    return calendar


def forget_calendar() -> None:
    """Read the calendar again in this session: it has been changed, and nobody else may see that yet."""
    info = db.session().info
    info.pop(_CACHE, None)
    info.pop(_VERSION, None)


def _remembered(tenant_id: int, version: int | None) -> WorkCalendar:
    if version is None:
        return vietnam_calendar(*_read_decisions())
    known: OrderedDict[int, tuple[int, WorkCalendar]] = current_app.extensions.setdefault(
        "tiepdan_calendars", OrderedDict()
    )
    held = known.get(tenant_id)
    if held is not None and held[0] == version:
        return held[1]
    calendar = vietnam_calendar(*_read_decisions())
    known[tenant_id] = (version, calendar)
    while len(known) > _CAPACITY:
        known.popitem(last=False)
    return calendar


def calendar_with(*overrides: DayOverride) -> WorkCalendar:
    """Return the tenant's calendar as it would be with these days decided, for showing the effect."""
    return calendar_of_tenant().with_overrides(overrides)


def override_of(day: date, kind: DayKind, name: str, source: str) -> DayOverride:
    """Make the value the calendar counts with."""
    return DayOverride(day, kind in WORKED_KINDS, name, source, kind)


def options_of(row: Any) -> CalendarOptions:  # noqa: ANN401 - a TenantCalendar, or a row with its columns
    """Read a tenant's decisions on the calendar as a whole; None for the defaults."""
    if row is None:
        return CalendarOptions()
    return CalendarOptions(
        worked_saturdays=row.worked_saturdays,
        culture_day_compensation=row.culture_day_compensation,
        # A proposal that the table no longer knows was decided meanwhile; it no longer needs accepting.
        accepted_proposals=frozenset(row.accepted_proposals) & frozenset(proposals()),
        approved_years=frozenset(row.approved_years),
    )


def _decisions() -> sa.Executable:
    """Build the question once: it is asked often."""
    one = sa.select(sa.literal(1).label("one")).subquery()
    return (
        sa.select(
            TenantCalendar.tenant_id,
            TenantCalendar.worked_saturdays,
            TenantCalendar.culture_day_compensation,
            TenantCalendar.accepted_proposals,
            TenantCalendar.approved_years,
            CalendarOverride.day,
            CalendarOverride.kind,
            CalendarOverride.name,
            CalendarOverride.source,
        )
        .select_from(one)
        .outerjoin(TenantCalendar, sa.true())
        .outerjoin(
            CalendarOverride,
            sa.and_(CalendarOverride.approved_on.is_not(None), CalendarOverride.withdrawn_on.is_(None)),
        )
        .order_by(CalendarOverride.day)
    )


_DECISIONS = _decisions()


def _read_decisions() -> tuple[CalendarOptions, tuple[DayOverride, ...]]:
    """Read options and approved days in one question; a tenant without either gives one empty row."""
    rows = db.session.connection().execute(_DECISIONS).all()
    first = rows[0]
    options = CalendarOptions() if first.tenant_id is None else options_of(first)
    days = tuple(override_of(row.day, DayKind(row.kind), row.name, row.source) for row in rows if row.day is not None)
    return options, days
