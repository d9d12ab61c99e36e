"""What the worker does for petitions. Each may run twice."""

from uuid import UUID

from tiepdan.core.errors import NotFound
from tiepdan.core.jobs import job
from tiepdan.petitions.history import follow_up
from tiepdan.petitions.loading import lock_petition


@job(queue="default")
def refresh_petition(petition_id: str) -> None:
    """Bring what is derived from a petition up to date: its nearest due day and what superiors see of it."""
    try:
        petition, matter = lock_petition(UUID(petition_id))
    except NotFound:
        return  # rolled back, or not ours: nothing is left to refresh
    follow_up(petition, matter)
