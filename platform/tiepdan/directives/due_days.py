"""The receiver's clock of an assignment: it runs to the day the sender set, and says when that day has passed.

The clock is the receiver's, the day is the sender's. Whatever the sender does leaves a signal; the receiver's job,
the sweep, or the receiver's own next act brings the clock up to date. Each may happen twice.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import as_role, db, new_id
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.service import ClockState, ClockView, NewClock, clocks_of, start_clocks, stop_clocks
from tiepdan.directives.models import Assignment, AssignmentSignal, AssignmentStep
from tiepdan.directives.rules import OPEN_STATES, Standing, StepKind
from tiepdan.directives.standings import standings_of
from tiepdan.tenancy.service import tenants_by_id

SUBJECT = "assignment"
RULE_ID = "DEC-10"
BATCH = 200


def signal_receiver(assignment_id: UUID, receiver_id: int, *, actor: Actor, on: date) -> bool:
    """Leave a signal for the receiver's clock, or bring it up to date here when the receiver is ourselves.

    Returns whether the receiver's job has something to do.
    """
    if receiver_id == tenant_scope().tenant_id:
        follow_due_day(assignment_id, actor=actor, on=on)
        return False
    db.session.execute(
        sa.insert(AssignmentSignal),
        {"id": new_id(), "peer_tenant_id": receiver_id, "assignment_id": assignment_id},
    )
    return True


def follow_signals(*, actor: Actor, on: date, limit: int = BATCH) -> int:
    """Bring the clocks of received work up to date, as far as signals wait; return how many were taken away."""
    waiting = (
        sa.select(AssignmentSignal.id)
        .where(AssignmentSignal.peer_tenant_id == tenant_scope().tenant_id)
        .order_by(AssignmentSignal.id)
        .limit(limit)
    )
    taken = db.session.scalars(
        sa.delete(AssignmentSignal)
        .where(AssignmentSignal.peer_tenant_id == tenant_scope().tenant_id, AssignmentSignal.id.in_(waiting))
        .returning(AssignmentSignal.assignment_id)
        .execution_options(synchronize_session=False)
    ).all()
    for assignment_id in sorted(set(taken)):  # one order for everybody who takes these locks
        follow_due_day(assignment_id, actor=actor, on=on)
    return len(taken)


def tenants_with_signals() -> list[int]:
    """Return the tenants for which a signal waits. Takes no locks; needs no tenant in scope."""
    with as_role("tiepdan_sweep") as connection:
        rows = connection.execute(sa.text("SELECT DISTINCT peer_tenant_id FROM assignment_signal ORDER BY 1"))
        return [tenant_id for (tenant_id,) in rows]


def follow_due_day(assignment_id: UUID, *, actor: Actor, on: date) -> None:
    """Bring the clock of an assignment we received up to date; a second call changes nothing.

    Open work with a day has one clock to it. A new day ends the clock and starts another, from the day of the
    extension: it is a new obligation, with its own warnings. Work reported done is met or late by the day; work
    refused or taken back is owed no more.
    on: the business day.
    """
    lock_assignment(assignment_id)
    row = db.session.scalar(sa.select(Assignment).where(Assignment.id == assignment_id))
    if row is None or row.peer_tenant_id != tenant_scope().tenant_id:
        return  # a signal about work that is not ours says nothing
    standing = standings_of([row])[row.id]
    running = [clock for clock in clocks_of(SUBJECT, [row.id])[row.id] if clock.state is ClockState.OPEN]
    if standing.state not in OPEN_STATES:
        outcome = ClockState.STOPPED if standing.done_on is None else ClockState.MET
        stop_clocks(SUBJECT, row.id, on=standing.done_on or on, outcome=outcome, actor=actor)
        return
    if any(clock.given_on == standing.due_on for clock in running):
        return
    stop_clocks(SUBJECT, row.id, on=on, outcome=ClockState.STOPPED, actor=actor)
    if standing.due_on is not None:
        new = NewClock(RULE_ID, SUBJECT, row.id, event_on=_set_on(row, standing), given_on=standing.due_on)
        start_clocks([new], actor=actor)


def lock_assignment(assignment_id: UUID) -> None:
    """Let whoever acts on an assignment in the same moment wait: nobody may lock the other side's row."""
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(assignment_id.int & 0x7FFF_FFFF_FFFF_FFFF)))


def clock_of_assignment(assignment_id: UUID) -> ClockView | None:
    """Return our clock of received work, the one that runs first; None where no day was set or we gave the work."""
    clocks = clocks_of(SUBJECT, [assignment_id])[assignment_id]
    return min(clocks, key=lambda clock: (clock.state is not ClockState.OPEN, clock.event_on), default=None)


def issuers_of(assignment_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return who gave each of these assignments; those that are not ours to see are left out."""
    wanted = list(assignment_ids)
    if not wanted:
        return {}
    rows = db.session.execute(sa.select(Assignment.id, Assignment.tenant_id).where(Assignment.id.in_(wanted)))
    return {row.id: row.tenant_id for row in rows}


def describe_received(assignment_ids: Iterable[UUID]) -> dict[UUID, tuple[str, date]]:
    """Return who gave each assignment, by short name, and on which day; for lists of clocks."""
    rows = db.session.execute(
        sa.select(Assignment.id, Assignment.tenant_id, Assignment.issued_on).where(
            Assignment.id.in_(list(assignment_ids))
        )
    ).all()
    bodies = tenants_by_id({row.tenant_id for row in rows})
    return {row.id: (bodies[row.tenant_id].short_name, row.issued_on) for row in rows}


def _set_on(row: Assignment, standing: Standing) -> date:
    """Return the day on which the due day in force was set: of the extension that set it, or of the issue."""
    extended_on = db.session.scalar(
        sa.select(AssignmentStep.on_day)
        .where(
            AssignmentStep.assignment_id == row.id,
            AssignmentStep.tenant_id == row.tenant_id,
            AssignmentStep.kind == StepKind.EXTENDED.value,
            AssignmentStep.due_on == standing.due_on,
        )
        .order_by(AssignmentStep.made_at.desc())
        .limit(1)
    )
    return extended_on or row.issued_on
