"""Look at the clocks of one tenant that have something due: warn, climb the ladder, each step once.

The mark's key (tenant, case, clock, step) is the guarantee: whoever writes it does the step, in the same
transaction; a lost, repeated or killed run changes nothing about that.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.inserts import inserted_together
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
from tiepdan.escalation.models import ClockMark, Escalation, EscalationStep
from tiepdan.escalation.routes import RouteStep, routes_asker
from tiepdan.escalation.rules import ANSWERS, Rung, ladder_in_force
from tiepdan.escalation.telling import tell_bodies, tell_of_overdue
from tiepdan.extensions.outbox import announce
from tiepdan.sdk import EventName
from tiepdan.sharing.service import listed_cases
from tiepdan.tenancy.service import superior_of

BATCH = 200
RUNG = "rung"
ROUTE = "route"
TAKEOVER = "takeover"


@dataclass(frozen=True, slots=True)
class _Telling:
    """That a body is told of a clock, and from which day. rung: 0 for one that stands on no rung of the ladder.

    plugin, source: whose route brought it, where the ladder alone would not have, or not yet.
    takes_over: it is asked to take the matter over. emergency: see EscalationStep of the SDK.
    """

    on: date
    body_id: int
    rung: int
    plugin: str | None = None
    source: str | None = None
    takes_over: bool = False
    emergency: str | None = None

    @property
    def kind(self) -> str:
        """Return which way it comes."""
        return TAKEOVER if self.takes_over else RUNG if self.rung else ROUTE

    @property
    def name(self) -> str:
        """Return the step's part of the mark's key: a body is told once, by whichever way comes first.

        To be asked to take a matter over is another thing than to be told that it is late.
        """
        return f"{self.kind} {self.rung if self.kind == RUNG else self.body_id}"


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that has come for a clock. telling: None for a warning. known: the told body gave the work itself."""

    clock: ClockView
    name: str
    kind: str
    telling: _Telling | None = None
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
    listed = listed_cases({due.clock.subject_id for due in found if _is_overdue(due)})
    # Work a body gave itself is nobody else's business, not a plugin's either.
    others = [due.clock for due in found if issuers.get(due.clock.subject_id) != tenant_scope().tenant_id]
    ask = routes_asker(superiors, calendar, through, listed, {clock.subject_id for clock in others})
    routes = {clock.id: ask(clock) for clock in others}
    acknowledged = _acknowledged({i for i, steps in routes.items() if any(one.unless_acknowledged for one in steps)})
    tellings: dict[UUID, list[_Telling]] = {}
    steps: list[_Step] = []
    for due in found:
        issuer_id = issuers.get(due.clock.subject_id)
        holding = [
            route
            for route in routes.get(due.clock.id, ())
            if not (route.unless_acknowledged and due.clock.id in acknowledged)
        ]
        tellings[due.clock.id] = _tellings(due.clock, calendar, _told(superiors, issuer_id), holding)
        steps += _steps(due, tellings[due.clock.id], issuer_id)
    new = _mark(steps, through)
    told = [step for step in steps if step.telling is not None and (step.clock.id, step.name) in new]
    _escalate(told, through, actor, listed, superiors)
    _announce(found, listed)
    tell_of_overdue([due.clock for due in found if _became_overdue(due)], on=through)
    tell_bodies({step.telling.body_id for step in told if step.telling is not None}, on=through)
    for due in found:
        again_on = min((one.on for one in tellings[due.clock.id] if one.on > through), default=None)
        reschedule(due, again_on=again_on)
    return len(found)


def _is_overdue(due: DueClock) -> bool:
    return due.clock.due_on is not None and due.clock.due_on < due.through


def _became_overdue(due: DueClock) -> bool:
    return any(check.kind is CheckKind.OVERDUE for check in due.checks)


def _told(superiors: Sequence[int], issuer_id: int | None) -> list[int]:
    """Return whom the ladder tells, in order: the superiors; of given work its issuer first, then the superiors.

    Work a body gave itself is nobody else's business: it is warned of, and told to no one.
    """
    if issuer_id is None:
        return list(superiors)
    if issuer_id == tenant_scope().tenant_id:
        return []
    return [issuer_id, *(superior for superior in superiors if superior != issuer_id)]


def _steps(due: DueClock, tellings: Sequence[_Telling], issuer_id: int | None) -> Iterator[_Step]:
    for check in due.checks:
        if check.kind is not CheckKind.OVERDUE:
            yield _Step(due.clock, f"{check.kind.value} {check.on}", check.kind.value)
    for telling in tellings:
        if telling.on <= due.through:
            known = telling.body_id == issuer_id
            yield _Step(due.clock, telling.name, telling.kind, telling, new_id(), known=known)


