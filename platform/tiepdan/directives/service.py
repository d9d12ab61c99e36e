"""What other slices and pages ask of directives."""

from tiepdan.directives.assignments import (
    AssignmentView,
    NewAssignment,
    StepView,
    assignment_by_id,
    issue_assignment,
)
from tiepdan.directives.lists import (
    DirectiveFigures,
    Show,
    count_assignments,
    count_directives,
    list_assignments,
    overdue_assignments,
)
from tiepdan.directives.notices import (
    IssuedConclusion,
    NewConclusion,
    NoticeView,
    issue_conclusion,
    list_notices,
    notice_by_id,
    notices_of_reception,
)
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
    "extend_assignment",
    "issue_assignment",
    "issue_conclusion",
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
]
