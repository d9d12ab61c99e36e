"""Records as plugins read them: bound to a plugin and a committee, useless outside it, without what is private."""

from datetime import date

import pytest

from tests.reports.plugin_fixtures import add_class, plugin, switch  # noqa: F401 - fixtures
from tests.reports.reporting import NAME
from tiepdan.core.errors import ScopeError
from tiepdan.core.plugins import PerPlugin, answer_check, check_of, collect
from tiepdan.counting.records import records_for
from tiepdan.counting.service import count, count_by
from tiepdan.registers.entries import add_entry
from tiepdan.sdk import Card, Count, hookimpl

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
CLASSES = Count("register:classes")


@pytest.fixture
def commune(two_tenants, plugin, switch, add_class):  # noqa: F811 - fixtures
    commune, neighbour = two_tenants
    switch(commune, neighbour)
    add_class(commune, "2024-01-10", people=30, kind="law")
    add_class(commune, "2024-02-10", people=12, kind=None)
    add_class(commune, "2023-02-10", people=7)
    add_class(neighbour, "2024-01-10", people=100)
    return commune


def test_a_plugin_counts_its_registers_and_the_platforms_records(commune, entered):
    with entered(commune):
        records = records_for(NAME)
        assert records.count(CLASSES, *YEAR) == 2
        assert records.count(Count("register:reporting/classes", "sum:people"), *YEAR) == 42
        assert records.count(Count("register:classes", dated=False), *YEAR) == 3
        assert records.count(Count("petitions"), *YEAR) == 0
        assert count_by(CLASSES, "kind", plugin=NAME, first=YEAR[0], last=YEAR[1]) == {"law": 1, "skill": 0, "": 1}
        for wrong in (Count("register:lessons"), Count("people"), Count("register:classes", where={"x": 1})):
            with pytest.raises(ValueError, match=r"."):
                records.count(wrong, *YEAR)


def test_entries_are_the_newest_first_and_never_private(commune, entered):
    with entered(commune, "registers.view", "registers.edit") as actor:
        secret = {"topic": "Kín", "held_on": "2024-03-01", "trainer": "Nguyễn Văn Kín"}
        add_entry(NAME, "classes", secret, actor=actor, on=date(2024, 6, 28))
    with entered(commune):
        records = records_for(NAME)
        found = records.entries("classes", *YEAR)
        assert [entry.on.isoformat() for entry in found] == ["2024-03-01", "2024-02-10", "2024-01-10"]
        assert found[0].values == {"topic": "Kín", "held_on": "2024-03-01"}
        assert found[0].key == "classes" or found[0].key
        assert len(records.entries("classes", *YEAR, limit=1)) == 1
        for limit in (0, 501, True, "1"):
            with pytest.raises(ValueError, match="limit"):
                records.entries("classes", *YEAR, limit=limit)
        for register in ("reporting/classes", "no such", "Classes"):
            with pytest.raises(ValueError, match=r"."):
                records.entries(register, *YEAR)


def test_they_refuse_once_their_committee_is_left(commune, two_tenants, entered):
    with entered(commune):
        records = records_for(NAME)
    with pytest.raises(ScopeError):
        records.count(CLASSES, *YEAR)
    with entered(two_tenants[1]):
        with pytest.raises(ScopeError):
            records.count(CLASSES, *YEAR)
        with pytest.raises(ScopeError):
            records.entries("classes", *YEAR)


def test_outside_a_committee_there_are_none(app):
    with app.app_context(), pytest.raises(ScopeError):
        count(Count("petitions"), plugin=NAME, first=YEAR[0], last=YEAR[1])


def test_each_plugin_is_given_records_of_its_own(commune, plugin, entered, make_account, sign_in):  # noqa: F811
    seen = []

    class Cards:
        @hookimpl
        def home_cards(self, records):
            seen.append(records.plugin)
            words = {"vi": f"Có {records.count(CLASSES, *YEAR)} lớp", "en": "Classes"}
            return [Card("classes", words, words)]

    plugin.home_cards = Cards().home_cards
    from tiepdan.core.plugins import manager

    manager.unregister(name=NAME)
    manager.register(plugin, NAME)
    page = sign_in(make_account(commune, "petition_officer")).get(commune.url("/desk")).text
    assert "Có 2 lớp" in page
    assert seen == [NAME]
    page = sign_in(make_account(commune, "tenant_admin")).get(commune.url("/desk")).text
    assert "Có 2 lớp" not in page  # who may not see cases is told nothing of them
    assert seen == [NAME]


def test_an_argument_or_a_check_is_made_for_each_plugin(commune, entered):
    asked = []

    def check(plugin_name):
        return lambda answer: asked.append((plugin_name, len(answer)))

    before = check_of("registers")
    with entered(commune):
        answers = collect("registers", check=PerPlugin(check), tenant=None, on=None)
    assert [answer.plugin for answer in answers] == [NAME]
    assert asked == [(NAME, 1)]
    assert check_of("registers") is before
    assert callable(answer_check("registers"))
