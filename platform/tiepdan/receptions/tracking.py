"""What a visitor sees with the code and PIN of the receipt: came when, what next. The same for every kind."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.throttling import count_attempt, forgive_attempt, throttle_key
from tiepdan.petitions.service import hash_pin, new_pin, petition_by_id, pin_matches, read_code
from tiepdan.receptions.models import Visit
from tiepdan.receptions.rules import VisitStatus
from tiepdan.receptions.visits import lock_visit
from tiepdan.receptions.words import TRACKED_STEPS


@dataclass(frozen=True, slots=True)
class TrackedVisit:
    """How a visit stands. petition_code: the petition it became, which is tracked by its own code and PIN.

    next_on: the day by which the sender of that petition hears; None when none is owed.
    """

    code: str
    visited_on: date
    step: str
    petition_code: str | None
    next_on: date | None


def track_visit(code: str, pin: str, *, address: str = "") -> TrackedVisit:
    """Return how a visit stands to whoever holds the code and PIN of its receipt.

    address: network address of the visitor, for the throttle; it is stored as a hash only.
    Raises NotFound alike for an unknown code and a wrong PIN; Conflict while one must wait after five failures.
    """
    plain = read_code(code) or ""
    keys = [
        throttle_key(f"track:{tenant_scope().tenant_id}:{plain}"),
        throttle_key(f"track-address:{address}"),
    ]
    wait = count_attempt(keys)
    if wait is not None:
        seconds = int(wait.total_seconds()) + 1
        raise Conflict(_("Đã nhập sai nhiều lần. Hãy thử lại sau %(seconds)s giây.", seconds=seconds))
    row = db.session.execute(
        sa.select(Visit.code, Visit.pin_hash, Visit.visited_on, Visit.status, Visit.petition_id).where(
            Visit.code == plain
        )
    ).first()
    # The hash is computed for an unknown code too: the answer takes the same time.
    if not pin_matches(plain, pin, (row.pin_hash if row else None) or b"") or row is None:
        raise NotFound(_("Không có hồ sơ nào với mã và mã PIN này. Hãy xem lại giấy biên nhận."))
    forgive_attempt(keys[0], address_key=keys[1])
    petition = petition_by_id(row.petition_id) if row.petition_id else None
    return TrackedVisit(
        code=row.code,
        visited_on=row.visited_on,
        step=str(TRACKED_STEPS[VisitStatus(row.status)]),
        petition_code=petition.code if petition else None,
        next_on=petition.due_on if petition and petition.closed_on is None else None,
    )


def has_visit_code(code: str) -> bool:
    """Say whether a code is a visit's of this tenant; the tracking page asks to choose where to look."""
    return db.session.scalar(sa.select(Visit.id).where(Visit.code == (read_code(code) or ""))) is not None


def renew_visit_pin(visit_id: UUID, *, actor: Actor, on: date) -> str:  # noqa: ARG001 - every service says when
    """Give a visit a new PIN (the receipt was lost); the old one stops working. Raises Forbidden, NotFound."""
    actor.require("receptions.run")
    visit = lock_visit(visit_id)
    pin = new_pin()
    visit.pin_hash = hash_pin(visit.code, pin)
    db.session.flush()
    record_event("visit.pin_renewed", actor=actor, subject_type="visit", subject_id=visit_id)
    return pin
