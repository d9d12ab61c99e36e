"""The sweep: sees which tenants have clocks to look at or events to send, and sends one job to each. No locks."""

import redis

from tiepdan.core.db import transaction
from tiepdan.core.jobs import connection, queue_named
from tiepdan.core.telemetry import log
from tiepdan.deadlines.service import tenants_with_due_clocks
from tiepdan.directives.service import tenants_with_signals
from tiepdan.escalation.jobs import check_clocks, claim_key, sweep_instant
from tiepdan.extensions.outbox import tenants_with_events
from tiepdan.notifications.sending import tenants_with_messages

_CLAIM_SECONDS = 600


def find_tenants_due() -> list[int]:
    """Return the tenants with a clock to look at, a signal about given work, an event or a message; as `tiepdan_sweep`.

    Needs the platform's scope.
    """
    with transaction():
        waiting = {*tenants_with_signals(), *tenants_with_events(), *tenants_with_messages()}
        return sorted({*tenants_with_due_clocks(sweep_instant()), *waiting})


def send_checks() -> list[int]:
    """Send one job to each tenant that has something due; return those it was sent to.

    A tenant whose job still waits in a busy queue gets no second one, so that a stopped worker does not find
    a thousand of them. Nothing rests on that: a claim ends by itself, and an empty queue ends all of them.
    """
    due = find_tenants_due()
    if not due:
        return []
    try:
        queue_is_empty = queue_named(check_clocks.queue).is_empty()
        claims = connection().pipeline()
        for tenant_id in due:
            claims.set(claim_key(tenant_id), 1, nx=not queue_is_empty, ex=_CLAIM_SECONDS)
        won = claims.execute()
    except redis.RedisError:
        log.warning("queue unreachable", job=check_clocks.name, tenants=len(due))
        return []
    sent = [tenant_id for tenant_id, free in zip(due, won, strict=True) if free]
    for tenant_id in sent:
        check_clocks.send(tenant_id)
    return sent
