"""Routes of plugins: somebody more or somebody earlier, never fewer and never later, each body once."""

from datetime import date, datetime, time

import pytest
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tests.support import csrf_of
from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.db import db
from tiepdan.core.errors import Forbidden
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.service import clocks_of
from tiepdan.escalation.checking import check_due_clocks
from tiepdan.escalation.models import ClockMark
from tiepdan.escalation.service import acknowledge_escalation, list_escalations
from tiepdan.formparts.rules import Answer, Part, schema_of
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import EventName, Form, PetitionKind
from tiepdan.tenancy.service import own_tenant

# PTY-06: ten working days from Monday 10/6/2024, due on Monday 24/6. The ladder: the direct superior on 25/6, the
# next one ten working days after the due day, on Monday 8/7.
RECEIVED_ON, DUE_ON = date(2024, 6, 10), date(2024, 6, 24)
SOURCE = "Văn bản thử"
LAW_DAYS = 10  # the dummy's limit is the law's own, so that it moves no date


@pytest.fixture
def make_petition(entered):
    def make(tenant, kind=PetitionKind.COMPLAINT, answers=()):
        with entered(tenant, "petition_officer") as actor:
            people = [PersonDetails("Lò Thị Rất Kín")]
            new = NewPetition(content="x", people=people, received_on=RECEIVED_ON, answers=answers)
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
    enable(three_levels.commune, days=LAW_DAYS, route_days=2, route_to="superior+1")
    make_petition(three_levels.commune)
    enable(three_levels.commune, days=LAW_DAYS, route_days=2, route_to="superior+1", behaviour=behaviour)
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


def urgent(answer, text=None, key="asked"):
    """An answer to the dummy's own form."""
    schema = {
        "type": "object",
        "properties": {
            "urgent": {"type": "boolean", "x-label": {"vi": "Cấp bách", "en": "Urgent"}, "x-goes-up": True},
            "said": {"type": "string", "maxLength": 900, "x-label": {"vi": "Nói gì", "en": "Said"}},
        },
    }
    part = Part("dummy", schema_of(Form(key, 1, {"vi": "Thử", "en": "Test"}, schema)))
    return Answer(part, {"urgent": answer} | ({"said": text} if text else {}))


def test_a_plugin_learns_the_answers_to_its_own_forms_the_field_and_the_area(
    make_petition, check_on, entered, three_levels, enable: Enable
):
    enable(three_levels.commune, days=LAW_DAYS)
    make_petition(three_levels.commune, answers=[urgent(True, "Bà Lò Thị Rất Kín kể")])
    make_petition(three_levels.sibling, answers=[urgent(True)])
    check_on(three_levels.commune, date(2024, 6, 28))
    with entered(three_levels.commune):
        code = own_tenant().unit_code
    asked = [one for one in dummy_plugin.asked_about if one.duty == "party.notice"]
    assert [(one.field, one.area, one.answers) for one in asked] == [("land", code, {"asked.urgent": True})]


def test_of_a_sealed_case_no_answer_no_field_and_no_area_is_said_and_no_word_is_found(
    make_petition, check_on, told, three_levels, enable: Enable
):
    levels = three_levels
    route = {"if_words": ["tụ tập"]}
    enable(levels.commune, days=LAW_DAYS, route_to=f"body:{levels.other_district.slug}", route=route)
    make_petition(levels.commune, PetitionKind.DENUNCIATION, answers=[urgent(True, "Họ tụ tập ở xã")])
    check_on(levels.commune, date(2024, 6, 28))
    assert dummy_plugin.asked_about
    for overdue in dummy_plugin.asked_about:
        assert (overdue.field, overdue.area, overdue.answers, overdue.sealed) == (None, None, {}, True)
    assert told(levels.other_district) == []
    assert told(levels.district)  # the ladder stands


@pytest.mark.parametrize(
    ("words", "said", "holds"),
    [
        (["tụ tập"], "Có người TỤ  TẬP đông", True),
        (["tụ tập", "cưỡng chế"], "Sẽ cưỡng chế tuần sau", True),
        (["tụ tập"], "Tu tap", False),
        (["chế"], "Cưỡng chếp", False),
        (["tụ tập"], None, False),
    ],
)
def test_a_step_holds_only_where_one_of_its_words_was_answered(
    words, said, holds, make_petition, check_on, told, three_levels, enable: Enable
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_to=f"body:{levels.other_district.slug}", route={"if_words": words})
    make_petition(levels.commune, answers=[urgent(False, said)])
    make_petition(levels.commune, answers=[urgent(False, "Không có gì")])  # the same facts, other words
    check_on(levels.commune, date(2024, 6, 28))
    assert len(told(levels.other_district)) == holds


