"""The door of the slice: send petitions to other bodies, receive them, ask for their way."""

from tiepdan.handovers.directory import Loop, describe_loop, find_loop, search_bodies
from tiepdan.handovers.reading import (
    HandoverView,
    count_waiting,
    first_holders,
    handovers_of,
    list_handovers,
    open_copy,
    open_handover,
    way_of,
)
from tiepdan.handovers.receiving import accept_handover, receive_handover, refuse_handover
from tiepdan.handovers.sending import (
    NewHandover,
    send_handover,
    sendable_petition,
    take_back_refused,
    withdraw_handover,
)

__all__ = [
    "HandoverView",
    "Loop",
    "NewHandover",
    "accept_handover",
    "count_waiting",
    "describe_loop",
    "find_loop",
    "first_holders",
    "handovers_of",
    "list_handovers",
    "open_copy",
    "open_handover",
    "receive_handover",
    "refuse_handover",
    "search_bodies",
    "send_handover",
    "sendable_petition",
    "take_back_refused",
    "way_of",
    "withdraw_handover",
]
