"""Pages of clocks, calendar and law, over HTTP and with a neighbour."""

import re
from datetime import date

import pytest

from tests.conftest import csrf_of
from tiepdan.core.db import new_id
from tiepdan.deadlines import service
from tiepdan.deadlines.service import SubjectLink
from tiepdan.deadlines.subjects import _describers


@pytest.fixture
def commune(make_tenant):
    return make_tenant()


@pytest.fixture
def officer(commune, make_account, sign_in):
    return sign_in(make_account(commune, "petition_officer"))


@pytest.fixture
def start(entered):
    def start(tenant, rule_id, event_on, **options):
        with entered(tenant) as actor:
            return service.start_clock(
                rule_id, subject_type="petition", subject_id=new_id(), event_on=event_on, actor=actor, **options
            )

    return start


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def post(client, url, **values):
    return client.post(url, data={"csrf_token": csrf_of(client, url), "_token": str(new_id()), **values})


def test_the_list_shows_how_each_clock_stands(commune, officer, start, monkeypatch):
    # The business day of the tests is Friday 28/6/2024.
    overdue = start(commune, "CMP-02", date(2024, 6, 10))
    near = start(commune, "CMP-02", date(2024, 6, 20))
    start(commune, "CMP-04", date(2024, 6, 20))
    monkeypatch.setitem(_describers, "petition", lambda ids: {each: SubjectLink("LS-TEST", "/x") for each in ids})
    page = officer.get(commune.url("/clocks/"))
    assert page.status_code == 200
    assert "Quá hạn 8 ngày" in page.text
    assert "Còn 3 ngày" in page.text
    assert "LS-TEST" in page.text
    assert "Luật Khiếu nại 02/2011/QH13, Điều 27" in page.text
    late = officer.get(commune.url("/clocks/?filter=overdue")).text
    assert str(overdue.id) in late
    assert str(near.id) not in late
    assert str(near.id) in officer.get(commune.url("/clocks/?filter=near")).text


@pytest.mark.parametrize("which", ["all", "overdue", "near", "suspended", "nonsense"])
def test_an_empty_list_says_what_to_do(commune, officer, which):
    page = officer.get(commune.url(f"/clocks/?filter={which}"))
    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_the_list_goes_on_by_pages(commune, officer, start):
    for _ in range(51):
        start(commune, "CMP-02", date(2024, 6, 20))
    first = officer.get(commune.url("/clocks/")).text
    following = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = officer.get(following).text
    assert first.count("/clocks/0") == 50
    assert second.count("/clocks/0") == 1


def test_why_this_date_shows_every_day_with_its_reason(commune, officer, start):
    clock = start(commune, "CMP-03", date(2026, 11, 20))
    page = officer.get(commune.url(f"/clocks/{clock.id}"))
    text = words(page)
    assert page.status_code == 200
    assert "Hạn cuối: Thứ Tư, 02/12/2026." in text
    for day in ("20/11", "21/11", "22/11", "23/11", "24/11", "25/11", "30/11", "01/12", "02/12"):
        assert day in text
    assert "Ngày Văn hóa Việt Nam" in text
    assert "Ngày thứ 7, hạn cuối" in text
    assert "Nghị định 155/2026/NĐ-CP, Điều 10" in text
    assert "Đã kiểm chứng" in text


def test_a_rule_that_was_not_verified_says_so(commune, officer, start):
    second_hand = start(commune, "PTY-06", date(2026, 2, 13))
    text = words(officer.get(commune.url(f"/clocks/{second_hand.id}")))
    assert second_hand.rule.status.label in text
    assert "Thứ Sáu, 06/03/2026" in text


def test_a_date_that_rests_on_days_to_be_announced_says_so(commune, officer, start):
    clock = start(commune, "CMP-03", date(2027, 2, 1))
    assert "Hạn tạm tính" in officer.get(commune.url(f"/clocks/{clock.id}")).text


@pytest.mark.parametrize(
    ("rule_id", "event_on", "variant"),
    [("REC-09", date(2026, 3, 9), None), ("CMP-16", date(2026, 3, 2), "posting"), ("CMP-15", date(2026, 3, 2), None)],
)
def test_every_sort_of_limit_can_be_explained(commune, officer, start, rule_id, event_on, variant):
    clock = start(commune, rule_id, event_on, variant=variant)
    assert officer.get(commune.url(f"/clocks/{clock.id}")).status_code == 200
    assert officer.get(commune.url("/clocks/")).status_code == 200


