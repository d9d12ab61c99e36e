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
    Card,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Event,
    Form,
    Manifest,
    Notice,
    Overdue,
    Record,
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


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Any:
    calls.append(("deadline_rules", tenant.slug))
    days = int(str(settings["days"]))
    wrong = [DeadlineRule("no.such.duty", 0, DayUnit.WORKING, "")]
    return _behave(settings, [DeadlineRule("party.notice", days, DayUnit.WORKING, "Văn bản thử")], wrong)


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
    wrong = [Form("x", 1, words, {"type": "object", "properties": {"y": {"type": "string", "pattern": "(a+)+$"}}})]
    return _behave(settings, [Form("asked", 1, words, {"type": "object", "properties": {"line": line}})], wrong)


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Any:
    calls.append(("escalation_routes", tenant.slug))
    asked_about.append(overdue)
    good = [EscalationStep(int(str(settings["route_days"])), str(settings["route_to"]), "Văn bản thử")]
    return _behave(settings, good, [EscalationStep(1, "body:no-such-body", "Văn bản thử")])


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
