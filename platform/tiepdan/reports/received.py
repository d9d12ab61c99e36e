"""Submissions that a tenant received: which of them count, and the bodies inside them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.models import ReportSubmission, ReportSubmissionStep, ReportSubmissionUnit
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.rules import ReportStatus, Standing, StepKind, Tier, decide_standing
from tiepdan.reports.units import Unit, figures_from_json
from tiepdan.sdk import Branch, Level


@dataclass(frozen=True, slots=True)
class Answer:
    """One step of the receiver. step: received, returned (with reason) or accepted."""

    step: StepKind
    reason: str
    taken_on: date
    taken_by: UUID | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission as both sides see it. standing: submitted, returned or accepted."""

    id: UUID
    sender_id: int
    receiver_id: int
    report_id: UUID
    definition: str
    period: Period
    edition: int
    cut_off_on: date
    sent_on: date
    answers: tuple[Answer, ...]

    @property
    def standing(self) -> Standing:
        """Return where it stands."""
        return decide_standing(ReportStatus.SUBMITTED, (answer.step for answer in self.answers))

    @property
    def counts(self) -> bool:
        """Say whether the receiver sums it: everything it did not return."""
        return self.standing is not Standing.RETURNED

    @property
    def key(self) -> tuple[int, UUID]:
        """Return what names it among all senders' submissions."""
        return self.sender_id, self.id


def submissions_received(
    definition: str, period: Period, senders: Collection[int], *, all_editions: bool = False
) -> list[SubmissionView]:
    """Return the newest submission of each expected sender for a period, returned ones too.

    senders: the tenants whose submissions are read; whoever else addressed this tenant is passed over.
    """
    rows = db.session.scalars(
        sa.select(ReportSubmission)
        .where(
            ReportSubmission.peer_tenant_id == tenant_scope().tenant_id,
            ReportSubmission.definition == definition,
            ReportSubmission.period_kind == period.kind.value,
            ReportSubmission.period_from == period.first,
            ReportSubmission.period_to == period.last,
            ReportSubmission.tenant_id.in_(senders),
        )
        .order_by(ReportSubmission.tenant_id, ReportSubmission.edition, ReportSubmission.made_at)
    ).all()
    if not all_editions:
        rows = list({row.tenant_id: row for row in rows}.values())
    return views_of(rows)


def submission_received(sender_id: int, submission_id: UUID) -> SubmissionView:
    """Return one submission this tenant received; raise NotFound."""
    row = db.session.scalar(
        sa.select(ReportSubmission).where(
            ReportSubmission.peer_tenant_id == tenant_scope().tenant_id,
            ReportSubmission.tenant_id == sender_id,
            ReportSubmission.id == submission_id,
        )
    )
    if row is None:
        raise NotFound(f"submission {submission_id}")
    return views_of([row])[0]


def submissions_sent(report_ids: Collection[UUID]) -> dict[UUID, list[SubmissionView]]:
    """Return this tenant's submissions of reports, by report, with the receivers' answers."""
    rows = db.session.scalars(
        sa.select(ReportSubmission).where(
            ReportSubmission.tenant_id == tenant_scope().tenant_id, ReportSubmission.report_id.in_(report_ids)
        )
    ).all()
    found: dict[UUID, list[SubmissionView]] = {report_id: [] for report_id in report_ids}
    for view in views_of(rows):
        found[view.report_id].append(view)
    return found


def views_of(rows: Iterable[ReportSubmission]) -> list[SubmissionView]:
    """Add the answers to submissions, in one question. Only the receiver's own steps count."""
    rows = list(rows)
    answers: dict[tuple[int, UUID], list[Answer]] = {(row.peer_tenant_id, row.id): [] for row in rows}
    steps = db.session.scalars(
        sa.select(ReportSubmissionStep)
        .where(ReportSubmissionStep.submission_id.in_([row.id for row in rows]))
        .order_by(ReportSubmissionStep.made_at, ReportSubmissionStep.id)
    )
    for step in steps if rows else ():
        found = answers.get((step.tenant_id, step.submission_id))
        if found is not None:
            found.append(Answer(StepKind(step.step), step.reason, step.taken_on, step.taken_by))
    return [
        SubmissionView(
            id=row.id,
            sender_id=row.tenant_id,
            receiver_id=row.peer_tenant_id,
            report_id=row.report_id,
            definition=row.definition,
            period=make_period(PeriodKind(row.period_kind), row.period_from, row.period_to),
            edition=row.edition,
            cut_off_on=row.cut_off_on,
            sent_on=row.sent_on,
            answers=tuple(answers[row.peer_tenant_id, row.id]),
        )
        for row in rows
    ]


def units_inside(submissions: Collection[tuple[int, UUID]]) -> list[Unit]:
    """Return the bodies inside submissions with their figures, without their evidence.

    submissions: (sender, submission) pairs.
    """
    if not submissions:
        return []
    table = ReportSubmissionUnit
    rows = db.session.execute(
        sa.select(
            table.unit_key, table.parent_key, table.name, table.tier, table.branch, table.level,
            table.typed, table.note, table.figures,
        )
        .where(
            table.peer_tenant_id == tenant_scope().tenant_id,
            sa.tuple_(table.tenant_id, table.submission_id).in_(list(submissions)),
        )
        .order_by(table.tenant_id, table.position)
    )  # fmt: skip
    return [unit_from_row(row) for row in rows.mappings()]


def unit_from_row(row: sa.RowMapping) -> Unit:
    """Read a frozen body."""
    return Unit(
        key=row["unit_key"],
        parent_key=row["parent_key"],
        name=row["name"],
        tier=Tier(row["tier"]),
        branch=Branch(row["branch"]),
        level=Level(row["level"]),
        figures=figures_from_json(row["figures"]),
        typed=row["typed"],
        note=row["note"],
    )