def test_a_clock_is_extended_suspended_and_resumed_by_forms(commune, officer, start):
    clock = start(commune, "DEN-08", date(2024, 6, 10))
    url = commune.url(f"/clocks/{clock.id}")
    too_long = post(officer, f"{url}/extend", case="complex", days="31", decision="1/QĐ", on="2024-06-20")
    assert too_long.status_code == 422
    assert "tối đa 1 lần, mỗi lần không quá 30 ngày" in too_long.text
    assert (
        post(officer, f"{url}/extend", case="complex", days="30", decision="1/QĐ", on="2024-06-20").status_code == 303
    )
    assert "Đã gồm gia hạn 30 ngày" in officer.get(url).text
    assert post(officer, f"{url}/pause", on="2024-06-21", legal_basis="", decision="").status_code == 422
    assert post(officer, f"{url}/pause", on="2024-06-21", legal_basis="Điều 9", decision="2/QĐ").status_code == 303
    assert "Đang tạm đình chỉ, còn 49 ngày" in words(officer.get(url))
    assert post(officer, f"{url}/pause", on="2024-06-22", legal_basis="Điều 9", decision="3/QĐ").status_code == 422
    assert post(officer, f"{url}/resume", on="2024-06-28").status_code == 303
    text = words(officer.get(url))
    assert "Tiếp tục tính" in text
    assert "Tạm đình chỉ, 2/QĐ" in text


def test_a_rule_without_a_budget_offers_no_extension(commune, officer, start):
    clock = start(commune, "CMP-04", date(2024, 6, 10))
    url = commune.url(f"/clocks/{clock.id}")
    assert f"{url}/extend" not in officer.get(url).text
    assert "Không được gia hạn" in officer.get(f"{url}/extend").text


def test_a_viewer_sees_clocks_and_decides_nothing(commune, make_account, sign_in, start):
    clock = start(commune, "DEN-08", date(2024, 6, 10))
    viewer = sign_in(make_account(commune, "viewer"))
    url = commune.url(f"/clocks/{clock.id}")
    page = viewer.get(url)
    assert page.status_code == 200
    assert "/extend" not in page.text
    assert viewer.get(f"{url}/pause").status_code == 403
    assert viewer.get(commune.url("/calendar-days/")).status_code == 403


def test_a_neighbours_clock_is_not_found(commune, make_tenant, officer, start):
    clock = start(make_tenant(), "CMP-04", date(2024, 6, 10))
    for path in ("", "/extend", "/pause", "/resume"):
        assert officer.get(commune.url(f"/clocks/{clock.id}{path}")).status_code == 404


def test_the_calendar_shows_a_year_and_takes_decisions(commune, officer, start):
    start(commune, "CMP-03", date(2026, 11, 20))
    page = words(officer.get(commune.url("/calendar-days/?year=2026")))
    assert "Tết Bính Ngọ" in page
    assert "Làm bù" in page
    assert "chưa có thông báo chính thức" in words(officer.get(commune.url("/calendar-days/?year=2027")))
    new = commune.url("/calendar-days/new")
    assert post(officer, new, day="2026-11-23", kind="swap_off", name="", source="").status_code == 422
    made = post(officer, new, day="2026-11-23", kind="swap_off", name="Nghỉ hoán đổi", source="Thông báo 1")
    assert made.status_code == 303
    assert "1 hạn lùi lại" in words(officer.get(made.location))
    again = post(officer, new, day="2026-11-23", kind="holiday", name="Nghỉ", source="Thông báo 2")
    assert again.status_code == 422
    token = csrf_of(officer, made.location)
    assert officer.post(made.location + "/approve", data={"csrf_token": token}).status_code == 303
    assert "Đã duyệt" in officer.get(commune.url("/calendar-days/?year=2026")).text
    assert officer.post(made.location + "/withdraw", data={"csrf_token": token}).status_code == 303
    assert officer.get(made.location).status_code == 404


def test_a_neighbours_calendar_is_not_found(commune, make_tenant, make_account, sign_in, officer):
    new = commune.url("/calendar-days/new")
    made = post(officer, new, day="2026-11-23", kind="swap_off", name="Nghỉ", source="Thông báo 1").location
    other = make_tenant()
    neighbour = sign_in(make_account(other, "petition_officer"))
    path = made.removeprefix(f"/t/{commune.slug}")
    assert neighbour.get(other.url(path)).status_code == 404
    token = csrf_of(neighbour, other.url("/calendar-days/new"))
    assert neighbour.post(other.url(path + "/approve"), data={"csrf_token": token}).status_code == 404


def test_the_options_are_kept(commune, officer):
    url = commune.url("/calendar-days/options")
    assert post(officer, url, approved_years="2027", culture_day_compensation="y").status_code == 303
    page = officer.get(url).text
    assert re.search(
        r'<input[^>]*name="approved_years"[^>]*checked[^>]*value="2027"|<input[^>]*checked[^>]*value="2027"', page
    )
    assert not re.search(r"<input[^>]*checked[^>]*worked_saturdays", page)


def test_everybody_may_read_the_law(commune, client):
    page = client.get(commune.url("/law/?group=complaint&on=2026-07-02"))
    assert page.status_code == 200
    assert "CMP-03" in page.text
    assert "CMP-02 " not in page.text
    assert "Chưa kiểm chứng" in page.text
    both = client.get(commune.url("/law/?group=complaint&on=")).text
    assert "CMP-02 " in both


@pytest.mark.parametrize(
    "group",
    ["party", "reception", "intake", "petition", "complaint", "denunciation", "feedback", "crowd", "report", "calendar",
     "transition", "decision"],
)  # fmt: skip
def test_every_rule_can_be_shown(commune, client, group):
    page = client.get(commune.url(f"/law/?group={group}&on=all"))
    assert page.status_code == 200
    assert 'class="table"' in page.text
