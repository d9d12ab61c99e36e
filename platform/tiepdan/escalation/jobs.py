"""What the worker does about due clocks. Each may run twice, or be killed in the middle."""

from contextlib import suppress
from datetime import datetime, time

import redis
from flask import current_app

from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE, now, today
from tiepdan.core.jobs import connection, job
from tiepdan.core.scope import tenant_scope
from tiepdan.directives.service import follow_signals
from tiepdan.escalation.checking import BATCH, check_due_clocks
from tiepdan.extensions import outbox
from tiepdan.notifications import sending
from tiepdan.web.stale_tokens import drop_stale_tokens


def claim_key(tenant_id: int) -> str:
    """Name the claim by which the sweep knows that a tenant's job waits in the queue."""
    return f"tiepdan:check_clocks:{tenant_id}"


def sweep_instant() -> datetime:
    """Return up to when clocks are looked at: now, or the end of the business day that a demo or a test set."""
    if current_app.config["TIEPDAN"].clock is None:
        return now()
    return datetime.combine(today(), time.max, TIMEZONE)


@job(queue="deadlines")
def check_clocks() -> None:
    """Look at a batch of the tenant's due clocks; when more may wait, another job goes on with them.

    Before that the clocks of received work follow what their senders did: the job that does it may have been lost.
    After it events are sent again of which plugins have not heard, and messages that wait.
    """
    with suppress(redis.RedisError):
        connection().delete(claim_key(tenant_scope().tenant_id))
    followed = follow_signals(actor=Actor.system(), on=today())
    looked_at = check_due_clocks(sweep_instant(), actor=Actor.system())
    sent_again, messages = outbox.send_again(), sending.send_waiting()
    if BATCH in {looked_at, followed} or sent_again == outbox.BATCH or messages == sending.BATCH:
        check_clocks.enqueue()
    drop_stale_tokens()  # this job passes by every tenant
    outbox.drop_old_events()