def _acknowledged(clock_ids: Collection[UUID]) -> set[UUID]:
    """Return those of our clocks of which somebody who was told has acknowledged it."""
    if not clock_ids:
        return set()
    found = (
        sa.select(ClockMark.clock_id)
        .join(
            EscalationStep,
            sa.and_(
                EscalationStep.tenant_id == ClockMark.tenant_id,
                EscalationStep.escalation_id == ClockMark.escalation_id,
            ),
        )
        .where(
            ClockMark.tenant_id == tenant_scope().tenant_id,
            ClockMark.clock_id.in_(list(clock_ids)),
            EscalationStep.word.in_([word.value for word in ANSWERS]),
        )
    )
    return set(db.session.scalars(found))


def _tellings(
    clock: ClockView, calendar: WorkCalendar, told: Sequence[int], routes: Sequence[RouteStep]
) -> list[_Telling]:
    """Return who is told of a clock, each body once: as the ladder says, or as a route says earlier or besides.

    A body that is asked to take the matter over is told by that if it comes first, and else asked besides.
    """
    by_body: dict[int, _Telling] = {}
    for rung, day in _rungs(clock, calendar, len(told)):
        by_body.setdefault(told[rung.levels_up - 1], _Telling(day, told[rung.levels_up - 1], rung.number))
    asked: dict[int, _Telling] = {}
    for route in routes:
        tellings = asked if route.takes_over else by_body
        there = tellings.get(route.body_id) or _Telling(date.max, route.body_id, 0, takes_over=route.takes_over)
        if route.on < there.on:
            there = replace(there, on=route.on, plugin=route.plugin, source=route.source, emergency=route.emergency)
        tellings[route.body_id] = there
    for body_id, request in asked.items():
        plain = by_body.get(body_id)
        if plain is not None and request.on <= plain.on:
            asked[body_id] = replace(request, rung=plain.rung)
            del by_body[body_id]
    return [*by_body.values(), *asked.values()]


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


def _announce(found: Sequence[DueClock], listed: Mapping[UUID, str]) -> None:
    """Let plugins hear what became overdue; of what superiors see no summary of, only that something did."""
    with inserted_together():
        for due in found:
            for check in due.checks:
                if check.kind is CheckKind.OVERDUE:
                    clock = due.clock
                    announce(
                        EventName.TASK_OVERDUE,
                        subject_id=clock.subject_id,
                        on=check.on,
                        facts={"duty": clock.rule.key, "kind": listed.get(clock.subject_id)},
                        sealed=clock.subject_id not in listed,
                    )


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


def _escalate(
    steps: Sequence[_Step], on: date, actor: Actor, listed: Mapping[UUID, str], superiors: Collection[int]
) -> None:
    """Tell them. Of what superiors see no summary of, they learn a random reference only.

    Who gave the work knows it, so it is named to them, and to nobody above. Who is no superior opens no summary: such
    a body learns which limit passed when, of a case superiors see, and never which case.
    """
    if not steps:
        return
    rows = []
    for step in steps:
        telling = step.telling
        assert telling is not None
        shown = step.known or step.clock.subject_id in listed
        named = step.known or (shown and telling.body_id in superiors)
        rows.append(
            {
                "tenant_id": tenant_scope().tenant_id,
                "id": step.escalation_id,
                "peer_tenant_id": telling.body_id,
                "rung": telling.rung,
                "raised_on": on,
                "sealed": not shown,
                "reference": step.clock.reference,
                "case_id": step.clock.subject_id if named else None,
                "rule_id": step.clock.rule_id if shown else None,
                "due_on": step.clock.due_on if shown else None,
                "plugin": telling.plugin,
                "source": telling.source,
                "takes_over": telling.takes_over,
                "emergency": telling.emergency if shown else None,
            }
        )
        record_event(
            "escalation.raised",
            actor=actor,
            subject_type="clock",
            subject_id=step.clock.id,
            detail={"rung": telling.rung, "superior_id": telling.body_id}
            | ({"plugin": telling.plugin} if telling.plugin else {})
            | ({"takes_over": True} if telling.takes_over else {})
            | ({"emergency": telling.emergency} if telling.emergency and shown else {}),
        )
    db.session.execute(sa.insert(Escalation), rows, execution_options={"render_nulls": True})
