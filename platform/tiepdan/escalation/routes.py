"""Whom plugins say to tell of an overdue obligation: somebody more than the ladder, or somebody earlier.

The ladder is the floor: a route adds and brings forward, it takes nobody away and makes nothing later. A plugin that
fails adds nothing, and the ladder stands as it is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from tiepdan.core.plugins import PerPlugin, decide, implementers
from tiepdan.deadlines.calendar import OutsideCalendar, WorkCalendar
from tiepdan.deadlines.limits import Limit, Unit
from tiepdan.deadlines.rules import due
from tiepdan.deadlines.service import ClockView
from tiepdan.escalation.facts import NOTHING, CaseFacts, facts_of
from tiepdan.escalation.route_checks import HOOK, body_of, check_addresses
from tiepdan.sdk import EscalationStep, Overdue, PetitionKind
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import TenantView, list_tenants, own_tenant, plugin_tenant


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A body a plugin wants told, from which day, and the document that says so.

    takes_over: it is asked to take the matter over. unless_acknowledged: only while nobody has acknowledged.
    emergency: the name by which the direct superior is passed over; None for none.
    """

    body_id: int
    on: date
    plugin: str
    source: str
    takes_over: bool = False
    unless_acknowledged: bool = False
    emergency: str | None = None


type AskRoutes = Callable[[ClockView], Sequence[RouteStep]]
type _Answers = Sequence[tuple[str, EscalationStep]]


def routes_asker(
    superiors: Sequence[int],
    calendar: WorkCalendar,
    through: date,
    listed: Mapping[UUID, str],
    subjects: Collection[UUID],
) -> AskRoutes:
    """Return the function that asks for the routes of an overdue clock.

    One answer serves all obligations of the batch that look the same to every plugin. Without a plugin that has
    routes nothing is asked and nothing read.
    superiors: the direct one first. listed: kinds of the cases superiors see a summary of; of any other a plugin
        learns nothing but that something is late. subjects: what the batch is about.
    """
    asked = [each.manifest.name for each in implementers(HOOK)]
    if not asked:
        return lambda _clock: ()
    tenant = own_tenant()
    bodies = {
        body.slug: body.id
        for body in list_tenants(province_id=tenant.province_id, state=TenantState.ACTIVE)
        if body.id != tenant.id
    }
    facts = facts_of([subject_id for subject_id in subjects if subject_id in listed], asked, tenant)
    known: dict[object, _Answers] = {}

    def ask(clock: ClockView) -> Sequence[RouteStep]:
        if clock.due_on is None or clock.shortest or clock.due_on >= through:
            return ()
        shown, case = clock.subject_id in listed, facts.get(clock.subject_id, NOTHING)
        describe = partial(_describe, clock, listed.get(clock.subject_id), case, tenant, through, shown)
        key = (
            clock.rule.key if shown else None, listed.get(clock.subject_id), clock.due_on, case.field, case.area, shown,
            tuple((plugin, *sorted(case.codes(plugin).items())) for plugin in asked),
        )  # fmt: skip
        if key not in known:
            answers = decide(
                HOOK,
                check=lambda answer: check_addresses(answer, superiors, bodies),
                tenant=plugin_tenant(tenant),
                overdue=PerPlugin(describe),
            )
            known[key] = [(answer.plugin, step) for answer in answers for step in answer.value]
        steps = [(plugin, step) for plugin, step in known[key] if _holds(step, plugin, case, shown=shown)]
        return [
            RouteStep(
                body_of(step.to, superiors, bodies),
                day,
                plugin,
                step.source.strip(),
                step.takes_over,
                step.unless_acknowledged,
                step.emergency.strip() or None,
            )
            for plugin, step in steps
            if (day := _day(clock.due_on, step.after_days, calendar)) is not None
        ]

    return ask


def _describe(
    clock: ClockView, kind: str | None, case: CaseFacts, tenant: TenantView, through: date, shown: bool, plugin: str
) -> Overdue:
    """Say what one plugin may know: of a case superiors see no summary of, only that it is late."""
    assert clock.due_on is not None
    return Overdue(
        duty=clock.rule.key if shown else None,
        kind=PetitionKind(kind) if kind in set(PetitionKind) else None,
        due_on=clock.due_on,
        days_overdue=(through - clock.due_on).days,
        level=tenant.level,
        sealed=not shown,
        field=case.field,
        area=case.area,
        answers=case.codes(plugin),
    )


def _holds(step: EscalationStep, plugin: str, case: CaseFacts, *, shown: bool) -> bool:
    """Say whether a step holds for a case: no emergency is known of a sealed one, and no word is looked for."""
    if not shown and (step.emergency or step.if_words):
        return False
    return not step.if_words or case.says(plugin, step.if_words)


def _day(due_on: date, after_days: int, calendar: WorkCalendar) -> date | None:
    try:
        return due(due_on, Limit(after_days, Unit.CALENDAR_DAY, moves=False), calendar).due_on
    except OutsideCalendar:
        return None  # years nobody has a calendar for yet; asked again at the next look
