"""Look at the clocks of one tenant that have something due: warn, climb the ladder, each step once.

The mark's key (tenant, case, clock, step) is the guarantee: whoever writes it does the step, in the same
transaction; a lost, repeated or killed run changes nothing about that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.calendar import OutsideCalendar, WorkCalendar
from tiepdan.deadlines.service import (
    CheckKind,
    ClockView,
    DueClock,
    calendar_of_tenant,
    due_clocks_for_update,
    reschedule,
)
from tiepdan.directives.service import ASSIGNMENT_SUBJECT, issuers_of
from tiepdan.escalation.models import ClockMark, Escalation
from tiepdan.escalation.rules import Rung, ladder_in_force
from tiepdan.sharing.service import listed_cases
from tiepdan.tenancy.service import superior_of

BATCH = 200
RUNG = "rung"


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that has come for a clock. rung: None for a warning. known: the told body gave the work itself."""

    clock: ClockView
    name: str
    kind: str
    rung: Rung | None = None
    superior_id: int | None = None
    escalation_id: UUID | None = None
    known: bool = False


def check_due_clocks(now: datetime, *, actor: Actor, limit: int = BATCH) -> int:
    """Do what has come for at most `limit` due clocks of the tenant in scope; return how many were looked at.

    now: an aware instant. Clocks that another worker holds are skipped. Call it inside a transaction.
    """
    found = due_clocks_for_update(now, limit)
    if not found:
        return 0
    through = found[0].through
    calendar = calendar_of_tenant()
    superiors = _superiors(through)
    issuers = issuers_of(due.clock.subject_id for due in found if due.clock.subject_type == ASSIGNMENT_SUBJECT)
    steps = [step for due in found for step in _steps(due, calendar, superiors, issuers.get(due.clock.subject_id))]
    new = _mark(steps, through)
    _escalate([step for step in steps if step.rung is not None and (step.clock.id, step.name) in new], through, actor)
    for due in found:
        told = _told(superiors, issuers.get(due.clock.subject_id))
        reschedule(due, again_on=_next_rung_on(due.clock, calendar, len(told), through))
    return len(found)


def _told(superiors: Sequence[int], issuer_id: int | None) -> list[int]:
    """Return whom the ladder tells, in order: the superiors; of given work its issuer first, then the superiors.

    Work a body gave itself is nobody else's business: it is warned of, and told to no one.
    """
    if issuer_id is None:
        return list(superiors)
    if issuer_id == tenant_scope().tenant_id:
        return []
    return [issuer_id, *(superior for superior in superiors if superior != issuer_id)]


def _steps(due: DueClock, calendar: WorkCalendar, superiors: Sequence[int], issuer_id: int | None) -> Iterator[_Step]:
    told = _told(superiors, issuer_id)
    for check in due.checks:
        if check.kind is not CheckKind.OVERDUE:
            yield _Step(due.clock, f"{check.kind.value} {check.on}", check.kind.value)
    for rung, day in _rungs(due.clock, calendar, len(told)):
        if day <= due.through:
            told_id = told[rung.levels_up - 1]
            yield _Step(due.clock, f"{RUNG} {rung.number}", RUNG, rung, told_id, new_id(), known=told_id == issuer_id)


def _rungs(clock: ClockView, calendar: WorkCalendar, superiors: int) -> Iterator[tuple[Rung, date]]:
    """Yield the rungs that lead to an existing superior, with their days."""
    ladder = ladder_in_force(clock.due_on) if clock.due_on is not None and not clock.shortest else None
    if ladder is None or clock.due_on is None:
        return
    for rung in ladder.rungs:
        if rung.levels_up <= superiors:
            try:
                yield rung, rung.day(clock.due_on, calendar)
            except OutsideCalendar:
                return  # years nobody has a calendar for yet; found again once there is one


def _next_rung_on(clock: ClockView, calendar: WorkCalendar, superiors: int, through: date) -> date | None:
    return min((day for _rung, day in _rungs(clock, calendar, superiors) if day > through), default=None)


def _superiors(on: date) -> list[int]:
    """Return the superiors of the tenant in scope as the hierarchy stands now, the direct one first."""
    found: list[int] = []
    superior = superior_of(tenant_scope().tenant_id, on)
    while superior is not None and superior.id not in found:
        found.append(superior.id)
        superior = superior_of(superior.id, on)
    return found


def _mark(steps: Sequence[_Step], on: date) -> set[tuple[UUID, str]]:
    """Mark the steps, and return those that had no mark: (clock, step)."""
    if not steps:
        return set()
    rows = [
        {
            "tenant_id": tenant_scope().tenant_id,
            "subject_id": step.clock.subject_id,
            "clock_id": step.clock.id,
            "step": step.name,
            "kind": step.kind,
            "marked_on": on,
            "escalation_id": step.escalation_id,
        }
        for step in steps
    ]
    statement = insert(ClockMark).values(rows).on_conflict_do_nothing()
    written = db.session.execute(statement.returning(ClockMark.clock_id, ClockMark.step))
    return {(clock_id, name) for clock_id, name in written}


def _escalate(steps: Sequence[_Step], on: date, actor: Actor) -> None:
    """Tell the superiors. Of what they see no summary of, they learn a random reference only.

    Who gave the work knows it, so it is named to them, and to nobody above.
    """
    if not steps:
        return
    listed = listed_cases({step.clock.subject_id for step in steps})
    rows = [_row(step, on, listed=step.known or step.clock.subject_id in listed) for step in steps]
    db.session.execute(sa.insert(Escalation), rows, execution_options={"render_nulls": True})
    for step in steps:
        record_event(
            "escalation.raised",
            actor=actor,
            subject_type="clock",
            subject_id=step.clock.id,
            detail={"rung": step.rung.number if step.rung else 0, "superior_id": step.superior_id},
        )


def _row(step: _Step, on: date, *, listed: bool) -> dict[str, object]:
    return {
        "tenant_id": tenant_scope().tenant_id,
        "id": step.escalation_id,
        "peer_tenant_id": step.superior_id,
        "rung": step.rung.number if step.rung else 0,
        "raised_on": on,
        "sealed": not listed,
        "reference": step.clock.reference,
        "case_id": step.clock.subject_id if listed else None,
        "rule_id": step.clock.rule_id if listed else None,
        "due_on": step.clock.due_on if listed else None,
    }
