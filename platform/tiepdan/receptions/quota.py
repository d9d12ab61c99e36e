"""What the head of a body owes and has held (định mức tiếp dân), by the rule in force."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import ReceptionDuty, reception_duty
from tiepdan.deadlines.provisions import Period
from tiepdan.receptions.calendar import own_duty
from tiepdan.receptions.models import Reception, ReceptionDay
from tiepdan.receptions.rules import DayStatus, ReceivedBy, ReceptionForm
from tiepdan.tenancy.service import TenantView, tenant_by_id

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuotaPeriod:
    """One week, month or year of the rule.

    held: days of periodic reception the head received in person; delegated: days somebody stood in, which are
    shown beside and do not count (DEC-04).
    """

    first_on: date
    last_on: date
    duty: ReceptionDuty
    held: int
    delegated: int

    @property
    def owed(self) -> int:
        """Return the days the rule asks for in this period."""
        return self.duty.days

    @property
    def missing(self) -> int:
        """Return the days still missing; days too many in one period do not pay for another."""
        return max(0, self.duty.days - self.held)


@dataclass(frozen=True, slots=True)
class Quota:
    """Held and owed over a span of days. met: days that count towards what is owed, period by period."""

    periods: tuple[QuotaPeriod, ...]

    @property
    def owed(self) -> int:
        """Return the days owed in all periods."""
        return sum(period.owed for period in self.periods)

    @property
    def held(self) -> int:
        """Return the days the head held in person."""
        return sum(period.held for period in self.periods)

    @property
    def met(self) -> int:
        """Return how many of the days owed were held."""
        return self.owed - self.missing

    @property
    def delegated(self) -> int:
        """Return the days on which somebody stood in."""
        return sum(period.delegated for period in self.periods)

    @property
    def missing(self) -> int:
        """Return the days missing, period by period."""
        return sum(period.missing for period in self.periods)

    @property
    def duties(self) -> tuple[ReceptionDuty, ...]:
        """Return the rules it was judged by, in order, each once."""
        return tuple(dict.fromkeys(period.duty for period in self.periods))


def head_quota(first_on: date, last_on: date) -> Quota:
    """Return what the head of the tenant in scope owed and held in the periods that begin from first_on to last_on.

    Only days of periodic reception on which the head received in person count (DEC-04). A period is judged by
    the rule in force on its first day; where none is, nothing is owed and the period is left out.
    Sources: Quy định 11-QĐi/TW, Điều 4 khoản 1 (PTY-01..03); Luật Tiếp công dân, Điều 12, 13, 15, 18 (REC-01..05).
    """
    tenant = tenant_by_id(tenant_scope().tenant_id)
    spans = list(duty_periods(tenant, first_on, last_on))
    if not spans:
        return Quota(())
    last_day = max(end for _start, end, _duty in spans)
    held, delegated = _days(first_on, last_day)
    return count_quota(spans, held, delegated)


def duty_periods(tenant: TenantView, first_on: date, last_on: date) -> Iterator[tuple[date, date, ReceptionDuty]]:
    """Yield the periods of the rules in force that begin from first_on to last_on."""
    day = first_on
    while day <= last_on:
        duty = reception_duty(tenant.branch, tenant.level, day, kind=tenant.kind)
        if duty is None:
            day += ONE_DAY
            continue
        start, end = period_of(day, duty.per)
        if start >= first_on:
            yield start, end, duty
        day = end + ONE_DAY


def period_of(day: date, per: Period) -> tuple[date, date]:
    """Return the first and last day of the week (Monday to Sunday), month or year a day lies in."""
    match per:
        case Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + WEEK - ONE_DAY
        case Period.MONTH:
            first = day.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY
        case Period.YEAR:
            return day.replace(month=1, day=1), day.replace(month=12, day=31)


def count_quota(
    spans: Collection[tuple[date, date, ReceptionDuty]], held: Collection[date], delegated: Collection[date]
) -> Quota:
    """Count the days of each period; a day that is given twice counts once.

    held: days the head received in person. delegated: days somebody stood in; a day on which the head
    received too is the head's.
    """
    own = set(held)
    others = set(delegated) - own
    return Quota(
        tuple(
            QuotaPeriod(
                start,
                end,
                duty,
                sum(start <= day <= end for day in own),
                sum(start <= day <= end for day in others),
            )
            for start, end, duty in spans
        )
    )


def _days(first_on: date, last_on: date) -> tuple[list[date], list[date]]:
    """Return the days of periodic reception the head held, and those on which somebody stood in."""
    rows = db.session.execute(
        sa.select(ReceptionDay.day_on, ReceptionDay.received_by)
        .join(Reception, Reception.id == ReceptionDay.reception_id)
        .where(
            ReceptionDay.day_on.between(first_on, last_on),
            ReceptionDay.status.in_((DayStatus.OPEN.value, DayStatus.HELD.value)),
            Reception.form == ReceptionForm.PERIODIC.value,
            Reception.duty == own_duty().value,
        )
        .distinct()
    ).all()
    head = [row.day_on for row in rows if row.received_by == ReceivedBy.HEAD]
    return head, [row.day_on for row in rows if row.received_by == ReceivedBy.SUBSTITUTE]
