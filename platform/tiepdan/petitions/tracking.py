"""What a citizen sees with the code and PIN of the receipt: received, step, next date. Nothing more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.throttling import count_attempt, forgive_attempt, throttle_key
from tiepdan.petitions.codes import hash_pin, new_pin, pin_matches, read_code
from tiepdan.petitions.history import take_step
from tiepdan.petitions.loading import lock_petition
from tiepdan.petitions.models import Petition
from tiepdan.petitions.rules import PetitionStatus, Step
from tiepdan.petitions.words import NEXT_STEPS, STATUSES


@dataclass(frozen=True, slots=True)
class TrackedPetition:
    """The same four lines for every kind, so that the page tells nobody what kind it is.

    step, next_step: in the reader's language; next_on: None when no date is owed or all is done.
    """

    code: str
    received_on: date
    step: str
    next_step: str
    next_on: date | None


def track(code: str, pin: str, *, address: str = "") -> TrackedPetition:
    """Return how a petition stands to whoever holds its code and PIN.

    address: network address of the visitor, for the throttle; it is stored as a hash only.
    Raises NotFound alike for an unknown code and a wrong PIN; Conflict while one must wait after five failures.
    """
    plain = read_code(code) or ""
    tenant_id = tenant_scope().tenant_id
    keys = [throttle_key(f"track:{tenant_id}:{plain}"), throttle_key(f"track-address:{address}")]
    wait = count_attempt(keys)
    if wait is not None:
        seconds = int(wait.total_seconds()) + 1
        raise Conflict(_("Đã nhập sai nhiều lần. Hãy thử lại sau %(seconds)s giây.", seconds=seconds))
    found = _find(plain, pin)
    if found is None:
        raise NotFound(_("Không có hồ sơ nào với mã và mã PIN này. Hãy xem lại giấy biên nhận."))
    forgive_attempt(keys[0], address_key=keys[1])
    return found


def _find(code: str, pin: str) -> TrackedPetition | None:
    row = db.session.execute(
        sa.select(
            Petition.code, Petition.pin_hash, Petition.received_on, Petition.status, Petition.due_on, Petition.closed_on
        ).where(Petition.code == code)
    ).first()
    # The hash is computed for an unknown code too: the answer takes the same time.
    if not pin_matches(code, pin, row.pin_hash if row else b"") or row is None:
        return None
    status = PetitionStatus(row.status)
    ended = row.closed_on is not None
    return TrackedPetition(
        code=row.code,
        received_on=row.received_on,
        step=str(STATUSES[PetitionStatus.CLOSED] if ended else STATUSES[status]),
        next_step=str(NEXT_STEPS[PetitionStatus.CLOSED if ended else status]),
        next_on=None if ended else row.due_on,
    )


def renew_pin(petition_id: UUID, *, actor: Actor, on: date) -> str:
    """Give a petition a new PIN (the citizen lost the receipt); the old one stops working.

    Raises Forbidden, NotFound.
    """
    actor.require("petitions.register")
    petition, _matter = lock_petition(petition_id)
    pin = new_pin()
    petition.pin_hash = hash_pin(petition.code, pin)
    take_step(petition, Step.PIN_RENEWED, actor=actor, on=on)
    return pin
