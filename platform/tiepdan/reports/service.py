"""What other slices, commands and pages ask of reports."""

from tiepdan.reports.contents import Contents
from tiepdan.reports.definitions import Definition, definition_codes, definition_on
from tiepdan.reports.drill import differences, open_figure
from tiepdan.reports.periods import Period, PeriodKind, make_period, read_period, recent_periods
from tiepdan.reports.preparing import (
    ReportView,
    correct_report,
    freeze_report,
    list_reports,
    open_report,
    read_contents,
    recount,
    report_by_id,
    set_due_day,
)
from tiepdan.reports.requests import open_round, requests_received, round_of, rounds_opened
from tiepdan.reports.reviewing import (
    accept_submission,
    read_submission,
    receive_submission,
    return_submission,
)
from tiepdan.reports.rounds import RoundOutcome, run_round
from tiepdan.reports.submitting import submit_report
from tiepdan.reports.typed import list_typed, remove_typed, type_figure

__all__ = [
    "Contents",
    "Definition",
    "Period",
    "PeriodKind",
    "ReportView",
    "RoundOutcome",
    "accept_submission",
    "correct_report",
    "definition_codes",
    "definition_on",
    "differences",
    "freeze_report",
    "list_reports",
    "list_typed",
    "make_period",
    "open_figure",
    "open_report",
    "open_round",
    "read_contents",
    "read_period",
    "read_submission",
    "receive_submission",
    "recent_periods",
    "recount",
    "remove_typed",
    "report_by_id",
    "requests_received",
    "return_submission",
    "round_of",
    "rounds_opened",
    "run_round",
    "set_due_day",
    "submit_report",
    "type_figure",
]
