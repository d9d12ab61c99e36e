"""Everything a plugin may import: markers and frozen values. It imports nothing of ours."""

import pluggy

from tiepdan.sdk.casework import (
    DocumentTemplate,
    Handling,
    Hint,
    Objection,
    Paper,
    ReplyRule,
    ShareLevel,
    ShareRule,
)
from tiepdan.sdk.committees import Branch, Level, Manifest, PetitionKind, Tenant, TenantKind
from tiepdan.sdk.counting import Count, Entry, Records
from tiepdan.sdk.events import Event, EventName, Notice
from tiepdan.sdk.forms import Form, Record
from tiepdan.sdk.limits import DayUnit, DeadlineRule, EscalationStep, Overdue
from tiepdan.sdk.messages import Call, Channel, Command, Delivery, Message, Sent
from tiepdan.sdk.pages import Block, Card, Number, Page
from tiepdan.sdk.registers import Register
from tiepdan.sdk.reports import Figure, ReportDefinition, Section, Span

API_VERSION = "1.1"

hookspec = pluggy.HookspecMarker("tiepdan")
hookimpl = pluggy.HookimplMarker("tiepdan")

__all__ = [
    "API_VERSION",
    "Block",
    "Branch",
    "Call",
    "Card",
    "Channel",
    "Command",
    "Count",
    "DayUnit",
    "DeadlineRule",
    "Delivery",
    "DocumentTemplate",
    "Entry",
    "EscalationStep",
    "Event",
    "EventName",
    "Figure",
    "Form",
    "Handling",
    "Hint",
    "Level",
    "Manifest",
    "Message",
    "Notice",
    "Number",
    "Objection",
    "Overdue",
    "Page",
    "Paper",
    "PetitionKind",
    "Record",
    "Records",
    "Register",
    "ReplyRule",
    "ReportDefinition",
    "Section",
    "Sent",
    "ShareLevel",
    "ShareRule",
    "Span",
    "Tenant",
    "TenantKind",
    "hookimpl",
    "hookspec",
]
