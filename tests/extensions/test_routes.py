"""Routes of plugins: somebody more or somebody earlier, never fewer and never later, each body once."""

from datetime import date, datetime, time

import pytest
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.db import db
from tiepdan.core.errors import Forbidden
from tiepdan.deadlines.service import clocks_of
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.models import ClockMark
from tiepdan.escalation.service import acknowledge_escalation, list_escalations
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import EventName, PetitionKind

# PTY-06: ten working days from Monday 10/6/2024, due on Monday 24/6. The ladder: the direct superior on 25/6, the
# next one ten working days after the due day, on Monday 8/7.
RECEIVED_ON, DUE_ON = date(2024, 6, 10), date(2024, 6, 24)
SOURCE = "Văn bản thử"
LAW_DAYS = 10  # the dummy's limit is the law's own, so that it moves no date


@pytest.fixture
def make_petition(entered):
    def make(tenant, kind=PetitionKind.COMPLAINT):
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(content="x", people=[PersonDetails("Lò Thị Rất Kín")], received_on=RECEIVED_ON)
            petition = register_petition(new, actor=actor, on=RECEIVED_ON)
            met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
            found = Classification(kind, Field.LAND, within_competence=True, met=met)
            classify_petition(petition.id, found, actor=actor, on=RECEIVED_ON)
            return petition.id

    return make


@pytest.fixture
def check_on(entered):
    def check_on(tenant, day):
        with entered(tenant):
            return check_due_clocks(datetime.combine(day, time(23), TIMEZONE), actor=Actor.system())

    return check_on


@pytest.fixture
def told(entered):
    def told(tenant):
        with entered(tenant, "shared.view") as actor:
            return list_escalations(received=True, actor=actor).items

    return told


def test_a_route_adds_a_body_of_the_same_province(make_petition, check_on, told, three_levels, enable: Enable):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=2, route_to=f"body:{levels.other_district.slug}")
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 25))
    assert told(levels.other_district) == []
    for _run in range(2):
        check_on(levels.commune, date(2024, 6, 26))
    (escalation,) = told(levels.other_district)
    assert (escalation.rung, escalation.plugin, escalation.source) == (0, "dummy", SOURCE)
    # Not a superior: which limit passed when, and never which case.
    assert (escalation.case_id, escalation.due_on, escalation.sealed) == (None, DUE_ON, False)
    (from_ladder,) = told(levels.district)
    assert (from_ladder.rung, from_ladder.plugin) == (1, None)


def test_a_route_brings_a_rung_forward_and_it_is_climbed_once(
    make_petition, check_on, told, three_levels, enable: Enable
):
    enable(three_levels.commune, days=LAW_DAYS, route_days=3, route_to="superior+1")
    petition_id = make_petition(three_levels.commune)
    check_on(three_levels.commune, date(2024, 6, 26))
    assert told(three_levels.province) == []
    for day in (date(2024, 6, 27), date(2024, 7, 8), date(2024, 8, 30)):
        check_on(three_levels.commune, day)
    (escalation,) = told(three_levels.province)
    assert (escalation.rung, escalation.plugin, escalation.raised_on) == (2, "dummy", date(2024, 6, 27))
    assert escalation.case_id == petition_id
    assert len(told(three_levels.district)) == 1


@pytest.mark.parametrize("to", ["superior", "superior+1"])
def test_a_later_route_delays_nothing(to, make_petition, check_on, told, three_levels, enable: Enable):
    enable(three_levels.commune, days=LAW_DAYS, route_days=60, route_to=to)
    make_petition(three_levels.commune)
    check_on(three_levels.commune, date(2024, 6, 25))
    check_on(three_levels.commune, date(2024, 7, 8))
    for superior in (three_levels.district, three_levels.province):
        assert [one.plugin for one in told(superior)] == [None]


@pytest.mark.parametrize("to", ["superior+2", "body:no-such-body", "stranger", "own", "closed"])
def test_an_address_nobody_has_is_a_fault(
    to, make_petition, check_on, told, entered, three_levels, enable: Enable, superuser, make_tenant
):
    levels = three_levels
    closed = make_tenant("district", levels.province, state="suspended")
    slugs = {"stranger": levels.stranger.slug, "own": levels.commune.slug, "closed": closed.slug}
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=f"body:{slugs[to]}" if to in slugs else to)
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 28))
    assert ("escalation_routes", levels.commune.slug) in dummy_plugin.calls
    assert len(told(levels.district)) == 1
    raised = superuser.execute("SELECT count(*) FROM escalation WHERE tenant_id = %s", [levels.commune.id]).fetchone()
    assert raised == (1,)


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_leaves_the_ladder(behaviour, make_petition, check_on, told, three_levels, enable: Enable):
    enable(three_levels.commune, days=LAW_DAYS, route_days=1, route_to="superior+1")
    make_petition(three_levels.commune)
    enable(three_levels.commune, days=LAW_DAYS, route_days=1, route_to="superior+1", behaviour=behaviour)
    for _run in range(2):
        check_on(three_levels.commune, date(2024, 6, 28))
    assert len(told(three_levels.district)) == 1
    harmless = behaviour in {"changed_setting", "changed_role"}
    assert len(told(three_levels.province)) == (1 if harmless else 0)


