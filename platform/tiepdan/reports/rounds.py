"""A whole round in one go: every body below counts, freezes and submits, from the lowest level up.

For the import of past periods and for the demo. Each tenant has its own session, scope and transaction, so a
round that stopped half-way goes on where it was; what is done is not done again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db, forget_session, new_id, transaction
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import enter, platform_scope, tenant_scope
from tiepdan.reports.contents import live_contents, store_contents
from tiepdan.reports.definitions import Definition
from tiepdan.reports.kept_definitions import definition_to_begin, is_of_plugin, keep_definition
from tiepdan.reports.models import Report
from tiepdan.reports.periods import Period
from tiepdan.reports.preparing import freeze_report, newest_edition
from tiepdan.reports.requests import ask_units
from tiepdan.reports.reviewing import accept_waiting
from tiepdan.reports.routes import Place, tree_of
from tiepdan.reports.rules import ReportStatus
from tiepdan.reports.senders import expected_senders, receivers_for
from tiepdan.reports.submitting import SubmissionHeader, carry_along, store_submission, submit_report

PERMISSIONS = ("reports.view", "reports.prepare", "reports.submit", "reports.review")

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Carried:
    """What was done for one tenant."""

    report_id: UUID
    frozen: bool
    submitted: bool


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round did. report_id: the report of the body it started from."""

    report_id: UUID
    units: int
    frozen: int
    submitted: int


def run_round(
    code: str,
    period: Period,
    root_id: int,
    *,
    on: date,
    due_on: date | None = None,
    accept: bool = True,
    progress: Progress | None = None,
) -> RoundOutcome:
    """Carry a round through for a tenant and everybody below it, here and now.

    on: the business day of cut-off and submission. due_on: asked of everybody; the definition's day by default.
    accept: whether each superior accepts what it sums.
    Of a plugin's report, those below that do not have it are passed over; NotFound when the tenant has it not.
    Call it inside an application context and outside any transaction. Idempotent.
    """
    with platform_scope():
        places = tree_of(root_id, code, period.last)
    forget_session()
    with enter(places[0].tenant.scope), transaction():
        definition_to_begin(code, on, period_last=period.last)
    forget_session()
    done: list[Carried] = []
    for place in reversed(places):
        with enter(place.tenant.scope), transaction():
            definition = _definition_there(code, period, on)
            if definition is not None:
                actor = Actor.system(*PERMISSIONS, tenant_id=place.tenant.id)
                due, submit = due_on or definition.due_on(period), place.tenant.id != root_id
                done.append(
                    carry_unit(place, definition, period, actor=actor, on=on, due_on=due, accept=accept, submit=submit)
                )
        forget_session()
        if progress is not None:
            progress(len(done), len(places))
    return RoundOutcome(
        done[-1].report_id, len(done), sum(each.frozen for each in done), sum(each.submitted for each in done)
    )


def carry_unit(
    place: Place,
    definition: Definition,
    period: Period,
    *,
    actor: Actor,
    on: date,
    due_on: date,
    accept: bool = True,
    submit: bool = True,
) -> Carried:
    """Bring the report of the tenant in scope as far as it goes; an unfinished one is finished, a sent one stays.

    Asks the units below, accepts what they sent, then counts, freezes and submits in one step.
    """
    place = _place_for(definition, place, period)
    submit = submit and bool(place.receiver_ids)
    existing = newest_edition(definition.code, period)
    if existing is not None and existing.status == ReportStatus.SUBMITTED.value:
        return Carried(existing.id, frozen=False, submitted=False)
    if place.senders:
        ask_units(place.senders, definition.code, period, due_on, actor=actor, on=on)
        if accept:
            accept_waiting(place.senders, definition.code, period, actor=actor, on=on)
    if existing is not None:
        return _finish(existing, actor=actor, on=on, submit=submit)
    contents = live_contents(definition, period, on=on, place=place)
    report_id = _insert_report(definition, period, actor=actor, on=on, due_on=due_on, submit=submit)
    store_contents(report_id, contents)
    if submit:
        carried = carry_along(report_id, definition, contents)
        header = SubmissionHeader(report_id, definition.code, period, 1, on, on, actor.account_id, carried)
        evidence = [row.as_json() for row in contents.evidence or ()]
        for receiver_id in place.receiver_ids:
            store_submission(header, receiver_id, contents, evidence)
    record_event(
        "report.carried", actor=actor, subject_type="report", subject_id=report_id,
        detail={"period": period.code, "submitted": submit, "sources": len(contents.sources)},
    )  # fmt: skip
    return Carried(report_id, frozen=True, submitted=submit)


def _definition_there(code: str, period: Period, on: date) -> Definition | None:
    """Return what the tenant in scope reports by; None where it does not have the plugin."""
    try:
        return definition_to_begin(code, on, period_last=period.last)
    except NotFound:
        if is_of_plugin(code):
            return None
        raise


def _place_for(definition: Definition, place: Place, period: Period) -> Place:
    """Return between whom a report goes: a plugin's may go elsewhere than the tree says, and not everybody has it."""
    if definition.given is None:
        return place
    receivers = receivers_for(definition, place.tenant, period.last)
    return Place(
        place.tenant, tuple(expected_senders(definition, period.last)), tuple(receiver.id for receiver in receivers)
    )


def _finish(existing: Report, *, actor: Actor, on: date, submit: bool) -> Carried:
    """Carry on with a report that somebody began: its typed figures and its edition stay."""
    was_draft = existing.status == ReportStatus.DRAFT.value
    if was_draft:
        freeze_report(existing.id, actor=actor, on=on)
    if submit:
        submit_report(existing.id, actor=actor, on=on)
    return Carried(existing.id, frozen=was_draft, submitted=submit)


def _insert_report(
    definition: Definition, period: Period, *, actor: Actor, on: date, due_on: date, submit: bool
) -> UUID:
    report_id = new_id()
    row = {
        "tenant_id": tenant_scope().tenant_id,
        "id": report_id,
        "definition": definition.code,
        "definition_id": keep_definition(definition),
        "period_kind": period.kind.value,
        "period_from": period.first,
        "period_to": period.last,
        "edition": 1,
        "status": (ReportStatus.SUBMITTED if submit else ReportStatus.FROZEN).value,
        "due_on": due_on,
        "cut_off_on": on,
        "frozen_at": now(),
        "frozen_by": actor.account_id,
        "submitted_on": on if submit else None,
        "made_by": actor.account_id,
        "version": 1,
    }
    db.session.connection().execute(sa.insert(Report), row)
    return report_id
