"""What somebody writes under the headings of a plugin's report, as long as it is a draft."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import Definition
from tiepdan.reports.models import Report, ReportText
from tiepdan.reports.rules import ReportStatus

LONGEST = 20_000


def texts_of(report_id: UUID) -> dict[int, str]:
    """Return what was written in a report, by section."""
    rows = db.session.execute(
        sa.select(ReportText.section, ReportText.body)
        .where(ReportText.report_id == report_id)
        .order_by(ReportText.section)
    )
    return {row.section: row.body for row in rows}


def sections_with_text(definition: Definition) -> list[int]:
    """Return the places of the sections under which somebody writes."""
    sections = definition.given.sections if definition.given else ()
    return [at for at, section in enumerate(sections) if section.text]


def write_texts(report_id: UUID, definition: Definition, texts: Mapping[int, str], *, actor: Actor) -> None:
    """Keep what was written in a draft; sections that are not named stay as they are, an empty text is taken out.

    definition: of the report. Raises Forbidden, NotFound, Conflict when the report is frozen, Invalid by "section-<n>".
    """
    actor.require("reports.prepare")
    status = db.session.scalar(sa.select(Report.status).where(Report.id == report_id).with_for_update())
    if status is None:
        raise NotFound(f"report {report_id}")
    if status != ReportStatus.DRAFT.value:
        raise Conflict(_("Báo cáo này đã chốt số liệu; hãy lập bản mới để sửa."))
    allowed = sections_with_text(definition)
    if not set(texts) <= set(allowed):
        raise NotFound(f"section {sorted(set(texts) - set(allowed))} of report {report_id}")
    long = [at for at, text in texts.items() if len(text) > LONGEST or "\x00" in text]
    if long:
        message = _("Mỗi phần lời văn không quá 20.000 ký tự; hãy rút gọn.")
        raise Invalid(message, {f"section-{at}": message for at in long})
    for at, text in texts.items():
        _write(report_id, at, text.replace("\r\n", "\n").strip(), actor)
    record_event(
        "report.texts_written", actor=actor, subject_type="report", subject_id=report_id,
        detail={"sections": len(texts)},
    )  # fmt: skip


def copy_texts(from_id: UUID, to_id: UUID, *, actor: Actor) -> None:
    """Let the next edition of a report begin with the words of the last."""
    for section, body in texts_of(from_id).items():
        _write(to_id, section, body, actor)


def _write(report_id: UUID, section: int, body: str, actor: Actor) -> None:
    here = sa.and_(ReportText.report_id == report_id, ReportText.section == section)
    if not body:
        db.session.execute(sa.delete(ReportText).where(here))
        return
    row = {
        "tenant_id": tenant_scope().tenant_id, "id": new_id(), "report_id": report_id, "section": section,
        "body": body, "written_by": actor.account_id,
    }  # fmt: skip
    changed = {"body": body, "written_by": actor.account_id, "written_at": sa.func.now()}
    statement = insert(ReportText).values(row)
    db.session.execute(statement.on_conflict_do_update(constraint="uq_report_text_section", set_=changed))
