"""What the worker does for received work. It may run twice, or not at all: the sweep finds what waits."""

from tiepdan.core.actor import Actor
from tiepdan.core.clock import today
from tiepdan.core.db import after_commit
from tiepdan.core.jobs import job
from tiepdan.directives.due_days import BATCH, follow_signals


@job(queue="deadlines")
def follow_received_work() -> None:
    """Bring the clocks of received work up to date; when more signals may wait, another job goes on with them."""
    if follow_signals(actor=Actor.system(), on=today()) == BATCH:
        follow_received_work.enqueue()


def hurry(receiver_id: int) -> None:
    """Send the receiver's job once the sender's transaction is committed."""
    after_commit(lambda: follow_received_work.send(receiver_id))
