"""What other slices' steps mean here."""

from datetime import date
from uuid import UUID

from tiepdan.handovers.sending import withdraw_unanswered
from tiepdan.sdk import hookimpl


@hookimpl
def petition_taken_back(petition_id: UUID, on: date) -> None:
    """Withdraw what was sent of the petition, unless it was answered."""
    withdraw_unanswered(petition_id, on=on)
