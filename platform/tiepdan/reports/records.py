"""What a tenant's records say about a period: the one place where reports ask the slices below.

Read once per report; the indicators count from it.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tiepdan.directives.service import count_directives
from tiepdan.petitions.figures import count_petitions
from tiepdan.receptions.figures import (
    EVERYTHING,
    ReceptionEvidence,
    ReceptionFigures,
    ReceptionFilter,
    count_by_month,
    count_receptions,
    reception_evidence,
)
from tiepdan.receptions.quota import Quota, count_quota, duty_periods, head_quota
from tiepdan.receptions.rules import OF_THE_HEAD, Duty, ReceivedBy, ReceptionForm
from tiepdan.reports.periods import Period
from tiepdan.reports.rules import Measure
from tiepdan.reports.units import EvidenceRow
from tiepdan.sdk import Branch
from tiepdan.tenancy.service import TenantView

BY_HEAD = ReceptionFilter(Duty.PARTY, OF_THE_HEAD, frozenset({ReceivedBy.HEAD}))
BY_SUBSTITUTE = ReceptionFilter(Duty.PARTY, OF_THE_HEAD, frozenset({ReceivedBy.SUBSTITUTE}))


@dataclass(frozen=True, slots=True)
class Records:
    """Counted records of a period.

    figures: of the receptions a committee's head held in person; empty outside the party.
    days_by_month: days the head held in person; left out where a substitute shared a kỳ.
    quota: the head's duty of periodic reception; None outside the party.
    """

    receptions: tuple[EvidenceRow, ...]
    figures: ReceptionFigures = field(default_factory=ReceptionFigures)
    days_by_month: Mapping[str, int] = field(default_factory=dict)
    visits: Measure = field(default_factory=lambda: Measure(0))
    quota: Quota | None = None
    petitions: int = 0
    notices_due: int = 0
    notices_on_time: int = 0
    conclusions: int = 0
    assignments: int = 0
    assignments_done: int = 0
    assignments_overdue: int = 0
    matters_of_work: int = 0
    matters_told: int = 0


def read_records(tenant: TenantView, period: Period, *, on: date) -> Records:
    """Read the records of the tenant in scope for a period, in about a dozen statements.

    on: the cut-off, for what is judged as it stands on a day.
    """
    if tenant.branch is not Branch.PARTY:
        found = reception_evidence(period.first, period.last)
        rows = tuple(_row(each, starts=True) for each in found)
        return Records(rows, visits=_visits(period, found, EVERYTHING))
    span = (period.first, period.last)
    by_head = reception_evidence(*span, only=BY_HEAD)
    by_others = reception_evidence(*span, only=BY_SUBSTITUTE)
    figures = count_receptions(*span, only=BY_HEAD) if by_head else ReceptionFigures()
    alone = all(each.received_by == (ReceivedBy.HEAD,) for each in by_head)
    petitions = count_petitions(*span)
    directives = count_directives(*span, on=on)
    return Records(
        receptions=(*_rows_of_head(period, by_head, figures), *_rows_of_substitute(period, by_others)),
        figures=figures,
        days_by_month=_days_by_month(by_head) if alone else {},
        visits=_visits(period, by_head, BY_HEAD),
        quota=_quota(tenant, period, by_head) if alone else head_quota(*span),
        petitions=petitions.received,
        notices_due=petitions.notices_due,
        notices_on_time=petitions.notices_on_time,
        conclusions=directives.notices,
        assignments=directives.assignments,
        assignments_done=directives.done,
        assignments_overdue=directives.overdue,
        matters_of_work=directives.matters,
        matters_told=directives.matters_told,
    )


def _rows_of_head(
    period: Period, found: Sequence[ReceptionEvidence], figures: ReceptionFigures
) -> Iterator[EvidenceRow]:
    """Give the receptions the head held; a kỳ counts where the head held a day of it and it began here."""
    held = [each for each in found if ReceivedBy.HEAD in each.received_by]
    earlier = _begun_before(period, BY_HEAD) if len(held) != figures.receptions else frozenset()
    for each in found:
        starts = ReceivedBy.HEAD in each.received_by and each.reception_id not in earlier
        yield _row(each, starts=starts, received_by=ReceivedBy.HEAD)


def _rows_of_substitute(period: Period, found: Sequence[ReceptionEvidence]) -> Iterator[EvidenceRow]:
    """Give the receptions a substitute held; one that the head shared is the head's."""
    earlier = _begun_before(period, BY_SUBSTITUTE) if found else frozenset()
    for each in found:
        starts = ReceivedBy.HEAD not in each.received_by and each.reception_id not in earlier
        yield _row(each, starts=starts, received_by=ReceivedBy.SUBSTITUTE)


def _row(each: ReceptionEvidence, *, starts: bool, received_by: ReceivedBy | None = None) -> EvidenceRow:
    return EvidenceRow(
        reception_id=str(each.reception_id),
        days=tuple(day.isoformat() for day in each.days),
        duty=each.duty.value,
        form=each.form.value,
        received_by=(received_by.value,) if received_by else tuple(word.value for word in each.received_by),
        starts=starts,
        visits=each.visits,
        people=each.people,
        matters=each.matters,
        petitions=each.petitions,
        crowds=each.crowds,
    )


def _visits(period: Period, found: Sequence[ReceptionEvidence], only: ReceptionFilter) -> Measure:
    """Sum the visits; a kỳ whose days lie in two months asks the database in which month its visits were."""
    total = sum(each.visits for each in found)
    by_month: dict[str, int] = {}
    if all(each.days[0].month == each.days[-1].month for each in found):
        for each in found:
            month = f"{each.days[0]:%Y-%m}"
            by_month[month] = by_month.get(month, 0) + each.visits
    else:
        counted = count_by_month(period.first, period.last, only=only)
        by_month = {f"{year}-{month:02d}": visits for (year, month), (_ky, visits) in counted.items()}
    return Measure(total, by_month={month: visits for month, visits in sorted(by_month.items()) if visits})


def _days_by_month(found: Sequence[ReceptionEvidence]) -> dict[str, int]:
    by_month: dict[str, int] = {}
    for day in sorted({day for each in found for day in each.days}):
        by_month[f"{day:%Y-%m}"] = by_month.get(f"{day:%Y-%m}", 0) + 1
    return by_month


def _quota(tenant: TenantView, period: Period, found: Sequence[ReceptionEvidence]) -> Quota:
    """Judge the head's duty from the receptions that were read, when nobody shared them."""
    held = [day for each in found if each.form is ReceptionForm.PERIODIC for day in each.days]
    return count_quota(list(duty_periods(tenant, period.first, period.last)), held, ())


def _begun_before(period: Period, only: ReceptionFilter) -> frozenset[object]:
    """Return the kỳ that began in the month before: they were counted there, here only their days and visits are."""
    year, month = divmod(period.first.year * 12 + period.first.month - 2, 12)
    last = calendar.monthrange(year, month + 1)[1]
    before = reception_evidence(date(year, month + 1, 1), date(year, month + 1, last), only=only)
    return frozenset(each.reception_id for each in before)