@pytest.mark.parametrize("acknowledged", [True, False])
def test_who_is_told_unless_somebody_acknowledged(
    acknowledged, make_petition, check_on, told, entered, three_levels, enable: Enable
):
    levels = three_levels
    route = {"unless_acknowledged": True}
    enable(levels.commune, days=LAW_DAYS, route_days=3, route_to=f"body:{levels.other_district.slug}", route=route)
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 25))
    (first,) = told(levels.district)
    if acknowledged:
        with entered(levels.district, "escalations.acknowledge") as actor:
            acknowledge_escalation(first.sender_id, first.id, actor=actor, on=date(2024, 6, 26))
    for _run in range(2):
        check_on(levels.commune, date(2024, 6, 27))
    assert len(told(levels.other_district)) == (0 if acknowledged else 1)


def test_what_is_acknowledged_still_climbs_the_ladder(
    make_petition, check_on, told, entered, three_levels, enable: Enable
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=2, route_to="superior+1", route={"unless_acknowledged": True})
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 25))
    (first,) = told(levels.district)
    with entered(levels.district, "escalations.acknowledge") as actor:
        acknowledge_escalation(first.sender_id, first.id, actor=actor, on=date(2024, 6, 25))
    check_on(levels.commune, date(2024, 7, 5))
    assert told(levels.province) == []
    check_on(levels.commune, date(2024, 7, 8))
    assert [one.plugin for one in told(levels.province)] == [None]


@pytest.mark.parametrize("to", ["superior+1", "body"])
def test_only_an_emergency_passes_the_superior_over_on_the_first_day(
    to, make_petition, check_on, told, three_levels, enable: Enable, superuser, make_account, sign_in
):
    levels = three_levels
    address = f"body:{levels.province.slug}" if to == "body" else to
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=address)
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 25))
    assert told(levels.province) == []  # no name: a fault of the plugin
    enable(levels.commune, days=LAW_DAYS, route_days=1, route_to=address, route={"emergency": "Điểm nóng"})
    check_on(levels.commune, date(2024, 6, 26))
    make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 26))
    (second,) = told(levels.province)
    assert (second.emergency, second.rung, second.plugin) == ("Điểm nóng", 2, "dummy")
    journalled = superuser.execute(
        "SELECT detail ->> 'emergency' FROM event WHERE tenant_id = %s AND action = 'escalation.raised'"
        " AND detail ? 'emergency'",
        [levels.commune.id],
    ).fetchall()
    assert journalled == [("Điểm nóng",)]
    for tenant, side in ((levels.province, "received"), (levels.commune, "sent")):
        head = sign_in(make_account(tenant, "committee_head"))
        for url in (f"/escalations/?side={side}", f"/escalations/{second.sender_id}/{second.id}"):
            assert "Khẩn cấp: Điểm nóng" in head.get(tenant.url(url)).text
    head = sign_in(make_account(levels.stranger, "committee_head"))
    assert head.get(levels.stranger.url(f"/escalations/{second.sender_id}/{second.id}")).status_code == 404


def test_an_emergency_is_covered_when_the_case_turns_out_a_denunciation(
    make_petition, check_on, told, entered, three_levels, enable: Enable
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_to="superior+1", route={"emergency": "Điểm nóng"})
    petition_id = make_petition(levels.commune)
    check_on(levels.commune, date(2024, 6, 28))
    assert [one.emergency for one in told(levels.province)] == ["Điểm nóng"]
    with entered(levels.commune, "petition_officer") as actor:
        found = Classification(PetitionKind.DENUNCIATION, Field.LAND, within_competence=True)
        classify_petition(petition_id, found, actor=actor, on=date(2024, 6, 28))
    assert [one.emergency for one in told(levels.province) if one.sealed] == [None]
    check_on(levels.commune, date(2024, 7, 1))
    assert all(one.emergency is None for one in told(levels.province))


