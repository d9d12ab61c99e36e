"""Rules of plugins about what goes up: less, never more, and said on the petition's page."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import dummy_plugin
from tests.extensions.conftest import Enable
from tiepdan.core.db import db
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.matters import link_petition, open_matter
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import Classification, NewPetition, classify_petition, register_petition
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.models import SharedCase, SharedCount

ON = date(2024, 6, 10)
SHOWN = "Cấp trên thấy loại, lĩnh vực, tình trạng"
COUNTED = "Cấp trên chỉ thấy đơn này trong số lượng theo tháng."
NOTHING = "Đơn này không lên cấp trên"


@pytest.fixture
def make_petition(entered):
    def make(tenant, kind=PetitionKind.COMPLAINT, on=ON):
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(content="Lời rất kín", people=[PersonDetails("Lò Thị Rất Kín")], received_on=on)
            return register_petition(new, actor=actor, on=on).id if kind is None else _classified(new, kind, actor, on)

    return make


def _classified(new, kind, actor, on):
    petition = register_petition(new, actor=actor, on=on)
    met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
    classify_petition(
        petition.id, Classification(kind, Field.LAND, within_competence=True, met=met), actor=actor, on=on
    )
    return petition.id


@pytest.fixture
def seen_above(entered):
    """What a superior sees: (whether the case is listed, how many are counted)."""

    def seen_above(superior, petition_id):
        with entered(superior):
            listed = db.session.scalar(sa.select(SharedCase.id).where(SharedCase.id == petition_id)) is not None
            counted = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(SharedCount.count), 0)))
            return listed, counted

    return seen_above


@pytest.fixture
def page(make_account, sign_in):
    def page(tenant, petition_id):
        browser = sign_in(make_account(tenant, "petition_officer"))
        return browser.get(tenant.url(f"/petitions/{petition_id}")).text

    return page


@pytest.mark.parametrize(
    ("share", "expected", "line"),
    [("", (True, 1), SHOWN), ("counts", (False, 1), COUNTED), ("none", (False, 0), NOTHING)],
)
def test_the_least_of_all_rules_holds_and_the_page_says_whose_it_is(
    share, expected, line, make_petition, seen_above, page, three_levels, enable: Enable
):
    enable(three_levels.commune, share=share)
    petition_id = make_petition(three_levels.commune)
    assert seen_above(three_levels.province, petition_id) == expected
    text = page(three_levels.commune, petition_id)
    assert line in text
    assert ("Quy chế thử (plugin Thử)" in text) is bool(share)
    assert ("Quyết định của nền tảng" in text) is not bool(share)


@pytest.mark.parametrize("share", ["summary", "summary+text"])
def test_a_rule_that_would_show_as_much_or_more_has_no_effect(
    share, make_petition, seen_above, page, three_levels, enable: Enable
):
    enable(three_levels.commune, share=share)
    petition_id = make_petition(three_levels.commune)
    assert seen_above(three_levels.province, petition_id) == (True, 1)
    assert "plugin Thử" not in page(three_levels.commune, petition_id)


@pytest.mark.parametrize("kind", [PetitionKind.DENUNCIATION, None])
@pytest.mark.parametrize(("share", "expected"), [("summary+text", (False, 1)), ("none", (False, 0))])
def test_of_a_sealed_kind_less_may_go_up_and_never_more(
    kind, share, expected, make_petition, seen_above, three_levels, enable: Enable
):
    enable(three_levels.commune, share=share, share_kind=kind.value if kind else "")
    petition_id = make_petition(three_levels.commune, kind)
    assert seen_above(three_levels.province, petition_id) == expected


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_leaves_the_platforms_profile(
    behaviour, make_petition, seen_above, three_levels, enable: Enable
):
    enable(three_levels.commune, share="none", behaviour=behaviour)
    petition_id = make_petition(three_levels.commune)
    harmless = behaviour in {"changed_setting", "changed_role"}
    assert seen_above(three_levels.district, petition_id) == ((False, 0) if harmless else (True, 1))


def test_a_case_keeps_its_state_until_its_next_change(
    make_petition, seen_above, entered, page, three_levels, enable: Enable
):
    petition_id = make_petition(three_levels.commune)
    enable(three_levels.commune, share="counts")
    assert seen_above(three_levels.province, petition_id) == (True, 1)
    assert SHOWN in page(three_levels.commune, petition_id)
    with entered(three_levels.commune, "petition_officer") as actor:
        matter = open_matter(Field.LAND, actor=actor, on=ON)
        link_petition(petition_id, matter.id, actor=actor, on=ON)
    assert seen_above(three_levels.province, petition_id) == (False, 1)
    assert COUNTED in page(three_levels.commune, petition_id)


def test_a_plugin_of_a_neighbour_withholds_nothing_here(make_petition, seen_above, three_levels, enable: Enable):
    enable(three_levels.sibling, share="none")
    petition_id = make_petition(three_levels.commune)
    assert seen_above(three_levels.province, petition_id) == (True, 1)
    assert dummy_plugin.calls == []


def test_many_publications_of_one_step_ask_once(entered, three_levels, enable: Enable):
    enable(three_levels.commune, share="counts")
    with entered(three_levels.commune, "petition_officer") as actor:
        for _at in range(3):
            register_petition(NewPetition(content="x", people=[], received_on=ON), actor=actor, on=ON)
    assert dummy_plugin.calls.count(("share_profiles", three_levels.commune.slug)) == 1


def test_nobody_above_nothing_to_say(make_petition, page, three_levels):
    petition_id = make_petition(three_levels.province)
    assert "Cấp trên" not in page(three_levels.province, petition_id)
