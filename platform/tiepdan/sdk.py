"""Everything a plugin may import: markers and frozen values. It imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pluggy

API_VERSION = "1.0"

hookspec = pluggy.HookspecMarker("tiepdan")
hookimpl = pluggy.HookimplMarker("tiepdan")


class Level(StrEnum):
    """Level of a tenant (cấp). Which levels exist at a date is data of the regime."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Branch(StrEnum):
    """Branch of a body: superiors stay inside one branch."""

    PARTY = "party"
    STATE = "state"
    JUDICIAL = "judicial"


class TenantKind(StrEnum):
    """Kind of body a tenant is."""

    PARTY_COMMITTEE = "party_committee"
    PEOPLES_COMMITTEE = "peoples_committee"
    AGENCY = "agency"
    JUDICIAL_BODY = "judicial_body"


class PetitionKind(StrEnum):
    """The four kinds of petition: khiếu nại, tố cáo, kiến nghị, phản ánh."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PROPOSAL = "proposal"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a plugin says of itself; its module holds one, called `PLUGIN`.

    name: as its entry point is called; small letters, digits and dashes.
    title, summary: for people who decide whether to enable it; keys "vi" and "en", both needed.
    api: range of SDK versions it supports, such as ">=1.0,<2".
    level: the level whose committees it is made for; None for every level.
    priority: order among plugins of its level, the lowest first.
    settings: JSON Schema (draft 2020-12) of an object; with "default" in it, nothing need be set.
    """

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    api: str
    level: Level | None = None
    priority: int = 100
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tenant:
    """The committee a plugin is asked for. unit_code: of the official catalogue, such as "06190"."""

    slug: str
    name: str
    kind: TenantKind
    branch: Branch
    level: Level
    unit_code: str


class DayUnit(StrEnum):
    """How a limit counts: by working days (ngày làm việc) or by calendar days (ngày)."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A limit stricter than the law's; it can only tighten, so the earliest date of all wins.

    duty: key of the platform's rule it tightens, such as "complaint.acceptance".
    at_most: number of days; a rule that gives more time than the law is refused.
    source: the document that orders it, shown under "why this date".
    """

    duty: str
    at_most: int
    unit: DayUnit
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card on a committee's first page.

    title, text: keys "vi" and "en". url: a page of the same committee, such as "/reports/"; "" for none.
    tone: "info", "warning" or "success".
    """

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    url: str = ""
    tone: str = "info"


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


@dataclass(frozen=True, slots=True)
class Overdue:
    """An obligation past its day, as a plugin sees it that says who is told.

    duty: key of the platform's rule, such as "complaint.settlement"; kind: of the petition. Both None for a sealed
        case (of which nothing is said but that it is late), kind also for what is no petition.
    days_overdue: calendar days since due_on, 1 or more. level: of the late committee.
    """

    duty: str | None
    kind: PetitionKind | None
    due_on: date
    days_overdue: int
    level: Level
    sealed: bool


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Whom else to tell of something overdue, or whom to tell earlier than the platform does.

    after_days: calendar days past the due day, from 1. source: the document that orders it, shown to both sides.
    to: "superior", "superior+1" for the one above it and so on, or "body:<slug>" for an active body of the province.
    """

    after_days: int
    to: str
    source: str


class Record(StrEnum):
    """What a plugin may add a form to: a petition (đơn) being registered, a visit (lượt tiếp) at the reception desk."""

    PETITION = "petition"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Form:
    """A part that a plugin adds to a form of the platform, as JSON Schema (draft 2020-12).

    key: its name within the plugin; small letters, digits, underscores. It stays when the form changes.
    version: counts from 1, one up at each change; answers keep the form they were given to.
    title: keys "vi" and "en".
    schema: of an object. The order of "properties" is the order on the page, "required" names what must be
        answered. A property is a "string" (longer than 300 by "maxLength": a box; "format": "date": a day;
        "enum": a choice, with "x-choices": words of each value), "integer", "number" or "boolean" (yes or no), with
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" where
        they fit. "x-label" and "x-help": keys "vi" and "en". "x-when": {name: value or list of values}, the only
        answers to an earlier boolean or choice, or to the platform's own "kind" (a word of PetitionKind), for which
        the property is asked; while it is not asked it is not required and nothing is kept.
    """

    key: str
    version: int
    title: Mapping[str, str]
    schema: Mapping[str, object]
