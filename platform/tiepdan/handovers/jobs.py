"""What the worker does for handovers. Each may run twice."""

from uuid import UUID

from tiepdan.core.actor import Actor
from tiepdan.core.clock import today
from tiepdan.core.errors import NotFound
from tiepdan.core.jobs import job
from tiepdan.handovers.sending import take_back_refused


@job(queue="default")
def return_refused(handover_id: str) -> None:
    """Go on with a petition whose receiver refused it, once."""
    try:
        take_back_refused(UUID(handover_id), actor=Actor.system("petitions.decide"), on=today())
    except NotFound:
        return  # the refusal was rolled back
