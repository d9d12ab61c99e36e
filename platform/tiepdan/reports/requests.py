"""Report rounds (đợt báo cáo): a superior asks the units below for a report, and sees who is late or missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition
from tiepdan.reports.kept_definitions import definition_known, is_of_plugin
from tiepdan.reports.models import ReportRequest
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.plugin_definitions import definitions_here
from tiepdan.reports.received import SubmissionView, submissions_received
from tiepdan.reports.routes import receivers_of
from tiepdan.reports.rules import Punctuality, Standing, judge_punctuality
from tiepdan.reports.senders import expected_senders, receivers_for, sender_ids
from tiepdan.tenancy.service import TenantView, own_tenant, tenants_by_id


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit was asked for, by whom, until when."""

    asker: TenantView
    definition: str
    period: Period
    due_on: date


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A unit of a round: what it sent last, how that stands, and whether it came in time."""

    unit: TenantView
    due_on: date
    first_sent_on: date | None
    submission: SubmissionView | None
    punctuality: Punctuality

    @property
    def standing(self) -> Standing | None:
        """Return how its newest submission stands; None when nothing came."""
        return self.submission.standing if self.submission else None


@dataclass(frozen=True, slots=True)
class Round:
    """A round as its opener sees it."""

    definition: str
    period: Period
    due_on: date | None
    rows: tuple[RoundRow, ...]

    def count(self, punctuality: Punctuality) -> int:
        """Count the units that were, for instance, late."""
        return sum(row.punctuality == punctuality for row in self.rows)

    @property
    def late_or_missing(self) -> list[RoundRow]:
        """Return the units that were late, or are past the due day without a report."""
        return [row for row in self.rows if row.punctuality in (Punctuality.LATE, Punctuality.MISSING)]


def open_round(code: str, period: Period, due_on: date, *, actor: Actor, on: date) -> int:
    """Ask every unit that reports to this tenant for a report; return how many were asked anew.

    Opening the same round again asks only units that were not asked before; their due day stays as it was.
    Raises Forbidden; Invalid when nobody reports here or the due day lies before the period ends.
    """
    actor.require("reports.review")
    definition = definition_known(code, on, period_last=period.last)
    if due_on < period.first:
        message = _("Hạn gửi không thể trước khi kỳ báo cáo bắt đầu.")
        raise Invalid(message, {"due_on": message})
    units = expected_senders(definition, period.last)
    if not units:
        raise Invalid(_("Không có đơn vị cấp dưới nào trên hệ thống để yêu cầu báo cáo."))
    return ask_units(units, code, period, due_on, actor=actor, on=on)


def ask_units(units: Collection[TenantView], code: str, period: Period, due_on: date, *, actor: Actor, on: date) -> int:
    """Ask those of the units that were not asked yet; return how many."""
    asked = {request.peer_tenant_id for request in _own_requests(code, period)}
    rows = [
        {
            "tenant_id": tenant_scope().tenant_id,
            "id": new_id(),
            "peer_tenant_id": unit.id,
            "definition": code,
            "period_kind": period.kind.value,
            "period_from": period.first,
            "period_to": period.last,
            "due_on": due_on,
            "opened_on": on,
            "opened_by": actor.account_id,
        }
        for unit in units
        if unit.id not in asked
    ]
    if rows:
        db.session.execute(sa.insert(ReportRequest), rows)
        record_event(
            "report.round_opened", actor=actor, subject_type="report_request",
            detail={"period": period.code, "units": len(rows)},
        )  # fmt: skip
    return len(rows)


def round_of(code: str, period: Period, *, actor: Actor, on: date) -> Round:
    """Return who was asked, what came, and who is late or missing on a day.

    A unit that reports here but was not asked is judged by the usual due day.
    """
    actor.require("reports.view")
    definition = definition_known(code, on, period_last=period.last)
    units = _units_of(definition, period)
    dues = {request.peer_tenant_id: request.due_on for request in _own_requests(code, period)}
    usual = definition.due_on(period)
    newest: dict[int, SubmissionView] = {}
    first_sent: dict[int, date] = {}
    for submission in submissions_received(code, period, [unit.id for unit in units], all_editions=True):
        newest[submission.sender_id] = submission
        first_sent.setdefault(submission.sender_id, submission.sent_on)
    rows = []
    for unit in units:
        due_on = dues.get(unit.id, usual)
        sent_on = first_sent.get(unit.id)
        rows.append(RoundRow(unit, due_on, sent_on, newest.get(unit.id), judge_punctuality(due_on, sent_on, on)))
    return Round(code, period, min(dues.values(), default=None), tuple(rows))


def _units_of(definition: Definition, period: Period) -> list[TenantView]:
    """Return who is expected to send, and of a plugin's report who sent it all the same."""
    units = expected_senders(definition, period.last)
    if definition.given is None:
        return units
    known = {unit.id for unit in units}
    sent = submissions_received(definition.code, period, sender_ids(definition.code, period))
    more = tenants_by_id({submission.sender_id for submission in sent} - known)
    return [*units, *sorted(more.values(), key=lambda unit: (unit.unit_code, unit.id))]


