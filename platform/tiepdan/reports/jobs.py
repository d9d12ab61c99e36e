"""A round by the queue: one job per tenant. Whoever is last below a superior wakes it."""

from datetime import date

from tiepdan.core.actor import Actor
from tiepdan.core.db import after_commit
from tiepdan.core.jobs import job
from tiepdan.core.scope import tenant_scope
from tiepdan.reports.definitions import definition_on
from tiepdan.reports.periods import Period, read_period
from tiepdan.reports.received import submissions_received
from tiepdan.reports.rounds import PERMISSIONS, carry_unit
from tiepdan.reports.routes import Place, receivers_of, senders_to, tree_of
from tiepdan.tenancy.service import own_tenant


@job(queue="bulk")
def prepare_unit_report(code: str, period_code: str, on: str, root_id: int) -> None:
    """Freeze and submit one tenant's report once everybody below has sent theirs; a second run changes nothing."""
    period = read_period(period_code)
    tenant_id = tenant_scope().tenant_id
    senders = senders_to(tenant_id, code, period.last)
    received = submissions_received(code, period, [each.id for each in senders]) if senders else []
    if sum(submission.counts for submission in received) < len(senders):
        return  # the last one below sends this job again
    receiver_ids = tuple(each.id for each in receivers_of(tenant_id, code, period.last))
    definition = definition_on(code, period.last)
    carry_unit(
        Place(own_tenant(), tuple(senders), receiver_ids), definition, period,
        actor=Actor.system(*PERMISSIONS, tenant_id=tenant_id), on=date.fromisoformat(on),
        due_on=definition.due_on(period), submit=tenant_id != root_id,
    )  # fmt: skip
    if tenant_id != root_id:
        after_commit(lambda: _wake(receiver_ids, code, period_code, on, root_id))


def send_round(code: str, period: Period, root_id: int, *, on: date) -> int:
    """Send a job to every tenant of a round and return how many; needs a scope, any scope."""
    places = tree_of(root_id, code, period.last)
    for place in reversed(places):
        _send(place.tenant.id, code, period.code, on.isoformat(), root_id)
    return len(places)


def _wake(receiver_ids: tuple[int, ...], code: str, period_code: str, on: str, root_id: int) -> None:
    for receiver_id in receiver_ids:
        _send(receiver_id, code, period_code, on, root_id)


def _send(tenant_id: int, code: str, period_code: str, on: str, root_id: int) -> None:
    prepare_unit_report.send(tenant_id, code, period_code, on, root_id)
