"""Tell people what became overdue and what was raised: one message a person and day, without a case in it."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from tiepdan.core.db import after_commit
from tiepdan.core.jobs import job
from tiepdan.deadlines.service import ClockView
from tiepdan.identity.memberships import accounts_who_may
from tiepdan.notifications.rules import Happening
from tiepdan.notifications.service import is_told, tell_staff
from tiepdan.petitions.history import SUBJECT
from tiepdan.petitions.service import petitions_by_id


def tell_of_overdue(clocks: Sequence[ClockView], *, on: date) -> None:
    """Tell those who handle what became overdue and, of what nobody handles, those who give petitions to handlers."""
    if not clocks or not is_told(Happening.TASK_OVERDUE):
        return
    petition_ids = [clock.subject_id for clock in clocks if clock.subject_type == SUBJECT]
    handlers = {row.id: row.handler_id for row in petitions_by_id(petition_ids).values()} if petition_ids else {}
    found = {handler_id for handler_id in handlers.values() if handler_id is not None}
    if any(handlers.get(clock.subject_id) is None for clock in clocks):
        found |= accounts_who_may("petitions.assign")
    tell_staff(Happening.TASK_OVERDUE, found, occasion=on.isoformat())


def tell_bodies(body_ids: Collection[int], *, on: date) -> None:
    """Send each body to which something was raised a job that tells its people; a lost job costs a mail, no more."""
    for body_id in sorted(body_ids):
        after_commit(partial(tell_of_escalations.send, body_id, on.isoformat()))


@job(queue="default")
def tell_of_escalations(on: str) -> None:
    """Tell those who answer what was raised to their committee; a second run on the same day tells nobody twice."""
    if is_told(Happening.ESCALATION_RAISED):
        tell_staff(Happening.ESCALATION_RAISED, accounts_who_may("escalations.acknowledge"), occasion=on)
