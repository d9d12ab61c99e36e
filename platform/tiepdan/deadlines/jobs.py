"""What the worker does for clocks."""

from datetime import date

from tiepdan.core.jobs import job
from tiepdan.deadlines.recounting import recompute_open_clocks


@job(queue="deadlines")
def recount_clocks(on: str) -> None:
    """Count again one batch of the tenant's open clocks, then send for the next; a second run changes nothing."""
    if recompute_open_clocks(on=date.fromisoformat(on)).more:
        recount_clocks.enqueue(on)