def test_a_plugin_is_asked_once_for_what_looks_the_same(make_petition, check_on, three_levels, enable: Enable):
    enable(three_levels.commune, days=LAW_DAYS)
    for _number in range(4):
        make_petition(three_levels.commune)
        make_petition(three_levels.sibling)
    dummy_plugin.calls.clear()
    check_on(three_levels.commune, date(2024, 6, 28))
    check_on(three_levels.sibling, date(2024, 6, 28))
    assert dummy_plugin.calls.count(("escalation_routes", three_levels.commune.slug)) == len(
        set(dummy_plugin.asked_about)
    )
    assert {slug for _hook, slug in dummy_plugin.calls} == {three_levels.commune.slug}


def test_of_a_sealed_case_a_plugin_and_its_body_learn_nothing(
    make_petition, check_on, told, entered, three_levels, enable: Enable, superuser
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=f"body:{levels.other_district.slug}")
    petition_id = make_petition(levels.commune, PetitionKind.DENUNCIATION)
    check_on(levels.commune, date(2024, 6, 28))
    assert dummy_plugin.asked_about
    for overdue in dummy_plugin.asked_about:
        assert (overdue.duty, overdue.kind, overdue.sealed) == (None, None, True)
    assert told(levels.other_district)
    for escalation in told(levels.other_district):
        assert escalation.sealed
        assert escalation.case_id is escalation.rule_name is escalation.due_on is None
    with entered(levels.commune):
        clocks = clocks_of("petition", [petition_id])[petition_id]
    stored = str(
        superuser.execute(
            "SELECT facts::text, record FROM plugin_event WHERE tenant_id = %s", [levels.commune.id]
        ).fetchall()
    ) + str(
        superuser.execute(
            "SELECT e::text FROM escalation e WHERE peer_tenant_id = %s", [levels.other_district.id]
        ).fetchall()
    )
    for secret in ("denunciation", "Rất Kín", str(petition_id), *(str(clock.id) for clock in clocks)):
        assert secret not in stored


def test_what_a_route_told_is_covered_when_the_case_turns_out_a_denunciation(
    make_petition, check_on, told, entered, three_levels, enable: Enable
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=f"body:{levels.other_district.slug}")
    petition_id = make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 28))
    assert told(levels.other_district)[0].due_on == DUE_ON
    with entered(levels.commune, "petition_officer") as actor:
        found = Classification(PetitionKind.DENUNCIATION, Field.LAND, within_competence=True)
        classify_petition(petition_id, found, actor=actor, on=date(2024, 6, 28))
    assert all(one.sealed and one.due_on is None for one in told(levels.other_district))


def test_the_told_body_sees_whose_route_it_was_and_acknowledges(
    make_petition, check_on, told, entered, three_levels, enable: Enable, make_account, sign_in
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=f"body:{levels.other_district.slug}")
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 28))
    (escalation,) = told(levels.other_district)
    for tenant, side in ((levels.other_district, "received"), (levels.commune, "sent")):
        head = sign_in(make_account(tenant, "committee_head"))
        address = f"/escalations/{escalation.sender_id}/{escalation.id}"
        for url in (f"/escalations/?side={side}", address):
            page = head.get(tenant.url(url))
            assert page.status_code == 200, page.text
            assert f"Theo plugin Thử: {SOURCE}" in page.text
            assert "Ngoài các bậc" in page.text
    with entered(levels.sibling, "shared.view") as actor:
        assert list_escalations(received=True, actor=actor).items == []
    with pytest.raises(Forbidden), entered(levels.other_district) as actor:
        acknowledge_escalation(escalation.sender_id, escalation.id, actor=actor, on=DUE_ON)
    with entered(levels.other_district, "escalations.acknowledge") as actor:
        acknowledge_escalation(escalation.sender_id, escalation.id, actor=actor, on=DUE_ON)
    with entered(levels.commune):
        marks = db.session.scalars(sa.select(ClockMark.step).where(ClockMark.kind == "route")).all()
    assert marks == [f"route {levels.other_district.id}"]


def test_what_became_overdue_is_told_once(make_petition, check_on, entered, three_levels, enable: Enable, superuser):
    enable(three_levels.commune, days=LAW_DAYS)
    make_petition(three_levels.commune)
    check_on(three_levels.commune, DUE_ON)
    count = "SELECT name, facts FROM plugin_event WHERE tenant_id = %s"
    assert superuser.execute(count, [three_levels.commune.id]).fetchall() == []
    for day in (date(2024, 6, 25), date(2024, 6, 26), date(2024, 7, 8)):
        check_on(three_levels.commune, day)
    found = superuser.execute(count, [three_levels.commune.id]).fetchall()
    assert {name for name, _facts in found} == {EventName.TASK_OVERDUE}
    assert {"duty": "party.notice", "kind": "complaint", "sealed": False} in [facts for _name, facts in found]
    assert len(found) == len({str(facts) for _name, facts in found})


def test_the_provinces_office_hears_of_what_a_commune_leaves_overdue(
    make_petition, check_on, told, three_levels, enable: Enable, make_tenant
):
    levels = three_levels
    office = make_tenant("province", levels.province)
    enable(levels.commune, "lang-son", source="KH 5-KH/TU", overdue_body=office.slug, overdue_days=2)
    enable(levels.district, "level-district", second_body=office.slug, second_body_source="QĐ 3-QĐ/HU")
    make_petition(levels.commune)
    make_petition(levels.district)
    for tenant in (levels.commune, levels.district):
        check_on(tenant, date(2024, 6, 25))
    assert {(one.sender_id, one.plugin) for one in told(office)} == {(levels.district.id, "level-district")}
    check_on(levels.commune, date(2024, 6, 26))
    assert {(one.sender_id, one.plugin) for one in told(office)} == {
        (levels.district.id, "level-district"), (levels.commune.id, "lang-son"),
    }  # fmt: skip
