"""What other slices see of a clock: a frozen value, never the row."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tiepdan.deadlines.clock_words import CheckKind, ClockState
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.law_words import name_rule
from tiepdan.deadlines.limits import Limit, Unit
from tiepdan.deadlines.models import Clock
from tiepdan.deadlines.provisions import Rule
from tiepdan.deadlines.rules import days_overdue
from tiepdan.deadlines.tightening import Order, Tightening, order_from


@dataclass(frozen=True, slots=True)
class ClockView:
    """One obligation and how it stands.

    due_on: None while suspended. earlier_on: the day to warn of when a competing rule gives an earlier one.
    shortest: a shortest time (posting at least 15 days): due_on is the first day it may end.
    reference: random; what may be shown of a sealed case.
    tightening: the stricter order of a plugin that moved the date; law_due_on: the law's own date then.
    orders: all that plugins ordered when it began; early_on: first day one of them wants it warned of.
    given_on: the due day, where a person set it and no rule counted it.
    """

    id: UUID
    subject_type: str
    subject_id: UUID
    rule_id: str
    variant: str
    label: str | None
    event_on: date
    due_on: date | None
    state: ClockState
    ended_on: date | None
    provisional: bool
    reference: UUID
    extensions: tuple[int, ...] = ()
    extended_as: str | None = None
    earlier_on: date | None = None
    earlier_rule_id: str | None = None
    shortest: bool = False
    warnings: tuple[tuple[date, CheckKind], ...] = ()
    checked_on: date | None = None
    next_check_at: datetime | None = None
    calendar_version: str = ""
    given_on: date | None = None
    tightening: Tightening | None = None
    law_due_on: date | None = None
    orders: tuple[Order, ...] = ()
    early_on: date | None = None

    @property
    def rule(self) -> Rule:
        """The rule it was decided by."""
        return all_rules()[self.rule_id]

    @property
    def name(self) -> str:
        """What is owed, for people, in the language of the page."""
        return self.label or name_rule(self.rule)

    @property
    def suspended(self) -> bool:
        """Say whether the clock stands still."""
        return self.state is ClockState.OPEN and self.due_on is None

    def is_overdue(self, on: date) -> bool:
        """Say whether it is open and overdue on a day (DEC-02)."""
        return self.days_overdue(on) > 0

    def days_overdue(self, on: date) -> int:
        """Count the calendar days it is overdue on a day; 0 when closed, suspended, or a shortest time."""
        if self.state is not ClockState.OPEN or self.due_on is None or self.shortest:
            return 0
        return days_overdue(self.due_on, on)


def view_of(clock: Clock) -> ClockView:
    """Take the value of a row."""
    return ClockView(
        id=clock.id,
        subject_type=clock.subject_type,
        subject_id=clock.subject_id,
        rule_id=clock.rule_id,
        variant=clock.variant,
        label=clock.label,
        event_on=clock.event_on,
        due_on=clock.due_on,
        state=ClockState(clock.state),
        ended_on=clock.ended_on,
        provisional=clock.provisional,
        reference=clock.reference,
        extensions=tuple(clock.extensions),
        extended_as=clock.extended_as,
        earlier_on=clock.earlier_on,
        earlier_rule_id=clock.earlier_rule_id,
        shortest=clock.shortest,
        warnings=tuple((day, CheckKind(kind)) for day, kind in zip(clock.warn_on, clock.warn_kinds, strict=True)),
        checked_on=clock.checked_on,
        next_check_at=clock.next_check_at,
        calendar_version=clock.calendar_version,
        given_on=clock.given_on,
        tightening=tightening_of(clock),
        law_due_on=clock.law_due_on,
        orders=orders_of(clock),
        early_on=clock.early_on,
    )


def tightening_of(clock: Clock) -> Tightening | None:
    """Return the stricter order a clock runs on; an extension by decision sets it aside."""
    if clock.tight_plugin is None or clock.extensions:
        return None
    law = all_rules()[clock.rule_id].limit(clock.variant)
    unit = Unit(clock.tight_unit or Unit.WORKING_DAY)
    limit = Limit(clock.tight_days or 1, unit, law.direction, law.bound)
    return Tightening(clock.tight_plugin, limit, clock.tight_source or "")


def orders_of(clock: Clock) -> tuple[Order, ...]:
    """Return what plugins ordered for a clock; of one that began before all were kept, the order that won."""
    if clock.orders is not None:
        return tuple(order_from(kept) for kept in clock.orders)
    won = tightening_of(clock)
    return (Order(won.plugin, won.limit.bound, won.limit.count, won.limit.unit, won.source),) if won else ()


def winner_of(clock: Clock) -> Order | None:
    """Return the order a clock runs on, among all; an extension by decision sets it aside."""
    won = tightening_of(clock)
    if won is None:
        return None
    name = (won.plugin, won.limit.count, won.limit.unit, won.source)
    return next((o for o in orders_of(clock) if (o.plugin, o.count, o.unit, o.source) == name), None)
