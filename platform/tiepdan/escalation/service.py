"""The door of the slice: check due clocks, answer escalations, ask what waits."""

from tiepdan.escalation.answering import (
    EscalationView,
    acknowledge_escalation,
    count_unacknowledged,
    explain_escalation,
    list_escalations,
    open_escalation,
    recent_warnings,
    take_matter_over,
)
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.sweep import find_tenants_due, send_checks

__all__ = [
    "EscalationView",
    "acknowledge_escalation",
    "check_due_clocks",
    "count_unacknowledged",
    "explain_escalation",
    "find_tenants_due",
    "list_escalations",
    "open_escalation",
    "recent_warnings",
    "send_checks",
    "take_matter_over",
]
