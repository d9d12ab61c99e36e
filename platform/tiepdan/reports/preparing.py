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
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import store_answers
from tiepdan.reports.contents import Contents, frozen_contents, live_contents, store_contents
from tiepdan.reports.definitions import Definition, definition_on
from tiepdan.reports.kept_definitions import definition_to_begin, keep_definition, kept_definitions
from tiepdan.reports.models import Report
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.received import SubmissionView, submissions_sent
from tiepdan.reports.rules import ReportStatus, Standing, decide_standing
from tiepdan.reports.texts import copy_texts
from tiepdan.sdk import Record


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


def open_report(code: str, period: Period, *, actor: Actor, on: date, due_on: date | None = None) -> ReportView:
    """Return the newest edition of the unit's report for a period; start it if there is none.

    on: the business day; a period that has not begun raises Invalid. NotFound for a report that nobody gives here.
    """
    actor.require("reports.prepare")
    definition = definition_to_begin(code, on, period_last=period.last)
    if period.kind not in definition.periods or period.first_day != definition.first_day:
        message = _("Báo cáo này không lập cho kỳ đó; hãy chọn kỳ khác.")
        raise Invalid(message, {"period": message})
    if period.first > on:
        raise Invalid(_("Kỳ báo cáo này chưa bắt đầu."), {"period": _("Kỳ báo cáo này chưa bắt đầu.")})
    found = newest_edition(code, period)
    if found is not None:
        return view_reports([found])[0]
    report = Report(
        id=new_id(),
        definition=code,
        definition_id=keep_definition(definition),
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


def freeze_report(
    report_id: UUID, *, actor: Actor, on: date, cut_off_on: date | None = None, answers: Sequence[Answer] = ()
) -> ReportView:
    """Freeze a draft: count the records, sum what was received, keep both with the evidence.

    cut_off_on: what was done is judged as it stood on that day; by default today. answers: to forms of plugins.
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
    store_answers(Record.REPORT, report_id, answers, sealed=False)
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
        definition_id=report.definition_id,
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
    copy_texts(report.id, following.id, actor=actor)
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
    place = (Report.definition, Report.period_kind, Report.period_from, Report.period_to)
    rows = db.session.scalars(
        sa.select(Report).ext(distinct_on(*place)).order_by(*place, Report.edition.desc()).limit(limit)
    ).all()
    return view_reports(sorted(rows, key=lambda row: (row.period_to, row.period_from), reverse=True))


def read_contents(view: ReportView, *, on: date) -> Contents:
    """Return what a report says: a draft as the records say it today, a frozen one as it was frozen."""
    return recount(view, on=on) if view.is_draft else frozen_contents(view.id, view.definition)


def recount(view: ReportView, *, on: date) -> Contents:
    """Count a report anew from today's records and today's submissions, whatever was frozen."""
    return live_contents(view.definition, view.period, on=on, report_id=view.id)


def newest_edition(code: str, period: Period) -> Report | None:
    """Return the newest edition of the tenant's report for a period."""
    return db.session.scalar(
        sa.select(Report)
        .where(
            Report.definition == code,
            Report.period_kind == period.kind.value,
            Report.period_from == period.first,
            Report.period_to == period.last,
        )
        .order_by(Report.edition.desc())
        .limit(1)
    )


def view_reports(rows: Sequence[Report]) -> list[ReportView]:
    """Turn rows into views, with the receivers' answers in one question."""
    sent = submissions_sent([row.id for row in rows])
    kept = kept_definitions([row.definition_id for row in rows if row.definition_id is not None])
    views = []
    for row in rows:
        period = make_period(PeriodKind(row.period_kind), row.period_from, row.period_to)
        answers = [answer.step for submission in sent[row.id] for answer in submission.answers]
        views.append(
            ReportView(
                id=row.id,
                definition=kept[row.definition_id] if row.definition_id else definition_on(row.definition, period.last),
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


def _locked(report_id: UUID) -> Report:
    report = db.session.scalar(sa.select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise NotFound(f"report {report_id}")
    return report
