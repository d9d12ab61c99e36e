"""Conclusion notices (thông báo kết luận): signed, numbered, with the work they give to bodies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event, record_event_now
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id, refuse_foreign_rows
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.directives.assignments import AssignmentView, NewAssignment, Source, issue_assignment, views_of
from tiepdan.directives.models import Assignment, ConclusionNotice
from tiepdan.extensions.cautions import journal_cautions
from tiepdan.formparts.rules import Answer
from tiepdan.formparts.service import GivenPart, answers_of, disclose_answers, seal_answers, store_answers
from tiepdan.identity.vault import read_texts, seal_texts, store_text, unseal_text
from tiepdan.petitions.service import check_reply
from tiepdan.sdk import Record
from tiepdan.web.paging import PAGE_SIZE, Page, decode_day_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class NewConclusion:
    """A notice to issue. number: as written on the paper, unique in the year of signing.

    confirmed: codes of what plugins warn of in the text, and somebody confirmed. answers: to forms of plugins.
    """

    number: str
    signed_on: date
    signer_name: str
    text: str
    signer_office: str = ""
    reception_id: UUID | None = None
    assignments: Sequence[NewAssignment] = ()
    confirmed: frozenset[str] = frozenset()
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as a page shows it. text: None while sealed, "" in a list."""

    id: UUID
    number: str
    signed_on: date
    signer_name: str
    signer_office: str
    reception_id: UUID | None
    text: str | None
    assignments: tuple[AssignmentView, ...] = ()
    answers: Sequence[GivenPart] = ()


@dataclass(frozen=True, slots=True)
class IssuedConclusion:
    """What came of issuing a notice."""

    id: UUID
    assignment_ids: tuple[UUID, ...]


def issue_conclusion(new: NewConclusion, *, actor: Actor, on: date, sealed: bool = False) -> IssuedConclusion:
    """Issue a signed notice together with the work it gives.

    on: the business day; the notice cannot be signed later.
    sealed: a denouncer was received, so the text is sealed. The work is not: it goes to other bodies as it was
    typed, and nothing of the notice but number, day and signer goes with it.
    Raises Forbidden, Conflict, UnconfirmedError, Invalid (a field of an assignment is named
    `assignments-<place>-<field>`).
    Source: Nghị định 154/2026/NĐ-CP, Điều 25 khoản 2 (REC-11; REC-11p before 2026-07-01); PTY-18.
    """
    actor.require("directives.issue")
    _check(new, on)
    cautions = check_reply(new.text, field="text", confirmed=new.confirmed)
    notice = ConclusionNotice(
        id=new_id(),
        year=new.signed_on.year,
        number=new.number.strip(),
        signed_on=new.signed_on,
        signer_name=new.signer_name.strip(),
        signer_office=new.signer_office.strip(),
        reception_id=new.reception_id,
        text_id=store_text(new.text.strip(), sealed=sealed),
        issued_by=actor.account_id,
    )
    db.session.add(notice)
    with refuse_foreign_rows():
        db.session.flush()
    store_answers(Record.CONCLUSION, notice.id, new.answers, sealed=sealed)
    source = Source(notice.id, new.reception_id, notice.number, notice.signed_on, notice.signer_name)
    given = []
    for place, work in enumerate(new.assignments):
        try:
            given.append(issue_assignment(work, actor=actor, on=on, source=source))
        except Invalid as fault:
            errors = {f"assignments-{place}-{name}": message for name, message in fault.errors.items()}
            raise Invalid(fault.message, errors) from fault
    record_event(
        "conclusion.issued",
        actor=actor,
        subject_type="conclusion_notice",
        subject_id=notice.id,
        detail={"assignments": len(given)},
    )
    journal_cautions(cautions, actor=actor, subject_type="conclusion_notice", subject_id=notice.id)
    return IssuedConclusion(notice.id, tuple(given))


def notice_by_id(notice_id: UUID) -> NoticeView:
    """Return a notice of the tenant in scope with its assignments; raise NotFound."""
    row = _load(notice_id)
    given = db.session.scalars(
        sa.select(Assignment).where(Assignment.notice_id == notice_id).order_by(Assignment.id)
    ).all()
    view = _view(row, read_texts([row.text_id])[row.text_id], tuple(views_of(given)))
    return replace(view, answers=answers_of(Record.CONCLUSION, row.id))


