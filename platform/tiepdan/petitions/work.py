"""Work on an accepted petition: assign, record the result, close once the citizen was told, withdraw."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.errors import Conflict, Forbidden, Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.service import stop_clocks
from tiepdan.extensions.cautions import journal_cautions
from tiepdan.identity.memberships import handlers
from tiepdan.petitions.decision import end_petition
from tiepdan.petitions.history import SUBJECT, StepNote, follow_up, start_clocks, take_step
from tiepdan.petitions.loading import check_step, lock_petition
from tiepdan.petitions.models import Petition
from tiepdan.petitions.obligations import SETTLEMENT_KEYS, on_result, rule_ids
from tiepdan.petitions.replies import check_reply
from tiepdan.petitions.rules import AT_WORK, RESULTS_BY_KIND, Origin, Outcome, PetitionStatus, Step
from tiepdan.sdk import PetitionKind
from tiepdan.tenancy.service import tenant_by_id


def assign_petition(
    petition_id: UUID, handler_id: UUID, *, actor: Actor, on: date, brief: str = "", seen_version: int | None = None
) -> None:
    """Give a petition to a handler; an accepted one is from then on in progress.

    brief: what the handler is to do; for a sealed petition an extract of the content without identity, the only
    text of it the handler may open (Luật Tố cáo 25/2018/QH14, Điều 56). Raises Forbidden, NotFound, Invalid, Conflict.
    """
    actor.require("petitions.assign")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.ASSIGNED)
    if handler_id not in {member.account_id for member in handlers()}:
        message = _("Hãy chọn người đang làm việc tại đơn vị.")
        raise Invalid(message, {"handler_id": message})
    if petition.sealed and not brief.strip():
        message = _("Hãy ghi bản trích nội dung, không có thông tin về người tố cáo.")
        raise Invalid(message, {"brief": message})
    petition.handler_id = handler_id
    to = PetitionStatus.IN_PROGRESS if petition.status in AT_WORK else None
    take_step(petition, Step.ASSIGNED, actor=actor, on=on, to=to, note=StepNote(reason=brief, handler_id=handler_id))
    follow_up(petition, matter)


def record_result(
    petition_id: UUID,
    outcome: Outcome,
    result: str,
    *,
    document_number: str,
    actor: Actor,
    on: date,
    seen_version: int | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Record how a petition was settled, by the handler it is assigned to or by who decides.

    confirmed: codes of what plugins warn of in the reply, and somebody confirmed.
    Raises Forbidden, NotFound, Invalid, Conflict, UnconfirmedError.
    """
    petition, matter = lock_petition(petition_id, seen_version)
    _require_settler(petition, actor)
    check_step(petition, Step.RESOLVED)
    errors: dict[str, object] = {}
    if outcome not in RESULTS_BY_KIND[PetitionKind(petition.kind or "")]:
        errors["outcome"] = _("Kết quả này không hợp với loại đơn.")
    if not result.strip():
        errors["result"] = _("Hãy ghi tóm tắt kết quả.")
    if not document_number.strip():
        errors["document_number"] = _("Hãy ghi số văn bản giải quyết.")
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)
    cautions = check_reply(result, field="result", confirmed=confirmed)
    petition.outcome = outcome.value
    petition.resolved_on = on
    stop_clocks(SUBJECT, petition.id, rule_ids(*SETTLEMENT_KEYS), on=on, actor=actor)
    branch = tenant_by_id(tenant_scope().tenant_id).branch
    owed = on_result(branch, Origin(petition.origin), on)
    start_clocks(petition.id, owed, kind=petition.kind, actor=actor)
    note = StepNote(reason=result, document_number=document_number)
    take_step(petition, Step.RESOLVED, actor=actor, on=on, to=PetitionStatus.RESOLVED, note=note)
    journal_cautions(cautions, actor=actor, subject_type=SUBJECT, subject_id=petition.id)
    follow_up(petition, matter)


def close_petition(
    petition_id: UUID,
    *,
    told_on: date,
    document_number: str = "",
    actor: Actor,
    on: date,
    seen_version: int | None = None,
) -> None:
    """Close a settled petition: only once the citizen was told the result.

    told_on: day the citizen was told. Higher slices join (petition_closed); if one objects, nothing is closed.
    Raises Forbidden, NotFound, Invalid, Conflict.
    """
    actor.require("petitions.close")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.CLOSED)
    if petition.resolved_on is None or not petition.resolved_on <= told_on <= on:
        message = _("Ngày báo cho công dân phải từ ngày có kết quả đến hôm nay.")
        raise Invalid(message, {"told_on": message})
    petition.notified_on = petition.notified_on or told_on
    note = StepNote(document_number=document_number)
    take_step(petition, Step.CLOSED, actor=actor, on=on, to=PetitionStatus.CLOSED, note=note)
    end_petition(petition, matter, actor=actor, on=on, told_on=told_on)
    follow_up(petition, matter)


def withdraw_petition(
    petition_id: UUID, *, reason: str, actor: Actor, on: date, seen_version: int | None = None
) -> None:
    """Close a petition that its sender withdrew.

    A denunciation is withdrawn only before it is accepted: afterwards it may have to be settled all the same
    (Luật Tố cáo 25/2018/QH14, Điều 33), and ends by its result. Raises Forbidden, NotFound, Invalid, Conflict.
    """
    actor.require("petitions.close")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.WITHDRAWN)
    if not reason.strip():
        message = _("Hãy ghi lý do và giấy rút đơn.")
        raise Invalid(message, {"reason": message})
    if petition.kind == PetitionKind.DENUNCIATION and petition.status in AT_WORK:
        raise Conflict(_("Tố cáo đã thụ lý: hãy ghi kết quả «Đình chỉ giải quyết» nếu đủ căn cứ cho rút."))
    petition.outcome = Outcome.WITHDRAWN.value
    stop_clocks(SUBJECT, petition.id, on=on, outcome="stopped", actor=actor)
    take_step(petition, Step.WITHDRAWN, actor=actor, on=on, to=PetitionStatus.CLOSED, note=StepNote(reason=reason))
    end_petition(petition, matter, actor=actor, on=on)
    follow_up(petition, matter)


def _require_settler(petition: Petition, actor: Actor) -> None:
    """The assigned handler settles; without one, who decides does."""
    if actor.may("petitions.resolve") and petition.handler_id == actor.account_id and actor.account_id is not None:
        return
    if actor.may("petitions.decide"):
        return
    raise Forbidden("petitions.resolve")
