"""Answers that go up: codes and numbers of listed petitions, read by the superiors and by nobody beside them."""

import pytest

from tests.conftest import BUSINESS_DAY
from tests.formparts.conftest import make_form
from tests.formparts.test_petition_form import PLANTED, id_of
from tests.formparts.test_rules import CHOICE
from tiepdan.core.errors import NotFound
from tiepdan.petitions.rules import Field, conditions_for
from tiepdan.petitions.service import Classification, classify_petition
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.below import open_summary
from tiepdan.sharing.more import more_of

UP = {"x-goes-up": True}


@pytest.fixture
def own(three_levels, enable, asking):
    enable(three_levels.commune)
    asking.forms["petition"] = [
        make_form(
            one={**CHOICE, **UP}, yes={"type": "boolean", **UP}, count={"type": "integer", **UP},
            stays={"type": "boolean"}, line={},
        )
    ]  # fmt: skip
    return three_levels.commune


TYPED = {
    "x-asking-asked-one": "b", "x-asking-asked-yes": "no", "x-asking-asked-count": "1433",
    "x-asking-asked-stays": "yes", "x-asking-asked-line": PLANTED,
}  # fmt: skip


@pytest.fixture
def classify(entered, own):
    def classify(sent, kind):
        with entered(own, "petition_officer") as actor:
            met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
            found = Classification(kind, Field.LAND, within_competence=True, met=met)
            classify_petition(id_of(sent), found, actor=actor, on=BUSINESS_DAY)

    return classify


def seen(entered, tenant, own, sent):
    with entered(tenant, "shared.view") as actor:
        open_summary(own.id, id_of(sent), actor=actor)
        return [(one.label["vi"], one.value) for one in more_of(own.id, id_of(sent))]


@pytest.mark.parametrize("known_at_once", [True, False])
def test_superiors_read_them_with_the_summary(
    known_at_once, own, three_levels, officer, send, entered, classify, make_account, sign_in, superuser
):
    browser = officer(own)
    sent = send(browser, own, kind="complaint" if known_at_once else "", **TYPED)
    assert "Cấp trên xem được câu trả lời này." in sent.page
    assert sent.status == 303, sent.text
    if not known_at_once:
        classify(sent, PetitionKind.COMPLAINT)
    for superior in (three_levels.district, three_levels.province):
        assert seen(entered, superior, own, sent) == [("Mục one", "b"), ("Mục yes", False), ("Mục count", 1433)]
    district = three_levels.district
    page = sign_in(make_account(district, "committee_head")).get(district.url(f"/below/{own.id}/{id_of(sent)}")).text
    for words in ("Thông tin bổ sung", "Mục one", "1.433", "Không"):
        assert words in page
    assert "Mục stays" not in page
    assert PLANTED not in page
    for other in (three_levels.sibling, three_levels.other_district, three_levels.stranger):
        with pytest.raises(NotFound):
            seen(entered, other, own, sent)
        with entered(other, "shared.view"):
            assert more_of(own.id, id_of(sent)) == []
    kept = superuser.execute("SELECT more::text FROM shared_case WHERE tenant_id = %s", [own.id]).fetchone()
    assert PLANTED not in str(kept)


def test_nothing_goes_up_of_what_is_only_counted(own, officer, send, classify, superuser):
    browser = officer(own)
    send(browser, own, **TYPED)
    send(browser, own, kind="denunciation", **TYPED)
    later = send(browser, own, kind="complaint", **TYPED)
    classify(later, PetitionKind.DENUNCIATION)
    assert superuser.execute("SELECT count(*) FROM shared_case WHERE tenant_id = %s", [own.id]).fetchone() == (0,)
    back = send(browser, own, kind="denunciation", **TYPED)
    classify(back, PetitionKind.COMPLAINT)  # once sealed, always sealed
    assert superuser.execute("SELECT count(*) FROM shared_case WHERE tenant_id = %s", [own.id]).fetchone() == (0,)


def test_it_is_read_once_and_a_petition_without_answers_costs_nothing(own, officer, send, classify, counted):
    browser = officer(own)
    sent = send(browser, own, **TYPED)
    classify(sent, PetitionKind.COMPLAINT)
    with counted() as statements:
        classify(sent, PetitionKind.FEEDBACK)
    assert not [one for one in statements if "form_answer" in one]
    plain = send(browser, own)
    with counted() as statements:
        classify(plain, PetitionKind.COMPLAINT)
    assert not [one for one in statements if "form_answer" in one or "shared_case.more" in one]
