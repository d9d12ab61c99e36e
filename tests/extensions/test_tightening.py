"""Orders of plugins: a longest time shorter, a shortest time longer, never looser; for whom, when, and warned earlier."""

from datetime import date, timedelta

import pytest

from tests.extensions.conftest import Enable
from tiepdan.core.db import new_id
from tiepdan.core.errors import Invalid
from tiepdan.core.plugins import check_of
from tiepdan.deadlines.clock_words import CheckKind, ClockEventKind
from tiepdan.deadlines.service import (
    ClockFilter,
    clocks_of,
    count_open_clocks,
    explain_clock,
    extend_clock,
    open_clocks,
    start_clock,
)
from tiepdan.deadlines.tightening import Verdict
from tiepdan.extensions.service import choose_plugin, forget_choice
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import (
    Classification,
    NewPetition,
    classify_petition,
    petition_by_id,
    register_petition,
)
from tiepdan.sdk import DayUnit, DeadlineRule, Level, PetitionKind

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


def only_clock(entered, tenant, on=RECEIVED_ON, rule_id="PTY-06", **more):
    with entered(tenant, "clocks.view") as actor:
        clock = start_clock(rule_id, subject_type="petition", subject_id=new_id(), event_on=on, actor=actor, **more)
        return clock, explain_clock(clock.id, actor=actor)


# PET-14: an ineligible petition is kept for at least 365 days from Monday 3/6/2024: until Tuesday 3/6/2025.
KEPT_UNTIL = date(2025, 6, 3)


@pytest.mark.parametrize(("days", "won"), [(300, True), (20, False)])
def test_a_shortest_time_is_only_lengthened(days, won, entered, three_levels, enable: Enable):
    enable(three_levels.commune, duty="petition.filing", rule={"at_least": days})
    clock, told = only_clock(entered, three_levels.commune, rule_id="PET-14")
    assert clock.shortest
    # 300 working days end later than 365 calendar days, 20 do not: the number alone says nothing.
    assert (clock.due_on > KEPT_UNTIL) is won
    assert clock.law_due_on == (KEPT_UNTIL if won else None)
    assert told.agrees
    assert [one.verdict for one in told.orders] == [Verdict.WON if won else Verdict.REFUSED]


def test_what_is_announced_beforehand_is_announced_earlier(entered, three_levels, enable: Enable):
    enable(three_levels.commune, duty="reception.schedule.posted", rule={"at_least": 8})
    clock, told = only_clock(entered, three_levels.commune, date(2024, 6, 28), "REC-09")
    # Eight working days back from Friday 28/6: 27, 26, 25, 24, 21, 20, 19, 18 June; the law's five end on 21/6.
    assert (clock.due_on, clock.law_due_on) == (date(2024, 6, 18), date(2024, 6, 21))
    assert told.agrees


@pytest.mark.parametrize(
    ("duty", "rule"),
    [
        ("party.notice", {"at_least": 20}),
        ("petition.filing", {"at_most": 20}),
        ("party.notice", {"at_most": 5, "at_least": 5}),
        ("party.notice", {"only_warns": True}),
        ("party.notice", {"at_least": 0}),
        ("party.notice", {"warn_before": [0]}),
        ("party.notice", {"warn_before": [1, 2, 3, 4, 5, 6]}),
        ("party.notice", {"warn_before": "5"}),
        ("party.notice", {"valid_from": "2024-06-02", "valid_to": "2024-06-01"}),
    ],
)
def test_a_rule_that_does_not_fit_its_duty_is_a_fault(duty, rule, entered, three_levels, enable: Enable):
    enable(three_levels.commune, duty=duty, rule=rule)
    clock, told = only_clock(entered, three_levels.commune)
    assert (clock.due_on, told.orders) == (LAW, ())