def test_a_superior_is_asked_to_take_the_matter_over_and_does(
    make_petition, check_on, told, entered, three_levels, enable: Enable, make_account, sign_in
):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_days=3, route_to="superior", route={"takes_over": True})
    petition_id = make_petition(levels.commune)
    for day in (25, 26, 27, 28):
        check_on(levels.commune, date(2024, 6, day))
    asked, first = told(levels.district)
    assert (first.takes_over, first.plugin, asked.takes_over, asked.plugin) == (False, None, True, "dummy")
    assert (asked.raised_on, asked.case_id, asked.source) == (date(2024, 6, 27), petition_id, SOURCE)
    with entered(levels.district, "shared.view") as actor:
        assert [one.id for one in list_escalations(received=True, to_take_over=True, actor=actor).items] == [asked.id]
    head, page = sign_in(make_account(levels.district, "committee_head")), f"/escalations/{asked.sender_id}/{asked.id}"
    url = levels.district.url(page)
    assert "Đề nghị nhận việc về giải quyết" in head.get(url).text
    assert asked.short_reference or head.get(levels.district.url("/escalations/?asked=takeover")).status_code == 200
    assert "Đề nghị nhận việc" in head.get(levels.district.url("/escalations/?side=received&asked=takeover")).text
    data = {"csrf_token": csrf_of(head, url), "how": "Chuyển trong hai ngày"}
    for neighbour in (levels.other_district, levels.commune, levels.stranger):
        other = sign_in(make_account(neighbour, "committee_head"))
        token = csrf_of(other, neighbour.url("/escalations/"))
        refused = other.post(neighbour.url(f"{page}/take-over"), data={"csrf_token": token})
        assert refused.status_code == 404
    assert (
        head.post(levels.district.url(f"/escalations/{first.sender_id}/{first.id}/take-over"), data=data).status_code
        == 404
    )
    assert head.post(f"{url}/take-over", data=data).status_code == 303
    assert head.post(f"{url}/take-over", data=data).status_code in {303, 409}
    late = sign_in(make_account(levels.commune, "committee_head", "petition_officer"))
    seen = late.get(levels.commune.url(page)).text
    assert "Chuyển trong hai ngày" in seen
    assert f"/handovers/send/{petition_id}" in seen
    with entered(levels.district, "shared.view") as actor:
        assert [one.id for one in list_escalations(received=True, waiting=True, actor=actor).items] == [first.id]


def test_who_is_asked_to_take_over_first_is_not_told_besides(
    make_petition, check_on, told, three_levels, enable: Enable
):
    enable(three_levels.commune, days=LAW_DAYS, route_days=1, route_to="superior", route={"takes_over": True})
    make_petition(three_levels.commune)
    for day in (25, 26, 28):
        check_on(three_levels.commune, date(2024, 6, day))
    assert [(one.takes_over, one.rung) for one in told(three_levels.district)] == [(True, 1)]


@pytest.mark.parametrize(
    "route",
    [{"takes_over": "yes"}, {"unless_acknowledged": 1}, {"emergency": "x" * 101}, {"emergency": None},
     {"if_words": "tụ tập"}, {"if_words": ["a"]}, {"if_words": ["x" * 61]}, {"if_words": ["từ nào"] * 51}],
)  # fmt: skip
def test_a_step_of_another_shape_is_a_fault(route, make_petition, check_on, told, three_levels, enable: Enable):
    levels = three_levels
    enable(levels.commune, days=LAW_DAYS, route_to=f"body:{levels.other_district.slug}", route=route)
    make_petition(levels.commune, answers=[urgent(False, "từ nào")])
    check_on(levels.commune, date(2024, 6, 28))
    assert told(levels.other_district) == []
    assert len(told(levels.district)) == 1


def test_the_name_of_the_duty_is_in_the_readers_language(
    make_petition, check_on, three_levels, enable: Enable, make_account, sign_in
):
    make_petition(three_levels.commune)
    check_on(three_levels.commune, date(2024, 6, 28))
    head = sign_in(make_account(three_levels.district, "committee_head"))
    url = three_levels.district.url("/escalations/?side=received")
    rule = all_rules()["PTY-06"]
    assert rule.subject in head.get(url).text
    with head.session_transaction() as session:
        session["locale"] = "en"
    page = head.get(url).text
    assert rule.english in page
    assert rule.subject not in page
