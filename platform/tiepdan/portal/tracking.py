"""Follow a case by the code and PIN of its receipt: received, next step, date; nothing more, whatever the kind."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tiepdan.petitions.service import track
from tiepdan.receptions.service import has_visit_code, track_visit


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """The same lines for every receipt.

    next_step: "" when nothing follows. next_on: None when no date is owed. petition_code: the petition a visit
    became, which has a receipt of its own.
    """

    code: str
    received_on: date
    step: str
    next_step: str
    next_on: date | None
    petition_code: str | None = None


def track_case(code: str, pin: str, *, address: str) -> TrackedCase:
    """Return how a visit or a petition stands to whoever holds the code and PIN of its receipt.

    address: network address of the visitor, for the throttle.
    Raises NotFound alike for an unknown code and a wrong PIN; Conflict while one must wait after failures.
    """
    if not has_visit_code(code):
        petition = track(code, pin, address=address)
        return TrackedCase(petition.code, petition.received_on, petition.step, petition.next_step, petition.next_on)
    visit = track_visit(code, pin, address=address)
    next_step = _("Trả lời đơn đã ghi nhận tại buổi tiếp") if visit.petition_code else ""
    return TrackedCase(visit.code, visit.visited_on, visit.step, next_step, visit.next_on, visit.petition_code)