def test_the_author_reads_which_word_fits():
    check = check_of("deadline_rules")
    with pytest.raises(ValueError, match="the longest time allowed, so a stricter rule says at_most"):
        check([DeadlineRule("party.notice", None, DayUnit.WORKING, "CV 1", at_least=20)])
    with pytest.raises(ValueError, match="the shortest time required, so a stricter rule says at_least"):
        check([DeadlineRule("petition.filing", 20, DayUnit.WORKING, "CV 1")])
    with pytest.raises(TypeError, match="levels"):
        check([DeadlineRule("party.notice", 5, DayUnit.WORKING, "CV 1", levels=["commune"])])
    check([DeadlineRule("complaint.decision.second.published", None, DayUnit.CALENDAR, "CV 1", at_least=20)])


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"levels": ["commune", "district"]}, True),
        ({"levels": ["province"]}, False),
        ({"valid_from": "2024-06-03", "valid_to": "2024-06-03"}, True),
        ({"valid_from": "2024-06-04"}, False),
        ({"valid_to": "2024-06-02"}, False),
        ({"kinds": ["complaint"]}, False),  # nothing is known of the kind here
    ],
)
def test_a_rule_says_for_whom_and_when_it_holds(rule, holds, entered, three_levels, enable: Enable):
    enable(three_levels.commune, rule=rule)
    clock, _told = only_clock(entered, three_levels.commune)
    assert clock.due_on == (ORDERED if holds else LAW)


def test_the_responsible_person_is_warned_earlier(entered, three_levels, enable: Enable, make_account, sign_in):
    enable(three_levels.commune, rule={"only_warns": True, "warn_before": [7, 9, 40]})
    own = three_levels.commune
    # The tests' business day is Friday 28/6/2024; received then, due on Friday 12/7.
    clock, told = only_clock(entered, own, date(2024, 6, 28))
    neighbour, _told = only_clock(entered, three_levels.sibling, date(2024, 6, 28))
    assert (clock.due_on, neighbour.due_on) == (date(2024, 7, 12), date(2024, 7, 12))
    early = [day for day, kind in clock.warnings if kind is CheckKind.EARLY]
    assert early == [date(2024, 7, 3), date(2024, 7, 5)]  # forty days before it, nothing had happened yet
    assert [one.verdict for one in told.orders] == [Verdict.WARNS]
    with entered(own, "clocks.view") as actor:
        for day, near in ((date(2024, 7, 2), 0), (date(2024, 7, 3), 1), (date(2024, 7, 12), 1), (date(2024, 7, 13), 0)):
            assert count_open_clocks(on=day, actor=actor).near == near
            assert len(open_clocks(ClockFilter.NEAR, on=day, actor=actor).items) == near
    with entered(three_levels.sibling, "clocks.view") as actor:
        assert count_open_clocks(on=date(2024, 7, 3), actor=actor).near == 0
    page = sign_in(make_account(own, "petition_officer")).get(own.url(f"/clocks/{clock.id}"))
    assert "Nhắc sớm theo quy định riêng" in page.text
    assert "nhắc trước 40, 9, 7 ngày" in page.text


def test_an_extension_keeps_the_warnings_and_sets_the_order_aside(entered, three_levels, enable: Enable):
    enable(three_levels.commune, duty="denunciation.settlement", rule={"at_most": 10, "warn_before": [6]})
    with entered(three_levels.commune, "clocks.view", "clocks.decide") as actor:
        clock = start_clock("DEN-08", subject_type="petition", subject_id=new_id(), event_on=RECEIVED_ON, actor=actor)
        law = clock.law_due_on
        assert clock.due_on == date(2024, 6, 17)
        longer = extend_clock(clock.id, 10, case="complex", decision="QĐ 4-QĐ/ĐU", on=date(2024, 6, 10), actor=actor)
        assert longer.due_on > law
        assert (longer.due_on - timedelta(days=6), CheckKind.EARLY) in longer.warnings
        assert [one.verdict for one in explain_clock(clock.id, actor=actor).orders] == [Verdict.SET_ASIDE]


