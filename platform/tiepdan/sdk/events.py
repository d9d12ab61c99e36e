"""What happened, and what a plugin says to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiepdan.sdk.committees import Tenant


class EventName(StrEnum):
    """What a plugin hears of after it happened.

    petition.decided: one of the five ways of handling was chosen; accepted and transferred are told besides.
    reception.held: a day of a reception ended. task.overdue: a limit passed, told on the first day after it.
    """

    PETITION_ACCEPTED = "petition.accepted"
    PETITION_TRANSFERRED = "petition.transferred"
    PETITION_DECIDED = "petition.decided"
    RECEPTION_HELD = "reception.held"
    TASK_OVERDUE = "task.overdue"
    REPORT_SUBMITTED = "report.submitted"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a committee, committed and certain.

    key: the same at every retry; do nothing for a key that was dealt with before.
    on: the business day. record: says that two events are about the same record, and nothing else.
    facts: codes and counts, never names or contents. Of a sealed case only {"sealed": True}, and a record that is
        new with every event.
    """

    key: str
    name: EventName
    tenant: Tenant
    on: date
    record: str
    facts: Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Notice:
    """A note on a committee's first page, shown until somebody there has seen it.

    title, text: keys "vi" and "en". url: a page of the same committee, such as "/receptions/"; "" for none.
    """

    title: Mapping[str, str]
    text: Mapping[str, str]
    url: str = ""
