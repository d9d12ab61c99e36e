"""Every hook a plugin may implement, failed in every way: its answer does not count, and nothing else is lost."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tiepdan import hookspecs
from tiepdan.core.db import db
from tiepdan.core.plugins import PerPlugin, collect, hook_kinds
from tiepdan.core.scope import current_scope
from tiepdan.counting.records import records_for
from tiepdan.escalation.route_checks import check_addresses
from tiepdan.sdk import Event, EventName, Handling, Level, Message, Overdue, PetitionKind, Record
from tiepdan.tenancy.service import own_tenant, plugin_tenant

ON = date(2024, 6, 28)
HARMLESS = {"changed_setting", "changed_role"}  # undone, and the answer itself was right
# `commands` is asked without a committee and so without settings: tests/portal/test_plugin_commands.py fails it.
SPEAKS = {"share": "counts", "objection": "blocking", "reply": "blocking"}  # settings without which it says nothing
HOOKS = sorted(name for name, kind in hook_kinds().items() if kind != "join" and name != "commands")
_BOUND = sa.text("SELECT current_setting('app.tenant_id'), current_setting('app.tenant_path'), current_user")


def arguments_of(hook: str) -> dict[str, object]:
    tenant = plugin_tenant(own_tenant())
    known = {
        "tenant": tenant,
        "on": ON,
        "record": Record.PETITION,
        "records": PerPlugin(records_for),
        "overdue": Overdue("complaint.acceptance", PetitionKind.COMPLAINT, ON, 9, Level.COMMUNE, sealed=False),
        "event": Event("key", EventName.RECEPTION_HELD, tenant, ON, "record", {}),
        "handling": Handling("accept", PetitionKind.COMPLAINT, "land", 1, sealed=False),
        "message": Message("key", "dummy", "0912345678", "Có tin mới", "Có tin mới."),
    }
    return {name: known[name] for name in inspect.signature(getattr(hookspecs, hook)).parameters if name in known}


def check_of_step(hook: str) -> Callable[[Any], object] | None:
    """Give the check that the asking slice makes for one question: whom a committee can tell depends on the committee."""
    return (lambda answer: check_addresses(answer, (own_tenant().id,), {})) if hook == "escalation_routes" else None


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
@pytest.mark.parametrize("hook", HOOKS)
def test_a_failing_answer_does_not_count_and_costs_nothing(hook, behaviour, entered, two_tenants, enable: Enable):
    own, other = two_tenants
    enable(own, behaviour=behaviour, **SPEAKS)
    enable(other, **SPEAKS)
    with entered(own, "system.run"):
        scope, bound = current_scope(), tuple(db.session.execute(_BOUND).one())
        answers = collect(hook, check=check_of_step(hook), **arguments_of(hook))
        assert current_scope() == scope
        assert tuple(db.session.execute(_BOUND).one()) == bound == (str(own.id), own.path, "tiepdan_app")
        assert db.session.scalar(sa.text("SELECT count(*) FROM tenant_plugin")) >= 1
    assert answers.failed == (() if behaviour in HARMLESS else ("dummy",))
    assert [answer.plugin for answer in answers] == (["dummy"] if behaviour in HARMLESS else [])
    with entered(other, "system.run"):
        assert collect(hook, **arguments_of(hook)).failed == (), "a neighbour's plugin goes on answering"