def disclose_notice(notice_id: UUID, *, actor: Actor, reason: str) -> NoticeView:
    """Return a notice with its text, sealed or not; a sealed one is written into the journal before it is read.

    Raises Forbidden, NotFound, Invalid without a reason.
    """
    notice = notice_by_id(notice_id)
    if notice.text is not None:
        actor.require("directives.view")
        return notice
    actor.require("identities.unseal")
    if reason.strip():  # without one nothing is opened: unseal_text refuses
        record_event_now(
            "conclusion_notice.disclosed", actor=actor, subject_type="conclusion_notice", subject_id=notice_id
        )
    return replace(
        notice,
        text=unseal_text(_load(notice_id).text_id, actor=actor, reason=reason),
        answers=disclose_answers(Record.CONCLUSION, notice_id, actor=actor, reason=reason),
    )


def seal_notices(reception_id: UUID) -> None:
    """Seal a reception's notices and what was answered with them: a denouncer turned out to have come to it."""
    notices = db.session.execute(
        sa.select(ConclusionNotice.id, ConclusionNotice.text_id).where(ConclusionNotice.reception_id == reception_id)
    ).all()
    seal_texts([notice.text_id for notice in notices])
    for notice in notices:
        seal_answers(Record.CONCLUSION, notice.id)


def notices_of_reception(reception_id: UUID) -> list[NoticeView]:
    """Return the notices of a reception, without their texts and assignments, the oldest first."""
    rows = db.session.scalars(
        sa.select(ConclusionNotice)
        .where(ConclusionNotice.reception_id == reception_id)
        .order_by(ConclusionNotice.signed_on, ConclusionNotice.id)
    )
    return [_view(row) for row in rows]


def list_notices(*, actor: Actor, cursor: str | None = None) -> Page[NoticeView]:
    """Return the tenant's notices, the newest first, without their texts."""
    actor.require("directives.view")
    query = sa.select(ConclusionNotice).order_by(ConclusionNotice.signed_on.desc(), ConclusionNotice.id)
    after = decode_day_cursor(cursor)
    if after:
        day, last = after
        query = query.where(
            sa.or_(
                ConclusionNotice.signed_on < day,
                sa.and_(ConclusionNotice.signed_on == day, ConclusionNotice.id > last),
            )
        )
    rows = db.session.scalars(query.limit(PAGE_SIZE + 1)).all()
    shown = rows[:PAGE_SIZE]
    more = encode_cursor(shown[-1].signed_on.isoformat(), str(shown[-1].id)) if len(rows) > PAGE_SIZE else None
    return Page([_view(row) for row in shown], more)


def _load(notice_id: UUID) -> ConclusionNotice:
    row = db.session.scalar(sa.select(ConclusionNotice).where(ConclusionNotice.id == notice_id))
    if row is None:
        raise NotFound(f"conclusion notice {notice_id}")
    return row


def _view(row: ConclusionNotice, text: str | None = "", given: tuple[AssignmentView, ...] = ()) -> NoticeView:
    return NoticeView(
        row.id, row.number, row.signed_on, row.signer_name, row.signer_office, row.reception_id, text, given
    )


def _check(new: NewConclusion, on: date) -> None:
    errors = {}
    if not new.number.strip():
        errors["number"] = _("Hãy ghi số của thông báo.")
    if not new.signer_name.strip():
        errors["signer_name"] = _("Hãy ghi người ký.")
    if not new.text.strip():
        errors["text"] = _("Hãy ghi nội dung kết luận.")
    if new.signed_on > on:
        errors["signed_on"] = _("Ngày ký không thể sau hôm nay.")
    taken = sa.select(ConclusionNotice.id).where(
        ConclusionNotice.year == new.signed_on.year, ConclusionNotice.number == new.number.strip()
    )
    if not errors and db.session.scalar(taken) is not None:
        errors["number"] = _("Số này đã dùng trong năm %(year)d.", year=new.signed_on.year)
    if errors:
        raise Invalid(_("Chưa ban hành được thông báo kết luận."), errors)