def test_why_this_date_names_who_won_and_who_did_not(entered, three_levels, enable: Enable, make_account, sign_in):
    order(entered, three_levels.province, 7)
    enable(three_levels.commune, days=5)
    own = three_levels.commune
    clock, told = only_clock(entered, own)
    assert [(one.order.plugin, one.verdict) for one in told.orders] == [
        ("dummy", Verdict.WON), ("lang-son", Verdict.OUTDONE),
    ]  # fmt: skip
    assert told.orders[1].due_on == date(2024, 6, 12)
    page = sign_in(make_account(own, "petition_officer")).get(own.url(f"/clocks/{clock.id}"))
    for words in ("Quy định riêng đã xét", "Được áp dụng", "không chặt hơn ngày đang áp dụng", SOURCE, "Văn bản thử"):
        assert words in page.text
    stranger = three_levels.sibling
    assert (
        sign_in(make_account(stranger, "petition_officer")).get(stranger.url(f"/clocks/{clock.id}")).status_code == 404
    )


def test_why_this_date_names_a_looser_rule_that_was_refused(
    entered, three_levels, enable: Enable, make_account, sign_in
):
    enable(three_levels.commune, days=20, rule={"warn_before": [9]})
    own = three_levels.commune
    clock, told = only_clock(entered, own)
    assert [one.verdict for one in told.orders] == [Verdict.REFUSED]
    assert CheckKind.EARLY not in {kind for _day, kind in clock.warnings}  # refused means without any effect
    page = sign_in(make_account(own, "petition_officer")).get(own.url(f"/clocks/{clock.id}"))
    assert "Bị từ chối: nới hơn luật" in page.text


@pytest.mark.parametrize(("kind", "due_on"), [(PetitionKind.COMPLAINT, ORDERED), (PetitionKind.FEEDBACK, LAW)])
@pytest.mark.parametrize("known_at_once", [True, False])
def test_an_order_for_a_kind_holds_once_the_kind_is_known(
    kind, due_on, known_at_once, entered, three_levels, enable: Enable
):
    enable(three_levels.commune, rule={"kinds": ["complaint"]})
    for tenant, expected in ((three_levels.commune, due_on), (three_levels.sibling, LAW)):
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(
                content="x", people=[PersonDetails("Lò Thị A")], received_on=RECEIVED_ON,
                kind=kind if known_at_once else None,
            )  # fmt: skip
            petition = register_petition(new, actor=actor, on=RECEIVED_ON)
            if not known_at_once:
                assert petition_by_id(petition.id).due_on == LAW
                met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
                found = Classification(kind, Field.LAND, within_competence=True, met=met)
                classify_petition(petition.id, found, actor=actor, on=date(2024, 6, 4))
            [notice] = [
                clock for clock in clocks_of("petition", [petition.id])[petition.id] if clock.rule.key == "party.notice"
            ]
            assert notice.due_on == expected
            assert petition_by_id(petition.id).due_on == expected
            history = {item.kind for item in explain_clock(notice.id).history}
            moved = not known_at_once and expected == ORDERED
            assert (ClockEventKind.TIGHTENED in history) is moved


def test_an_order_for_a_kind_goes_when_the_kind_turns_out_another(entered, three_levels, enable: Enable):
    enable(three_levels.commune, rule={"kinds": ["complaint"]})
    with entered(three_levels.commune, "petition_officer") as actor:
        new = NewPetition(
            content="x", people=[PersonDetails("Lò Thị A")], received_on=RECEIVED_ON, kind=PetitionKind.COMPLAINT
        )
        petition = register_petition(new, actor=actor, on=RECEIVED_ON)
        found = Classification(PetitionKind.DENUNCIATION, Field.LAND, within_competence=True)
        classify_petition(petition.id, found, actor=actor, on=date(2024, 6, 4))
        [notice] = [
            clock for clock in clocks_of("petition", [petition.id])[petition.id] if clock.rule.key == "party.notice"
        ]
    assert (notice.due_on, notice.tightening) == (LAW, None)
