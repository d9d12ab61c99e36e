"""What other slices' steps mean here."""

from uuid import UUID

from tiepdan.escalation.answering import cover_case
from tiepdan.sdk import hookimpl


@hookimpl
def petition_sealed(petition_id: UUID) -> None:
    """Cover a petition that turned out to be a denunciation in what superiors were already told of it."""
    cover_case(petition_id)
