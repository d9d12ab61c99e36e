"""A plugin that implements every hook a plugin may implement, and fails in whatever way it is told to.

How it behaves is a setting: "behaviour" is one of BEHAVIOURS. It reaches for the platform's insides on purpose;
that is what a sandbox would have to stop and a savepoint, a copy of the context and a check have to survive.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.sdk import (
    Block,
    Call,
    Card,
    Channel,
    Command,
    Count,
    DayUnit,
    DeadlineRule,
    Delivery,
    DocumentTemplate,
    EscalationStep,
    Event,
    Figure,
    Form,
    Handling,
    Hint,
    Level,
    Manifest,
    Message,
    Notice,
    Number,
    Objection,
    Overdue,
    Page,
    Paper,
    PetitionKind,
    Record,
    Register,
    ReplyRule,
    ReportDefinition,
    Section,
    Sent,
    ShareLevel,
    ShareRule,
    Span,
    Tenant,
    hookimpl,
)

PLUGIN = Manifest(
    name="dummy",
    title={"vi": "Thử", "en": "Dummy"},
    summary={"vi": "Chỉ để kiểm thử.", "en": "For tests only."},
    api=">=1.0,<2",
    settings={
        "type": "object",
        "properties": {
            "behaviour": {"type": "string", "default": "good"},
            "days": {"type": "integer", "minimum": 1, "maximum": 60, "default": 5},
            "route_to": {"type": "string", "default": "superior"},
            "route_days": {"type": "integer", "default": 1},
            "route": {"type": "object", "default": {}},
            "rule": {"type": "object", "default": {}},
            "duty": {"type": "string", "default": "party.notice"},
            "outcome": {"type": "string", "default": "sent"},
            "longest": {"type": "integer", "default": 160},
            "share": {"type": "string", "default": ""},
            "share_kind": {"type": "string", "default": "complaint"},
            "objection": {"type": "string", "default": ""},
            "reply": {"type": "string", "default": ""},
            "template_version": {"type": "integer", "default": 1},
            "entry_field": {"type": "string", "default": "ngày {day}"},
            "template_body": {"type": "string", "default": ""},
        },
    },
)
BEHAVIOURS = (
    "exception", "slow", "wrong_type", "wrong_values", "huge", "sql_error", "swallowed_sql_error", "changed_setting",
    "changed_role", "other_tenant", "commit", "writes",
)  # fmt: skip
calls: list[tuple[str, str]] = []
heard: list[Event] = []
asked_about: list[Overdue] = []
handlings: list[Handling] = []
brought: list[Message] = []
command_behaviour = {"behaviour": "good"}  # commands are asked for without a committee, so without settings


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("deadline_rules", tenant.slug))
    days = int(str(settings["days"]))
    wrong = [DeadlineRule("no.such.duty", 0, DayUnit.WORKING, "")]
    given: Any = dict(settings["rule"])  # type: ignore[call-overload]
    given |= {name: date.fromisoformat(given[name]) for name in ("valid_from", "valid_to") if name in given}
    given["levels"] = [Level(word) for word in given.get("levels", ())]
    given["kinds"] = [PetitionKind(word) for word in given.get("kinds", ())]
    rule = {"at_most": None if {"at_least", "only_warns"} & set(given) else days, **given}
    rule.pop("only_warns", None)
    good = [DeadlineRule(str(settings["duty"]), unit=DayUnit.WORKING, source="Văn bản thử", **rule)]
    return _behave(settings, good, wrong)


@hookimpl
def home_cards(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("home_cards", tenant.slug))
    words = {"vi": f"Thẻ của {tenant.name}", "en": f"Card of {tenant.name}"}
    wrong = [Card("x", {"vi": "Không có tiếng Anh"}, {}, url="//evil.example/")]
    return _behave(settings, [Card("dummy", words, words, url="/petitions/")], wrong)


@hookimpl
def event_happened(event: Event, settings: Mapping[str, object]) -> Any:
    calls.append(("event_happened", event.tenant.slug))
    heard.append(event)
    words = {"vi": f"Đã nghe {event.name}", "en": f"Heard {event.name}"}
    wrong = [Notice({"vi": "Không có tiếng Anh"}, {}, url="//evil.example/")]
    return _behave(settings, [Notice(words, words, url="/petitions/")], wrong)


@hookimpl
def form_parts(tenant: Tenant, record: Record, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("form_parts", tenant.slug))
    words = {"vi": f"Câu hỏi thử của {tenant.name}", "en": f"Question of {tenant.name}"}
    line = {"type": "string", "maxLength": 100, "x-label": {"vi": "Câu thử", "en": "Line"}}
    step = {"vi": "Bước thử", "en": "Step"}
    urgent = {"type": "boolean", "x-label": {"vi": "Cấp bách", "en": "Urgent"}, "x-step": step, "x-width": "half"}
    urgent |= {"x-goes-up": True} if record is Record.PETITION else {}
    properties = {"line": line, "urgent": urgent}
    wrong = [Form("x", 1, words, {"type": "object", "properties": {"y": {"type": "string", "pattern": "(a+)+$"}}})]
    return _behave(settings, [Form("asked", 1, words, {"type": "object", "properties": properties})], wrong)


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Any:
    calls.append(("escalation_routes", tenant.slug))
    asked_about.append(overdue)
    given: Any = settings["route"]
    good = [EscalationStep(int(str(settings["route_days"])), str(settings["route_to"]), "Văn bản thử", **given)]
    return _behave(settings, good, [EscalationStep(1, "body:no-such-body", "Văn bản thử")])


@hookimpl
def registers(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("registers", tenant.slug))
    words = {"vi": f"Sổ thử của {tenant.name}", "en": f"Book of {tenant.name}"}
    line = {"type": "string", "x-label": {"vi": "Tên", "en": "Name"}}
    day = {"type": "string", "format": "date", "x-label": {"vi": "Ngày", "en": "Day"}}
    schema = {"type": "object", "properties": {"name": line, "day": day}, "required": ["name", "day"]}
    good = [Register("book", 1, words, words, words, schema, title_field="name", date_field="day", numbered=True)]
    return _behave(settings, good, [Register("x", 1, words, {}, words, schema, title_field="day", date_field="name")])


@hookimpl
def report_definitions(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("report_definitions", tenant.slug))
    words = {"vi": f"Báo cáo thử của {tenant.name}", "en": f"Report of {tenant.name}"}
    unit = {"vi": "đơn", "en": "petitions"}
    figures = (
        Figure("THU-01", words, unit, Count("petitions"), words, out_of=Count("petitions", dated=False)),
        Figure("THU-02", words, unit, Count("register:book"), words, headline=True),
    )
    sections = (Section(words, ("THU-01", "THU-02"), ("book",), words),)
    wrong = [ReportDefinition("x", 1, words, "Văn bản thử", figures, (Section(words, ("NONE",)),))]
    spans = (Span.MONTH, Span.YEAR, Span.YEARS)
    good = [ReportDefinition("test", 1, words, "Văn bản thử", figures, sections, spans, to="superior")]
    return _behave(settings, good, wrong)


@hookimpl
def pages(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("pages", tenant.slug))
    words = {"vi": f"Trang của {tenant.name}", "en": f"Page of {tenant.name}"}
    about = {"vi": "Lời của trang <b>thử</b>", "en": "Words of the page"}
    unit = {"vi": "đơn", "en": "petitions"}
    numbers = (Number(words, unit, Count("petitions"), months=3, chart=True),)
    block = Block(words, about, numbers, links=(("/petitions/", {"vi": "Mở đơn", "en": "Open petitions"}),))
    wrong = [Page("Không phải khóa", {"vi": "Không có tiếng Anh"}, ())]
    return _behave(settings, [Page("overview", words, (block,)), Page("hidden", words, (block,), menu=False)], wrong)


@hookimpl
def channels(tenant: Tenant, settings: Mapping[str, object]) -> Any:
    calls.append(("channels", tenant.slug))
    words = {"vi": "Kênh thử", "en": "Test channel"}
    wrong = [Channel("Không phải khóa", {"vi": "Không có tiếng Anh"}, "carrier pigeon")]
    return _behave(settings, [Channel("test", words, "phone", int(str(settings["longest"])))], wrong)


@hookimpl
def deliver_message(tenant: Tenant, message: Message, settings: Mapping[str, object]) -> Any:
    calls.append(("deliver_message", tenant.slug))
    brought.append(message)
    return _behave(settings, Delivery(Sent(str(settings["outcome"])), receipt="A-17"), Delivery("gone"))  # type: ignore[arg-type]


@hookimpl
def commands() -> Any:
    wrong = [Command("Không phải tên", {"vi": "Không có tiếng Anh"}, run=_say)]
    return _behave(command_behaviour, [Command("say", {"vi": "Nói lại", "en": "Say it again"}, run=_say)], wrong)


def _say(call: Call) -> Any:
    if call.arguments[:1] == ("sai",):
        raise ValueError("Hãy nói điều đúng.")
    found = call.records.count(Count("petitions"), date(2024, 1, 1), date(2024, 12, 31))
    return _behave(call.settings, [f"{call.tenant.slug}: {' '.join(call.arguments)} {found}"], [17])


@hookimpl
def share_profiles(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("share_profiles", tenant.slug))
    kind = PetitionKind(str(settings["share_kind"])) if settings["share_kind"] else None
    good = [ShareRule(kind, ShareLevel(str(settings["share"])), "Quy chế thử")] if settings["share"] else []
    return _behave(settings, good, [ShareRule(PetitionKind.COMPLAINT, "everything", "")])  # type: ignore[arg-type]


@hookimpl
def classification_hints(tenant: Tenant, settings: Mapping[str, object]) -> Any:
    calls.append(("classification_hints", tenant.slug))
    because = {"vi": f"Nói về đất, {tenant.name}.", "en": f"About land, {tenant.name}."}
    good = [Hint("land", ("thu hồi đất", "đền bù"), because, PetitionKind.COMPLAINT, "land")]
    return _behave(settings, good, [Hint("land", ("đất",), because, field="no-such-field")])


@hookimpl
def competence_objections(tenant: Tenant, handling: Handling, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("competence_objections", tenant.slug))
    handlings.append(handling)
    reason = {"vi": "Việc này của Ban Nội chính", "en": "A matter of the internal affairs commission"}
    asked = settings["objection"]
    good = [Objection(reason, "Quy chế 12-QC/HU", blocking=asked == "blocking")] if asked else []
    return _behave(settings, good, [Objection({"vi": "Không có tiếng Anh"}, "")])


@hookimpl
def reply_checks(tenant: Tenant, settings: Mapping[str, object]) -> Any:
    calls.append(("reply_checks", tenant.slug))
    message = {"vi": "Phải nêu căn cứ", "en": "Name the legal ground"}
    asked = settings["reply"]
    good = [ReplyRule("ground", message, "CV 446", ("căn cứ",), ("mật",), 20, blocking=asked == "blocking")]
    return _behave(settings, good if asked else [], [ReplyRule("empty", message, "CV 446")])


@hookimpl
def documents(tenant: Tenant, settings: Mapping[str, object]) -> Any:
    calls.append(("documents", tenant.slug))
    title = {"vi": f"Giấy mời của {tenant.name}", "en": f"Invitation of {tenant.name}"}
    to = "Kính gửi {sender_name}, {sender_address}."
    version, body = int(str(settings["template_version"])), (str(settings["template_body"] or to),)
    good = [
        DocumentTemplate("invitation", version, title, Paper.PETITION, "Giấy mời", "đối thoại về đơn {code}", body),
        DocumentTemplate("visit", 1, title, Paper.VISIT, "", "tiếp ông (bà) {sender_name}", (to,), ("Lưu VT",), "Phó"),
        DocumentTemplate(
            "certificate",
            2,
            title,
            Paper.REGISTER_ENTRY,
            "Giấy chứng nhận",
            "{name}",
            (f"Số {{entry_number}}: {{name}}, {settings['entry_field']}, {{unit}}.",),
            register="book",
        ),
    ]
    return _behave(settings, good, [DocumentTemplate("x", 1, title, Paper.VISIT, "", "x", ("{no_such_fact}",))])


def _behave(settings: Mapping[str, object], good: Any, wrong_values: Any) -> Any:
    match settings["behaviour"]:
        case "exception":
            raise ZeroDivisionError("Nguyễn Văn Kín")
        case "slow":
            time.sleep(0.3)
        case "wrong_type":
            return {"not": "a list"}
        case "wrong_values":
            return wrong_values
        case "huge":
            return good * 5_000
        case "sql_error":
            db.session.execute(sa.text("SELECT no_such_column"))
        case "swallowed_sql_error":
            with suppress(sa.exc.ProgrammingError):
                db.session.execute(sa.text("SELECT no_such_column"))
        case "changed_setting":
            db.session.execute(sa.text("SET LOCAL app.tenant_id = '1'; SET app.tenant_path = 't1'"))
        case "changed_role":
            db.session.execute(sa.text("SET LOCAL ROLE tiepdan_sweep"))
        case "other_tenant":
            with enter(PlatformScope()):
                db.session.execute(sa.text("SELECT count(*) FROM petition"))
            enter(PlatformScope()).__enter__()
        case "commit":
            db.session.commit()
        case "writes":
            db.session.execute(sa.text("DELETE FROM tenant_plugin"))
    return good
