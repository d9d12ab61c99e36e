"""Which table of a plugin written as data answers which hook, and with which value of the SDK."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.sdk import (
    Card,
    DeadlineRule,
    DocumentTemplate,
    EscalationStep,
    Event,
    Form,
    Handling,
    Hint,
    Notice,
    Objection,
    Overdue,
    Page,
    Record,
    Records,
    Register,
    ReplyRule,
    ReportDefinition,
    ShareRule,
    Tenant,
)


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table. value: what it becomes; needs: conditions that must be named.

    arguments: of the hook beside `settings`, in the order of the functions below, with their types.
    """

    name: str
    value: type
    hook: str
    arguments: Mapping[str, Any]
    needs: tuple[str, ...] = ()


_HERE: dict[str, Any] = {"tenant": Tenant}
_TODAY = {**_HERE, "on": date}

TABLES = {
    table.name: table
    for table in (
        Table("form", Form, "form_parts", {**_HERE, "record": Record, "on": date}, ("record",)),
        Table("register", Register, "registers", _TODAY),
        Table("report", ReportDefinition, "report_definitions", _TODAY),
        Table("deadline", DeadlineRule, "deadline_rules", _TODAY),
        Table("escalation", EscalationStep, "escalation_routes", {**_HERE, "overdue": Overdue}),
        Table("card", Card, "home_cards", {**_TODAY, "records": Records}),
        Table("share", ShareRule, "share_profiles", _TODAY),
        Table("hint", Hint, "classification_hints", _HERE),
        Table("objection", Objection, "competence_objections", {**_HERE, "handling": Handling, "on": date}),
        Table("reply", ReplyRule, "reply_checks", _HERE),
        Table("document", DocumentTemplate, "documents", _HERE),
        Table("page", Page, "pages", _TODAY),
        Table("notice", Notice, "event_happened", {"event": Event}, ("event",)),
    )
}
