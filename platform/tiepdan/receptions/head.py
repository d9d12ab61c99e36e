"""What the head's page shows of receptions: today's visitors with their history, and the duty of the half-year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import ReceptionDuty, reception_duty
from tiepdan.petitions.service import PetitionRow, petitions_of_people
from tiepdan.receptions.month import Month
from tiepdan.receptions.queries import DayView, ReceptionView, VisitView, queue_of, receptions_between
from tiepdan.receptions.quota import Quota, head_quota
from tiepdan.receptions.returning import EarlierVisit, same_people, visits_of_people
from tiepdan.receptions.rules import ANNOUNCED, ReceptionForm
from tiepdan.tenancy.service import tenant_by_id

_JULY = 7


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who comes today, with what they brought before. A sealed visit has no history."""

    visit: VisitView
    earlier: tuple[EarlierVisit, ...]
    petitions: tuple[PetitionRow, ...]


@dataclass(frozen=True, slots=True)
class TodaysReception:
    """A reception of the head today and who comes."""

    reception: ReceptionView
    day: DayView
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class HeadDuty:
    """The rule in force on a day, and how month and half-year stand. rule: None where nothing is owed."""

    rule: ReceptionDuty | None
    month: Quota
    half_year: Quota
    half: str


def head_duty(on: date) -> HeadDuty:
    """Say what the head owes in the month and half-year of a day."""
    tenant = tenant_by_id(tenant_scope().tenant_id)
    month = Month(on.year, on.month)
    second = on.month >= _JULY
    first_on = date(on.year, _JULY if second else 1, 1)
    last_on = date(on.year, 12, 31) if second else date(on.year, 6, 30)
    return HeadDuty(
        rule=reception_duty(tenant.branch, tenant.level, on, kind=tenant.kind),
        month=head_quota(month.first_on, month.last_on),
        half_year=head_quota(first_on, last_on),
        half=f"{2 if second else 1}/{on.year}",
    )


def expected_visitors(on: date) -> list[TodaysReception]:
    """Return today's receptions of the head with everybody who is on the list, and what is known of them."""
    found = []
    for reception in receptions_between(on, on):
        if reception.form is ReceptionForm.REGULAR or reception.status not in ANNOUNCED:
            continue
        day = next(day for day in reception.days if day.day_on == on)
        found.append(TodaysReception(reception, day, tuple(_with_history(queue_of(day.id)))))
    return found


def _with_history(visits: Sequence[VisitView]) -> list[Expected]:
    rows = []
    for visit in visits:
        known = [person.details for person in visit.people if person.details is not None]
        ids = same_people(known[0]) if known else []
        came = {one.id: one for group in visits_of_people(ids).values() for one in group if one.id != visit.id}
        newest = sorted(came.values(), key=lambda one: one.visited_on, reverse=True)
        rows.append(Expected(visit, tuple(newest), tuple(petitions_of_people(ids))))
    return rows
