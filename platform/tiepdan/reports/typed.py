"""Figures typed by hand for bodies that are no tenants: possible, counted, and marked wherever they are counted."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition, MeasureKind, definition_on
from tiepdan.reports.models import Report, ReportTyped
from tiepdan.reports.rules import Measure, ReportStatus, Tier
from tiepdan.reports.units import Unit, key_of
from tiepdan.sdk import Branch, Level

_LONGEST = 200
_HIGHEST = 10_000_000


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A figure somebody typed. of: the denominator, where the indicator has one."""

    id: UUID
    body_name: str
    tier: Tier
    indicator: str
    value: int
    of: int | None
    note: str
    typed_by: UUID | None
    typed_at: datetime


def type_figure(
    report_id: UUID,
    *,
    body_name: str,
    tier: str,
    indicator: str,
    value: int | None,
    note: str,
    actor: Actor,
    of: int | None = None,
) -> UUID:
    """Type a figure for a body that is no tenant, into a draft.

    note: where the figure comes from, such as the number and day of the body's own report; required.
    Raises Forbidden, NotFound, Conflict when the report is frozen, Invalid with all faults at once.
    """
    actor.require("reports.prepare")
    report = _draft(report_id)
    definition = definition_on(report.definition, report.period_to)
    errors = _faults(definition, body_name, tier, indicator, value, of, note)
    taken = sa.select(ReportTyped.id).where(
        ReportTyped.report_id == report_id,
        ReportTyped.body_name == body_name.strip(),
        ReportTyped.indicator == indicator,
    )
    if not errors and db.session.scalar(taken) is not None:
        errors["body_name"] = _("Chỉ tiêu này của cơ quan đó đã được nhập; hãy bỏ số cũ trước.")
    if errors:
        raise Invalid(_("Chưa ghi được số liệu nhập tay."), errors)
    row = ReportTyped(
        id=new_id(),
        report_id=report_id,
        body_name=body_name.strip(),
        tier=tier,
        indicator=indicator,
        value=value,
        of=of,
        note=note.strip(),
        typed_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    record_event(
        "report.typed", actor=actor, subject_type="report", subject_id=report_id,
        detail={"indicator": indicator, "tier": tier, "value": value},
    )  # fmt: skip
    return row.id


def remove_typed(report_id: UUID, typed_id: UUID, *, actor: Actor) -> None:
    """Take a typed figure out of a draft."""
    actor.require("reports.prepare")
    _draft(report_id)
    row = db.session.scalar(
        sa.select(ReportTyped).where(ReportTyped.report_id == report_id, ReportTyped.id == typed_id)
    )
    if row is None:
        raise NotFound(f"typed figure {typed_id}")
    record_event(
        "report.untyped", actor=actor, subject_type="report", subject_id=report_id,
        detail={"indicator": row.indicator, "tier": row.tier, "value": row.value},
    )  # fmt: skip
    db.session.delete(row)


def list_typed(report_id: UUID) -> list[TypedFigure]:
    """Return the typed figures of a report, by body."""
    rows = db.session.scalars(
        sa.select(ReportTyped)
        .where(ReportTyped.report_id == report_id)
        .order_by(ReportTyped.tier, ReportTyped.body_name, ReportTyped.indicator)
    )
    return [
        TypedFigure(
            row.id,
            row.body_name,
            Tier(row.tier),
            row.indicator,
            row.value,
            row.of,
            row.note,
            row.typed_by,
            row.typed_at,
        )
        for row in rows
    ]


def typed_units(report_id: UUID, definition: Definition) -> list[Unit]:
    """Return the bodies with typed figures as parts of the report."""
    units = []
    for (name, tier), figures in groupby(list_typed(report_id), lambda figure: (figure.body_name, figure.tier)):
        given = list(figures)
        branch = Branch(tier.value) if tier in (Tier.STATE, Tier.JUDICIAL) else Branch.PARTY
        level = Level.PROVINCE if branch is not Branch.PARTY else Level(tier.value)
        units.append(
            Unit(
                key=f"typed:{given[0].id}",
                parent_key=key_of(tenant_scope().tenant_id),
                name=name,
                tier=tier,
                branch=branch,
                level=level,
                figures={
                    figure.indicator: Measure(figure.value, figure.of, _short(definition, figure)) for figure in given
                },
                typed=True,
                note="; ".join(dict.fromkeys(figure.note for figure in given)),
            )
        )
    return units


def _short(definition: Definition, figure: TypedFigure) -> int | None:
    """Say what a quota lacks in sum; typed figures have no months."""
    if figure.of is None or definition.indicator(figure.indicator).measure is not MeasureKind.QUOTA:
        return None
    return max(0, figure.of - figure.value)


def _faults(
    definition: Definition, body_name: str, tier: str, code: str, value: int | None, of: int | None, note: str
) -> dict[str, object]:
    errors: dict[str, object] = {}
    if not body_name.strip() or len(body_name) > _LONGEST:
        errors["body_name"] = _("Hãy ghi tên cơ quan (không quá 200 ký tự).")
    if not note.strip() or len(note) > _LONGEST:
        errors["note"] = _("Hãy ghi căn cứ của số liệu, ví dụ số và ngày văn bản (không quá 200 ký tự).")
    if value is None or not 0 <= value <= _HIGHEST:
        errors["value"] = _("Hãy ghi một số nguyên, từ 0 trở lên.")
    try:
        indicator = definition.indicator(code)
    except NotFound:
        errors["indicator"] = _("Hãy chọn một chỉ tiêu.")
        return errors
    if tier not in {each.value for each in indicator.tiers}:
        errors["tier"] = _("Chỉ tiêu này không có ở dòng đã chọn.")
    if indicator.measure is MeasureKind.COUNT:
        if of is not None:
            errors["of"] = _("Chỉ tiêu này không có mẫu số.")
    elif of is None or not 0 <= of <= _HIGHEST:
        errors["of"] = _("Hãy ghi mẫu số (tổng số hoặc số ngày phải tiếp).")
    elif indicator.measure is MeasureKind.SHARE and value is not None and value > of:
        errors["of"] = _("Mẫu số không thể nhỏ hơn tử số.")
    return errors


def _draft(report_id: UUID) -> Report:
    report = db.session.scalar(sa.select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise NotFound(f"report {report_id}")
    if report.status != ReportStatus.DRAFT.value:
        raise Conflict(_("Báo cáo này đã chốt số liệu; hãy lập bản mới để sửa."))
    return report
