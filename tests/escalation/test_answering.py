"""What both sides do with an escalation, as services and as pages."""

import re
from datetime import date

import pytest

from tiepdan.core.db import new_id
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.escalation.rules import Word
from tiepdan.escalation.service import (
    acknowledge_escalation,
    count_unacknowledged,
    explain_escalation,
    list_escalations,
    open_escalation,
    recent_warnings,
)
from tiepdan.sdk import PetitionKind

ON = date(2024, 6, 28)


@pytest.fixture
def escalation(make_petition, check, entered, three_levels):
    """A commune's overdue complaint, told to its district."""
    make_petition(three_levels.commune)
    check(three_levels.commune)
    with entered(three_levels.district, "shared.view") as actor:
        return list_escalations(received=True, actor=actor).items[0]


@pytest.fixture
def browse(make_account, sign_in):
    def browse(tenant, role="committee_head"):
        client = sign_in(make_account(tenant, role))

        def get(path):
            return client.get(tenant.url(path))

        def post(path, **fields):
            page = client.get(tenant.url("/escalations/")).text
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
            return client.post(tenant.url(path), data={"csrf_token": token, "_token": str(new_id())} | fields)

        return get, post

    return browse


def test_the_superior_acknowledges_with_an_instruction(escalation, entered, three_levels):
    with entered(three_levels.district, "committee_head") as actor:
        assert count_unacknowledged() == 1
        acknowledge_escalation(*key(escalation), note="Xong trước 05/7", actor=actor, on=ON)
    with entered(three_levels.district, "committee_head") as actor:
        assert count_unacknowledged() == 0
        assert list_escalations(received=True, waiting=True, actor=actor).items == []
    for tenant in (three_levels.district, three_levels.commune):
        with entered(tenant, "committee_head") as actor:
            step = open_escalation(*key(escalation), actor=actor).step(Word.ACKNOWLEDGED)
            assert (step.note, step.taken_on) == ("Xong trước 05/7", ON)


def key(escalation):
    return escalation.sender_id, escalation.id


def test_each_side_answers_once(escalation, entered, three_levels):
    with entered(three_levels.district, "committee_head") as actor:
        acknowledge_escalation(*key(escalation), actor=actor, on=ON)
    with pytest.raises(Conflict), entered(three_levels.district, "committee_head") as actor:
        acknowledge_escalation(*key(escalation), actor=actor, on=ON)
    with entered(three_levels.commune, "committee_head") as actor:
        explain_escalation(escalation.id, note="Thiếu cán bộ", actor=actor, on=ON)
    with pytest.raises(Conflict), entered(three_levels.commune, "committee_head") as actor:
        explain_escalation(escalation.id, note="Thiếu cán bộ", actor=actor, on=ON)
    with pytest.raises(Invalid), entered(three_levels.commune, "committee_head") as actor:
        explain_escalation(escalation.id, note=" ", actor=actor, on=ON)


def test_nobody_acknowledges_their_own_or_anothers(escalation, entered, three_levels):
    for tenant in (three_levels.commune, three_levels.sibling, three_levels.province, three_levels.stranger):
        with pytest.raises(NotFound), entered(tenant, "committee_head") as actor:
            acknowledge_escalation(*key(escalation), actor=actor, on=ON)
    with pytest.raises(Forbidden), entered(three_levels.district, "inspector") as actor:
        acknowledge_escalation(*key(escalation), actor=actor, on=ON)


def test_lists_page(make_petition, check, entered, three_levels):
    for _number in range(3):
        make_petition(three_levels.commune)
    check(three_levels.commune)

    with entered(three_levels.district, "shared.view") as actor:
        first = list_escalations(received=True, actor=actor, size=2)
        second = list_escalations(received=True, actor=actor, size=2, cursor=first.next_cursor)
    assert len({one.id for one in [*first.items, *second.items]}) == 3
    assert second.next_cursor is None


def test_warnings_are_listed_for_the_unit_itself(escalation, entered, three_levels):
    with entered(three_levels.commune, "clocks.view") as actor:
        assert {warning.kind for warning in recent_warnings(date(2024, 6, 1), actor=actor)} == {
            "half_time",
            "near",
            "due",
        }
    with entered(three_levels.district, "clocks.view") as actor:
        assert recent_warnings(date(2024, 6, 1), actor=actor) == []


def test_the_pages_of_the_superior(escalation, browse, three_levels):
    get, post = browse(three_levels.district)
    path = f"/escalations/{escalation.sender_id}/{escalation.id}"

    assert "Chờ ghi nhận" in get("/escalations/").text
    page = get(path)
    assert escalation.rule_name in page.text
    assert "Xem tóm tắt" in page.text
    assert post(f"{path}/acknowledge", note="Khẩn trương").status_code == 303
    assert "Khẩn trương" in get(path).text
    assert post(f"{path}/acknowledge", note="Khẩn trương").status_code == 409
    assert "Không còn báo nào" in get("/escalations/?waiting=1").text


def test_the_pages_of_the_late_unit(escalation, browse, three_levels):
    get, post = browse(three_levels.commune, "petition_officer")
    path = f"/escalations/{escalation.sender_id}/{escalation.id}"

    assert "Chờ ghi nhận" in get("/escalations/?side=sent").text
    assert (
        "Quá nửa" in get("/escalations/?side=warnings").text
        or "nửa thời hạn" in get("/escalations/?side=warnings").text
    )
    assert post(f"{path}/explain", note="").status_code == 422
    assert post(f"{path}/explain", note="Thiếu hồ sơ gốc").status_code == 303
    assert "Thiếu hồ sơ gốc" in get(path).text
    assert post(f"{path}/acknowledge", note="").status_code == 404


def test_strangers_are_kept_out(escalation, browse, three_levels):
    path = f"/escalations/{escalation.sender_id}/{escalation.id}"
    for tenant in (three_levels.sibling, three_levels.stranger):
        get, post = browse(tenant)
        assert get(path).status_code == 404
        assert post(f"{path}/acknowledge").status_code == 404
        assert post(f"{path}/explain", note="Không phải việc của mình").status_code == 404
    get, _post = browse(three_levels.district, "viewer")
    assert get("/escalations/?side=received").status_code == 403
    assert get(path).status_code == 403


def test_a_sealed_case_shows_its_reference_only(make_petition, check, browse, three_levels):
    make_petition(three_levels.commune, PetitionKind.DENUNCIATION)
    check(three_levels.commune)
    get, _post = browse(three_levels.district)

    page = get("/escalations/").text
    assert "Danh tính được giữ kín" in page
    assert "Số tham chiếu" in page
    assert "tố cáo" not in re.sub(r"<nav.*?</nav>", "", page, flags=re.DOTALL).lower().split("<table", 1)[1]


def test_empty_pages_say_what_to_do(browse, make_tenant):
    get, _post = browse(make_tenant())
    for side in ("received", "sent", "warnings"):
        page = get(f"/escalations/?side={side}")
        assert page.status_code == 200
        assert 'class="empty"' in page.text
