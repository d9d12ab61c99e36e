"""By when a reception must be posted, and what the law says beside it."""

from datetime import date

from tiepdan.deadlines.law import NoRuleInForce, rule_in_force
from tiepdan.deadlines.provisions import Rule
from tiepdan.deadlines.rules import Due, due
from tiepdan.deadlines.service import calendar_of_tenant

POSTING = "reception.schedule.posted"
DELEGATION = "reception.delegation"


def posting_deadline(first_on: date) -> Due | None:
    """Return the last day to post a reception that begins on a day, with every counted day; None before the law.

    Source: Luật Tiếp công dân 42/2013/QH13, Điều 24 khoản 4 (REC-09); backwards as DEC-01 decides.
    """
    try:
        rule = rule_in_force(POSTING, first_on)
    except NoRuleInForce:
        return None
    return due(first_on, rule.limit(), calendar_of_tenant())


def delegation_warning(on: date) -> Rule | None:
    """Return the rule to show when somebody stands in for the head; None where no text speaks of it (REC-08)."""
    try:
        return rule_in_force(DELEGATION, on)
    except NoRuleInForce:
        return None
