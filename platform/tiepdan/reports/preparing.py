"""Prepare a unit's report: open it, see it as a draft, type figures by hand, freeze it, correct it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import distinct_on

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition, definition_on
from tiepdan.reports.indicators import compute_unit
from tiepdan.reports.models import Report, ReportEvidence, ReportFigure, ReportSource
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.received import SubmissionView, submissions_received, submissions_sent, units_inside
from tiepdan.reports.routes import Place, senders_to
from tiepdan.reports.rules import Measure, ReportStatus, Standing, Tier, decide_standing
from tiepdan.reports.typed import typed_units
from tiepdan.reports.units import EvidenceRow, Table, Unit, build_table, unit_of
from tiepdan.tenancy.service import TenantView, tenant_by_id


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as pages show it."""

    id: UUID
    definition: Definition
    period: Period
    edition: int
    status: ReportStatus
    standing: Standing
    due_on: date | None
    cut_off_on: date | None
    submitted_on: date | None
    version: int
    sent: tuple[SubmissionView, ...]

    @property
    def is_draft(self) -> bool:
        """Say whether its figures still follow the records."""
        return self.status is ReportStatus.DRAFT


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report says: own part, the bodies below, and which submissions they came in."""

    own: Unit
    below: tuple[Unit, ...]
    sources: tuple[tuple[int, UUID], ...]
    table: Table
    evidence: tuple[EvidenceRow, ...] | None


def own_tenant() -> TenantView:
    """Return the tenant in scope."""
    return tenant_by_id(tenant_scope().tenant_id)


def open_report(code: str, period: Period, *, actor: Actor, on: date, due_on: date | None = None) -> ReportView:
    """Return the newest edition of the unit's report for a period; start it if there is none.

    on: the business day; a period that has not begun raises Invalid.
    """
    actor.require("reports.prepare")
    definition = _definition_for(code, period)
    if period.first > on:
        raise Invalid(_("Kỳ báo cáo này chưa bắt đầu."), {"period": _("Kỳ báo cáo này chưa bắt đầu.")})
    found = newest_edition(code, period)
    if found is not None:
        return view_reports([found])[0]
    report = Report(
        id=new_id(),
        definition=code,
        period_kind=period.kind.value,
        period_from=period.first,
        period_to=period.last,
        edition=1,
        status=ReportStatus.DRAFT.value,
        due_on=due_on or definition.due_on(period),
        made_by=actor.account_id,
    )
    db.session.add(report)
    db.session.flush()
    record_event(
        "report.opened", actor=actor, subject_type="report", subject_id=report.id, detail={"period": period.code}
    )
    return view_reports([report])[0]


def freeze_report(report_id: UUID, *, actor: Actor, on: date, cut_off_on: date | None = None) -> ReportView:
    """Freeze a draft: count the records, sum what was received, keep both with the evidence.

    cut_off_on: what was done is judged as it stood on that day; by default today.
    Raises Forbidden, NotFound, Invalid, or Conflict when it is no draft any more.
    """
    actor.require("reports.prepare")
    report = _locked(report_id)
    if report.status != ReportStatus.DRAFT.value:
        raise Conflict(_("Báo cáo này đã chốt số liệu."))
    view = view_reports([report])[0]
    cut_off = cut_off_on or on
    if cut_off > on or cut_off < view.period.first:
        message = _("Ngày chốt phải từ đầu kỳ báo cáo đến hôm nay.")
        raise Invalid(message, {"cut_off_on": message})
    contents = live_contents(view.definition, view.period, on=cut_off, report_id=report_id)
    store_contents(report_id, contents)
    report.status = ReportStatus.FROZEN.value
    report.cut_off_on = cut_off
    report.frozen_at = now()
    report.frozen_by = actor.account_id
    db.session.flush()
    record_event(
        "report.frozen",
        actor=actor,
        subject_type="report",
        subject_id=report_id,
        detail={"edition": report.edition, "sources": len(contents.sources)},
    )
    return view_reports([report])[0]


def correct_report(report_id: UUID, *, actor: Actor) -> ReportView:
    """Start the next edition of a report that was returned, or frozen and not sent. The old one stays as it is.

    Raises Conflict for a draft, for a report that is under way or accepted, and for an older edition.
    """
    actor.require("reports.prepare")
    report = _locked(report_id)
    view = view_reports([report])[0]
    newest = newest_edition(report.definition, view.period)
    if newest is None or newest.id != report.id:
        raise Conflict(_("Đã có bản mới hơn của báo cáo này."))
    if view.standing not in (Standing.FROZEN, Standing.RETURNED):
        raise Conflict(_("Chỉ lập bản mới khi báo cáo bị trả lại hoặc đã chốt mà chưa gửi."))
    following = Report(
        id=new_id(),
        definition=report.definition,
        period_kind=report.period_kind,
        period_from=report.period_from,
        period_to=report.period_to,
        edition=report.edition + 1,
        status=ReportStatus.DRAFT.value,
        due_on=report.due_on,
        made_by=actor.account_id,
    )
    db.session.add(following)
    db.session.flush()
    record_event(
        "report.corrected", actor=actor, subject_type="report", subject_id=following.id,
        detail={"edition": following.edition},
    )  # fmt: skip
    return view_reports([following])[0]


def set_due_day(report_id: UUID, due_on: date, *, actor: Actor) -> None:
    """Set the due day of a report: no text fixes it (DEC-06)."""
    actor.require("reports.prepare")
    _locked(report_id).due_on = due_on


def report_by_id(report_id: UUID, *, actor: Actor) -> ReportView:
    """Return a report of the tenant in scope; raise NotFound."""
    actor.require("reports.view")
    report = db.session.scalar(sa.select(Report).where(Report.id == report_id))
    if report is None:
        raise NotFound(f"report {report_id}")
    return view_reports([report])[0]


def list_reports(*, actor: Actor, limit: int = 200) -> list[ReportView]:
    """Return the newest edition of every report of the tenant, the latest period first."""
    actor.require("reports.view")
    place = (Report.definition, Report.period_kind, Report.period_from)
    rows = db.session.scalars(
        sa.select(Report).ext(distinct_on(*place)).order_by(*place, Report.edition.desc()).limit(limit)
    ).all()
    return view_reports(sorted(rows, key=lambda row: (row.period_to, row.period_from), reverse=True))


def read_contents(view: ReportView, *, on: date) -> Contents:
    """Return what a report says: a draft as the records say it today, a frozen one as it was frozen."""
    return recount(view, on=on) if view.is_draft else _frozen_contents(view)


def recount(view: ReportView, *, on: date) -> Contents:
    """Count a report anew from today's records and today's submissions, whatever was frozen."""
    return live_contents(view.definition, view.period, on=on, report_id=view.id)


def newest_edition(code: str, period: Period) -> Report | None:
    """Return the newest edition of the tenant's report for a period."""
    return db.session.scalar(
        sa.select(Report)
        .where(Report.definition == code, Report.period_kind == period.kind.value, Report.period_from == period.first)
        .order_by(Report.edition.desc())
        .limit(1)
    )


