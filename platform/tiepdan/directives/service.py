"""What other slices and pages ask of directives."""

from tiepdan.directives.assignments import (
    AssignmentView,
    NewAssignment,
    StepView,
    assignment_by_id,
    issue_assignment,
)
from tiepdan.directives.due_days import RULE_ID as ASSIGNMENT_RULE
from tiepdan.directives.due_days import SUBJECT as ASSIGNMENT_SUBJECT
from tiepdan.directives.due_days import follow_signals, issuers_of, tenants_with_signals
from tiepdan.directives.lists import Show, count_assignments, list_assignments, overdue_assignments
from tiepdan.directives.notices import (
    IssuedConclusion,
    NewConclusion,
    NoticeView,
    disclose_notice,
    issue_conclusion,
    list_notices,
    notice_by_id,
    notices_of_reception,
    seal_notices,
)
from tiepdan.directives.period import DirectiveFigures, count_directives
from tiepdan.directives.receivers import possible_receivers
from tiepdan.directives.steps import (
    acknowledge_assignment,
    close_assignment,
    extend_assignment,
    record_citizen_told,
    refuse_assignment,
    report_done,
    report_progress,
)

__all__ = [
    "ASSIGNMENT_RULE",
    "ASSIGNMENT_SUBJECT",
    "AssignmentView",
    "DirectiveFigures",
    "IssuedConclusion",
    "NewAssignment",
    "NewConclusion",
    "NoticeView",
    "Show",
    "StepView",
    "acknowledge_assignment",
    "assignment_by_id",
    "close_assignment",
    "count_assignments",
    "count_directives",
    "disclose_notice",
    "extend_assignment",
    "follow_signals",
    "issue_assignment",
    "issue_conclusion",
    "issuers_of",
    "list_assignments",
    "list_notices",
    "notice_by_id",
    "notices_of_reception",
    "overdue_assignments",
    "possible_receivers",
    "record_citizen_told",
    "refuse_assignment",
    "report_done",
    "report_progress",
    "seal_notices",
    "tenants_with_signals",
]
