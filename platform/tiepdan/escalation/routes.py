"""Whom plugins say to tell of an overdue obligation: somebody more than the ladder, or somebody earlier.

The ladder is the floor: a route adds and brings forward, it takes nobody away and makes nothing later. A plugin that
fails adds nothing, and the ladder stands as it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.core.plugins import answer_check, decide, implementers
from tiepdan.deadlines.calendar import OutsideCalendar, WorkCalendar
from tiepdan.deadlines.limits import Limit, Unit
from tiepdan.deadlines.rules import due
from tiepdan.deadlines.service import ClockView
from tiepdan.sdk import EscalationStep, Overdue, PetitionKind
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import list_tenants, own_tenant, plugin_tenant

HOOK = "escalation_routes"
LONGEST = 365
MOST = 10  # steps of one plugin for one obligation
_SOURCE_LENGTH = 300
_SUPERIOR = re.compile(r"superior(?:\+(\d))?")
_BODY = re.compile(r"body:([a-z0-9-]{1,100})")


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A body a plugin wants told, from which day, and the document that says so."""

    body_id: int
    on: date
    plugin: str
    source: str


type AskRoutes = Callable[[ClockView, bool, str | None], Sequence[RouteStep]]


def routes_asker(superiors: Sequence[int], calendar: WorkCalendar, through: date) -> AskRoutes:
    """Return the function that asks for the routes of an overdue clock: ask(clock, listed, kind).

    One answer serves all obligations of the batch that look the same to a plugin. Without a plugin that has routes
    nothing is asked and nothing read.
    superiors: the direct one first. listed: superiors see the case's summary; of any other a plugin learns no kind.
    """
    if not implementers(HOOK):
        return lambda _clock, _listed, _kind: ()
    tenant = own_tenant()
    bodies = {
        body.slug: body.id
        for body in list_tenants(province_id=tenant.province_id, state=TenantState.ACTIVE)
        if body.id != tenant.id
    }
    known: dict[Overdue, Sequence[RouteStep]] = {}

    def check(answer: object) -> None:
        check_route(answer)
        for step in answer:  # type: ignore[attr-defined]  # a list, as was just checked
            _body_of(step.to, superiors, bodies)

    def ask(clock: ClockView, listed: bool, kind: str | None) -> Sequence[RouteStep]:
        if clock.due_on is None or clock.shortest or clock.due_on >= through:
            return ()
        overdue = Overdue(
            duty=clock.rule.key if listed else None,
            kind=PetitionKind(kind) if listed and kind in set(PetitionKind) else None,
            due_on=clock.due_on,
            days_overdue=(through - clock.due_on).days,
            level=tenant.level,
            sealed=not listed,
        )
        if overdue not in known:
            answers = decide(HOOK, check=check, tenant=plugin_tenant(tenant), overdue=overdue)
            known[overdue] = [
                RouteStep(_body_of(step.to, superiors, bodies), day, answer.plugin, step.source.strip())
                for answer in answers
                for step in answer.value
                if (day := _day(clock.due_on, step.after_days, calendar)) is not None
            ]
        return known[overdue]

    return ask


@answer_check(HOOK)
def check_route(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise for an answer of the wrong shape; whether its addresses exist is looked up besides."""
    if not isinstance(answer, list | tuple) or not all(isinstance(step, EscalationStep) for step in answer):
        raise TypeError(f"{HOOK} answers with a list of EscalationStep")
    if len(answer) > MOST:
        raise ValueError(f"at most {MOST} steps")
    for step in answer:
        days = step.after_days
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
            raise ValueError(f"after_days is a number of days from 1 to {LONGEST}")
        if not isinstance(step.to, str) or not (_SUPERIOR.fullmatch(step.to) or _BODY.fullmatch(step.to)):
            raise ValueError('to is "superior", "superior+1" … or "body:<slug>"')
        if not isinstance(step.source, str) or not 0 < len(step.source.strip()) <= _SOURCE_LENGTH:
            raise ValueError("a route names its source")


def _body_of(to: str, superiors: Sequence[int], bodies: Mapping[str, int]) -> int:
    """Look an address up. Raises LookupError for nobody."""
    above = _SUPERIOR.fullmatch(to)
    if above is not None:
        return superiors[int(above[1] or 0)]
    return bodies[to.removeprefix("body:")]


def _day(due_on: date, after_days: int, calendar: WorkCalendar) -> date | None:
    try:
        return due(due_on, Limit(after_days, Unit.CALENDAR_DAY, moves=False), calendar).due_on
    except OutsideCalendar:
        return None  # years nobody has a calendar for yet; asked again at the next look
