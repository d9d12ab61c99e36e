"""A province's five working days beat the law's ten on a commune's petition; twenty are refused."""

from datetime import date

import pytest

from tests.extensions.conftest import Enable
from tiepdan.core.db import new_id
from tiepdan.core.errors import Invalid
from tiepdan.deadlines.service import clocks_of, explain_clock, start_clock
from tiepdan.extensions.service import choose_plugin, forget_choice
from tiepdan.sdk import Level

RECEIVED_ON = date(2024, 6, 3)
# PTY-06 (Quy định 11-QĐi/TW, Điều 6): ten working days. Counted: 4, 5, 6, 7, 10, 11, 12, 13, 14, 17 June.
LAW = date(2024, 6, 17)
# Five working days: 4, 5, 6, 7, 10 June.
ORDERED = date(2024, 6, 10)
SOURCE = "CV 12-CV/TU, điểm 3"


def start(actor):
    return start_clock("PTY-06", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor)


def order(entered, superior, days, *, locked=True):
    with entered(superior, "plugins.manage") as actor:
        choose_plugin(
            "lang-son",
            enabled=True,
            settings={"notice_days": days, "source": SOURCE},
            actor=actor,
            for_level=Level.COMMUNE,
            locked=locked,
        )


def test_the_provinces_shorter_limit_wins_and_says_why(entered, three_levels):
    order(entered, three_levels.province, 5)
    with entered(three_levels.commune, "clocks.view") as actor:
        clock = start(actor)
        told = explain_clock(clock.id, actor=actor)
    assert clock.due_on == ORDERED
    assert clock.law_due_on == LAW
    assert [step.day for step in told.steps if step.number] == [date(2024, 6, day) for day in (4, 5, 6, 7, 10)]
    assert told.agrees
    assert (told.clock.tightening.plugin, told.clock.tightening.source) == ("lang-son", SOURCE)


@pytest.mark.parametrize("who", ["district", "stranger"])
def test_it_holds_for_the_level_it_was_ordered_for(who, entered, three_levels):
    order(entered, three_levels.province, 5)
    with entered(getattr(three_levels, who), "system.run") as actor:
        assert start(actor).due_on == LAW


def test_the_plugins_own_settings_refuse_a_longer_limit(entered, three_levels):
    with pytest.raises(Invalid):
        order(entered, three_levels.province, 20)


def test_a_longer_limit_is_refused(entered, three_levels, enable: Enable):
    enable(three_levels.commune, days=20)
    with entered(three_levels.commune, "system.run") as actor:
        clock = start(actor)
    assert (clock.due_on, clock.law_due_on, clock.tightening) == (LAW, None, None)


def test_the_earliest_of_several_orders_wins(entered, three_levels, enable: Enable):
    order(entered, three_levels.province, 7)
    enable(three_levels.commune, days=5)
    with entered(three_levels.commune, "system.run") as actor:
        clock = start(actor)
    assert (clock.due_on, clock.tightening.plugin) == (ORDERED, "dummy")


def test_a_running_clock_keeps_what_it_began_with(entered, three_levels):
    order(entered, three_levels.province, 5)
    with entered(three_levels.commune, "system.run") as actor:
        clock = start(actor)
    with entered(three_levels.province, "plugins.manage") as actor:
        forget_choice("lang-son", actor=actor, for_level=Level.COMMUNE)
    with entered(three_levels.commune, "system.run") as actor:
        assert clocks_of("petition", [clock.subject_id])[clock.subject_id][0].due_on == ORDERED
        assert start(actor).due_on == LAW


def test_the_page_says_what_the_law_would_have_been(entered, three_levels, make_account, sign_in):
    order(entered, three_levels.province, 5)
    with entered(three_levels.commune, "system.run") as actor:
        clock = start(actor)
    client = sign_in(make_account(three_levels.commune, "petition_officer"))
    page = client.get(three_levels.commune.url(f"/clocks/{clock.id}"))
    assert page.status_code == 200, page.text
    assert "theo luật là 17/06/2024" in page.text
    assert SOURCE in page.text