def view_reports(rows: Sequence[Report]) -> list[ReportView]:
    """Turn rows into views, with the receivers' answers in one question."""
    sent = submissions_sent([row.id for row in rows])
    views = []
    for row in rows:
        period = make_period(PeriodKind(row.period_kind), row.period_from)
        answers = [answer.step for submission in sent[row.id] for answer in submission.answers]
        views.append(
            ReportView(
                id=row.id,
                definition=_definition_for(row.definition, period),
                period=period,
                edition=row.edition,
                status=ReportStatus(row.status),
                standing=decide_standing(ReportStatus(row.status), answers),
                due_on=row.due_on,
                cut_off_on=row.cut_off_on,
                submitted_on=row.submitted_on,
                version=row.version,
                sent=tuple(sent[row.id]),
            )
        )
    return views


def _definition_for(code: str, period: Period) -> Definition:
    return definition_on(code, period.last)


def _locked(report_id: UUID) -> Report:
    report = db.session.scalar(sa.select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise NotFound(f"report {report_id}")
    return report


def live_contents(
    definition: Definition, period: Period, *, on: date, report_id: UUID | None = None, place: Place | None = None
) -> Contents:
    """Count a report from today's records, typed figures and submissions.

    report_id: whose typed figures are counted. place: the tenant in the report's tree, where it is known already.
    """
    tenant = place.tenant if place else own_tenant()
    senders = place.senders if place else senders_to(tenant.id, definition.code, period.last)
    computation = compute_unit(definition, period, tenant, on=on)
    received = submissions_received(definition.code, period, [each.id for each in senders]) if senders else []
    sources = tuple(submission.key for submission in received if submission.counts)
    below = (*(typed_units(report_id, definition) if report_id else ()), *units_inside(sources))
    table = build_table(definition, computation.unit, below)
    return Contents(computation.unit, below, sources, table, computation.evidence)


def store_contents(report_id: UUID, contents: Contents) -> None:
    """Freeze what a report says: figures, evidence, and which submissions were summed."""
    evidence = contents.evidence or ()
    _insert(ReportFigure, _figure_rows(report_id, contents.table))
    _insert(
        ReportEvidence,
        [
            {
                "report_id": report_id,
                "position": position,
                "reception_id": UUID(row.reception_id),
                "first_on": row.first_on,
                "row": row.as_json(),
            }
            for position, row in enumerate(evidence, start=1)
        ],
    )
    _insert(
        ReportSource,
        [
            {"report_id": report_id, "sender_id": sender_id, "submission_id": submission_id}
            for sender_id, submission_id in contents.sources
        ],
    )


def _frozen_contents(view: ReportView) -> Contents:
    tenant = own_tenant()
    rows = db.session.scalars(sa.select(ReportFigure).where(ReportFigure.report_id == view.id)).all()
    figures = {
        row.indicator: Measure(row.own, row.own_of, row.own_short, row.own_by_month)
        for row in rows
        if row.own is not None
    }
    sources = tuple(
        (row.sender_id, row.submission_id)
        for row in db.session.execute(
            sa.select(ReportSource.sender_id, ReportSource.submission_id)
            .where(ReportSource.report_id == view.id)
            .order_by(ReportSource.sender_id)
        )
    )
    own = unit_of(tenant, figures)
    below = (*typed_units(view.id, view.definition), *units_inside(sources))
    table = build_table(view.definition, own, below)
    frozen = {(row.indicator, Tier(row.tier)): row for row in rows}
    for place, cell in table.cells.items():
        row = frozen.get(place)
        if row is None or (row.below, row.below_of) != (
            (cell.below.value, cell.below.of) if cell.below else (None, None)
        ):
            # The sources are append-only, so this cannot happen; a report that does not add up must not be shown.
            raise RuntimeError(f"report {view.id}: {place} was frozen differently from its sources")
    return Contents(own, below, sources, table, None)


def _figure_rows(report_id: UUID, table: Table) -> list[dict[str, object]]:
    rows = []
    for (code, tier), cell in table.cells.items():
        row: dict[str, object] = {"report_id": report_id, "indicator": code, "tier": tier.value, "units": cell.units}
        for side, measure in (("own", cell.own), ("below", cell.below)):
            row[side] = measure.value if measure else None
            row[f"{side}_of"] = measure.of if measure else None
            row[f"{side}_short"] = measure.short if measure else None
            row[f"{side}_by_month"] = dict(measure.by_month) if measure else {}
        rows.append(row)
    return rows


def _insert(table: type[ReportFigure | ReportEvidence | ReportSource], rows: list[dict[str, object]]) -> None:
    """Insert rows of the tenant in scope in one statement."""
    if rows:
        tenant_id = tenant_scope().tenant_id
        filled = [{"tenant_id": tenant_id, "id": new_id(), **row} for row in rows]
        db.session.connection().execute(sa.insert(table), filled)