def rounds_opened(*, actor: Actor) -> list[tuple[str, Period, date, int]]:
    """Return the rounds this tenant opened: definition, period, earliest due day, units asked; the newest first."""
    actor.require("reports.view")
    table = ReportRequest
    rows = db.session.execute(
        sa.select(
            table.definition, table.period_kind, table.period_from, table.period_to,
            sa.func.min(table.due_on), sa.func.count(),
        )
        .where(table.tenant_id == tenant_scope().tenant_id)
        .group_by(table.definition, table.period_kind, table.period_from, table.period_to)
    )  # fmt: skip
    found = [
        (code, make_period(PeriodKind(kind), first, last), due_on, count)
        for code, kind, first, last, due_on, count in rows
    ]
    return sorted(found, key=lambda each: each[1], reverse=True)


def requests_received(*, actor: Actor, on: date) -> list[Request]:
    """Return what this tenant was asked for by those it reports to, the latest period first. on: the business day."""
    actor.require("reports.view")
    me = tenant_scope().tenant_id
    rows = db.session.scalars(
        sa.select(ReportRequest)
        .where(ReportRequest.peer_tenant_id == me)
        .order_by(ReportRequest.period_to.desc(), ReportRequest.id.desc())
    ).all()
    askers = tenants_by_id(row.tenant_id for row in rows)
    entitled: dict[tuple[str, date], set[int]] = {}
    found = []
    for row in rows:
        place = (row.definition, row.period_to)
        if place not in entitled:
            entitled[place] = _entitled(*place, on=on)
        # Anybody can address us; only those we report to ask for something.
        if row.tenant_id in entitled[place]:
            period = make_period(PeriodKind(row.period_kind), row.period_from, row.period_to)
            found.append(Request(askers[row.tenant_id], row.definition, period, row.due_on))
    return found


def _entitled(code: str, period_to: date, *, on: date) -> set[int]:
    """Return who may ask for a report: who receives it. A plugin's that is off here cannot be asked for."""
    me = own_tenant()
    if not is_of_plugin(code):
        return {receiver.id for receiver in receivers_of(me.id, code, period_to)}
    definition = definitions_here(on).find(code)
    return {receiver.id for receiver in receivers_for(definition, me, period_to)} if definition else set()


def _own_requests(code: str, period: Period) -> Sequence[ReportRequest]:
    return db.session.scalars(
        sa.select(ReportRequest).where(
            ReportRequest.tenant_id == tenant_scope().tenant_id,
            ReportRequest.definition == code,
            ReportRequest.period_kind == period.kind.value,
            ReportRequest.period_from == period.first,
            ReportRequest.period_to == period.last,
        )
    ).all()
