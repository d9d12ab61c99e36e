"""`tiepdan.testing`: does nothing unasked, and asks as the platform asks."""

import subprocess
import sys
import types
from datetime import date
from importlib.metadata import entry_points

import pytest

from tests import dummy_plugin
from tiepdan.core.errors import Conflict
from tiepdan.sdk import Level, Record, hookimpl
from tiepdan.testing import FROZEN_DAY, PluginTenants, ask


def test_it_is_found_by_pytest_and_loads_nothing_of_the_platform():
    assert [point.value for point in entry_points(group="pytest11", name="tiepdan")] == ["tiepdan.testing"]
    script = (
        "import sys, tiepdan.testing; print([n for n in sys.modules if n in ('flask', 'tiepdan.app', 'sqlalchemy')])"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_there_are_three_levels_and_a_neighbour(plugin_tenants: PluginTenants):
    assert [tenant.level for tenant in plugin_tenants] == [*Level, Level.COMMUNE]
    assert len({tenant.slug for tenant in plugin_tenants}) == 4


def test_the_day_stands_still(frozen_day: date, monkeypatch):
    import os

    assert frozen_day == FROZEN_DAY
    assert os.environ["TIEPDAN_CLOCK"] == FROZEN_DAY.isoformat()


def plugin(function) -> types.ModuleType:
    module = types.ModuleType("tiepdan_mine")
    module.PLUGIN = dummy_plugin.PLUGIN
    setattr(module, function.__name__, hookimpl(function))
    return module


def test_only_what_it_wants_is_given_with_settings_completed(plugin_tenants: PluginTenants, frozen_day: date):
    def home_cards(settings):
        return given.append(settings)

    given: list[dict[str, object]] = []
    ask("home_cards", plugin(home_cards), tenant=plugin_tenants.commune, on=frozen_day, settings={"days": 3})
    assert [(one["behaviour"], one["days"]) for one in given] == [("good", 3)]


@pytest.mark.parametrize(
    ("hook", "settings", "arguments", "said"),
    [
        ("home_cards", {"days": 61}, {}, "days"),
        ("home_cards", {"unheard_of": 1}, {}, "settings"),
        ("home_cards", {"behaviour": "wrong_type"}, {}, "refuses this answer"),
        ("home_cards", {"behaviour": "wrong_values"}, {}, "refuses this answer"),
        ("deadline_rules", {"behaviour": "wrong_values"}, {}, "no duty"),
        ("deadline_rules", {"behaviour": "huge"}, {}, "too large"),
        ("home_cards", {}, {"session": 1}, "not asked with session"),
        ("petition_closed", {}, {}, "no plugin is asked"),
        ("no_such_hook", {}, {}, "no plugin is asked"),
    ],
)
def test_what_the_platform_would_refuse_fails_the_test(
    plugin_tenants: PluginTenants, frozen_day: date, hook, settings, arguments, said
):
    with pytest.raises(AssertionError, match=said):
        ask(hook, dummy_plugin, tenant=plugin_tenants.commune, on=frozen_day, settings=settings, **arguments)


def test_what_the_plugin_raises_is_let_through(plugin_tenants: PluginTenants, frozen_day: date):
    asked = {"tenant": plugin_tenants.commune, "on": frozen_day}
    with pytest.raises(ZeroDivisionError):
        ask("home_cards", dummy_plugin, **asked, settings={"behaviour": "exception"})
    with pytest.raises(AssertionError, match="wants on"):
        ask("home_cards", dummy_plugin, tenant=plugin_tenants.commune)
    with pytest.raises(AssertionError, match="no @hookimpl"):
        ask("deadline_rules", plugin(lambda_named("home_cards")), **asked)


def lambda_named(name: str):
    def function(settings):
        return []

    function.__name__ = name
    return function


def test_live_tenants_exist_and_are_asked_as_the_platform_asks(live_tenants, frozen_day):
    """The kit's own servers: a real plugin of this repository, enabled at the province for its communes."""
    province, _district, commune, neighbour = live_tenants
    assert [each.tenant.level for each in live_tenants] == [*Level, Level.COMMUNE]
    assert commune.ask("form_parts", record=Record.PETITION, on=frozen_day) == {}
    province.enable("level-commune", level=Level.COMMUNE, locked=True)
    answer = commune.ask("form_parts", record=Record.PETITION, on=frozen_day)
    assert answer.keys() == {"level-commune"}
    assert neighbour.ask("form_parts", record=Record.PETITION, on=frozen_day) == {}
    clerk = commune.sign_in("reception_officer")
    assert clerk.get(commune.url("/receptions/")).status_code == 200
    assert clerk.get(neighbour.url("/receptions/")).status_code == 404
    with pytest.raises(Conflict):
        commune.disable("level-commune")


def test_live_tenants_name_the_plugin_that_failed(live_tenants, frozen_day, monkeypatch):
    commune = live_tenants.commune
    commune.enable("level-commune")
    monkeypatch.setattr("tiepdan.core.plugin_calls.LARGEST_ANSWER", 0)
    with pytest.raises(AssertionError, match="level-commune"):
        commune.ask("form_parts", record=Record.PETITION, on=frozen_day)
