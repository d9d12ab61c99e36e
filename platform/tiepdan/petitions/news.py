"""Whether the sender of a petition is told news about it: asked at intake, changed when they change their mind."""

from uuid import UUID

from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.errors import Conflict
from tiepdan.notifications.service import ask_for_news, stop_news, wants_news
from tiepdan.petitions.history import SUBJECT
from tiepdan.petitions.loading import load_petition, lock_petition

PERMISSION = "petitions.register"


def is_sender_told(petition_id: UUID, *, actor: Actor) -> bool:
    """Say whether the sender asked to be told. Raises Forbidden, NotFound."""
    actor.require(PERMISSION)
    return wants_news(load_petition(petition_id).id)


def set_news(petition_id: UUID, *, wanted: bool, actor: Actor) -> None:
    """Note what the sender said. Raises Forbidden, NotFound, Conflict for a petition without a name."""
    actor.require(PERMISSION)
    petition, _matter = lock_petition(petition_id)
    if wanted and petition.lead_person_id is None:
        raise Conflict(_("Đơn không ghi tên người gửi nên không báo tin được."))
    if wanted and petition.lead_person_id is not None:
        ask_for_news(petition.id, petition.lead_person_id, sealed=petition.sealed)
    else:
        stop_news(petition.id)
    word = "news_asked" if wanted else "news_stopped"
    record_event(f"petition.{word}", actor=actor, subject_type=SUBJECT, subject_id=petition.id)
