"""Pages of receptions over HTTP; another body's records are 404."""

import re
from datetime import date

import pytest

from tests.support import csrf_of
from tiepdan.receptions.rules import ReceptionStatus, VisitStatus
from tiepdan.receptions.service import (
    queue_of,
    reception_by_id,
    visit_by_id,
)

ON = date(2024, 6, 28)  # the tests' business day


@pytest.fixture
def browser(make_account, sign_in, tenant):
    def browser(*roles, body=None):
        return sign_in(make_account(body or tenant, *(roles or ("reception_officer",))))

    return browser


def post(client, path, form_path=None, **data):
    return client.post(path, data={**data, "csrf_token": csrf_of(client, form_path or path)})


@pytest.fixture
def reception(make_reception):
    return make_reception(opened=True)


def test_a_reception_is_scheduled_posted_and_seen_by_citizens(browser, tenant, client, entered):
    officer = browser()
    form = {"form": "periodic", "duty": "party", "place": "Trụ sở Đảng ủy", "chair_name": "Lương Văn Mẫu"}
    made = post(officer, tenant.url("/receptions/new"), **form, **{"days-0": "2024-07-15"})
    assert made.status_code == 303
    path = made.location[made.location.index("/receptions/") :]
    assert "Lương Văn Mẫu" not in client.get(tenant.url("/calendar/?month=2024-07")).text
    assert post(officer, tenant.url(f"{path}/post")).status_code == 303
    shown = client.get(tenant.url("/calendar/?month=2024-07")).text
    assert "Lương Văn Mẫu" in shown
    assert "15/07/2024" in shown
    month = officer.get(tenant.url("/receptions/?month=2024-07"))
    assert "Đã niêm yết" in month.text


def test_posting_late_asks_why(browser, tenant):
    officer = browser()
    form = {"form": "periodic", "duty": "party", "place": "Trụ sở", "chair_name": "Lương Văn Mẫu"}
    made = post(officer, tenant.url("/receptions/new"), **form, **{"days-0": "2024-07-01"})
    path = made.location[made.location.index("/receptions/") :]
    page = officer.get(tenant.url(f"{path}/post")).text
    assert "24/06/2024" in page  # five working days before Mon 1/7: Fri 28, Thu 27, Wed 26, Tue 25, Mon 24
    assert post(officer, tenant.url(f"{path}/post")).status_code == 422
    assert post(officer, tenant.url(f"{path}/post"), late_reason="Bí thư đi công tác về muộn").status_code == 303


def test_what_was_typed_stays_when_something_is_wrong(browser, tenant):
    again = post(
        browser(),
        tenant.url("/receptions/new"),
        form="periodic",
        duty="party",
        place="Nhà văn hóa",
        **{"days-0": "2024-06-01"},
    )
    assert again.status_code == 422
    assert "Nhà văn hóa" in again.text
    assert "Hãy ghi người chủ trì" in again.text


def test_a_draft_is_edited_on_its_page(browser, tenant, entered):
    officer = browser()
    form = {"form": "periodic", "duty": "party", "place": "Trụ sở", "chair_name": "Lương Văn Mẫu"}
    made = post(officer, tenant.url("/receptions/new"), **form, **{"days-0": "2024-07-15"})
    path = made.location[made.location.index("/receptions/") :]
    assert 'value="2024-07-15"' in officer.get(tenant.url(f"{path}/edit")).text
    assert post(officer, tenant.url(f"{path}/edit"), **form, **{"days-0": "2024-07-16"}).status_code == 303


def test_a_posted_day_is_postponed_with_its_reason(browser, tenant, make_reception, client):
    reception = make_reception(date(2024, 7, 12))
    path = tenant.url(f"/receptions/{reception.id}/postpone")
    answer = post(browser(), path, from_on="2024-07-12", to_on="2024-07-19", reason="Đi công tác đột xuất")
    assert answer.status_code == 303
    assert "Đi công tác đột xuất" in client.get(tenant.url("/calendar/?month=2024-07")).text


def test_a_reception_is_cancelled(browser, tenant, make_reception, entered):
    reception = make_reception(date(2024, 7, 12))
    assert (
        post(browser(), tenant.url(f"/receptions/{reception.id}/cancel"), reason="Không còn nội dung").status_code
        == 303
    )
    with entered(tenant, "viewer"):
        assert reception_by_id(reception.id).status is ReceptionStatus.CANCELLED


def test_the_desk_opens_with_one_press_and_takes_a_visit(browser, tenant, entered):
    officer = browser()
    opened = post(officer, tenant.url("/receptions/desk"), tenant.url("/receptions/"))
    assert opened.status_code == 303
    path = opened.location[opened.location.index("/receptions/") :]
    page = officer.get(tenant.url(path)).text
    action = re.search(r'action="[^"]*(/receptions/days/[^"]+/visits)"', page)[1]
    made = post(
        officer, tenant.url(action), tenant.url(path),
        full_name="Nông Thị Mẫu", id_number="020012345678", address="thôn Mẫu", content="Xin cấp giấy.", people_count="1", kind="",
    )  # fmt: skip
    assert made.status_code == 303
    after = officer.get(made.location)
    assert "Nông Thị Mẫu" in after.text
    receipt = re.search(r'href="[^"]*(/receptions/visits/[^"]+/receipt)"', after.text)[1]
    sheet = officer.get(tenant.url(receipt)).text
    code = re.search(r'Mã: <strong class="code">([^<]+)', sheet)[1]
    pin = re.search(r'Mã PIN: <strong class="code">(\d{6})', sheet)[1]
    assert f"track?code={code}" in sheet
    assert "data:image/svg+xml" in sheet
    assert "Mã PIN: <strong" not in officer.get(tenant.url(receipt)).text
    from tiepdan.receptions.service import track_visit

    with entered(tenant, "viewer"):
        assert track_visit(code, pin).code == code
    assert officer.get(tenant.url("/receptions/today")).location.endswith(path)


def test_a_lost_receipt_gets_a_new_pin(browser, tenant, reception, come):
    visit = come(reception)
    officer = browser()
    path = tenant.url(f"/receptions/visits/{visit.id}")
    assert post(officer, f"{path}/pin", f"{path}/receipt").status_code == 303
    assert re.search(r"Mã PIN: <strong class=\"code\">\d{6}", officer.get(f"{path}/receipt").text)


def test_a_returning_visitor_is_shown_and_taken_over(browser, tenant, reception, come):
    come(reception, name="Nguyễn Thị Đào", number="012345678901")
    officer = browser()
    show = tenant.url(f"/receptions/{reception.id}")
    found = post(officer, tenant.url("/receptions/returning"), show, full_name="nguyen thi dao")
    assert "thôn Bản, xã Mẫu" in found.text
    person = re.search(r'name="use_person" value="([^"]+)"', found.text)[1]
    visits = tenant.url(f"/receptions/days/{reception.days[0].id}/visits")
    filled = post(officer, visits, show, full_name="nguyen", content="Đã gõ nội dung", use_person=person)
    assert 'value="012345678901"' in filled.text
    assert "Đã gõ nội dung" in filled.text
    assert "Chưa thấy" in post(officer, tenant.url("/receptions/returning"), show, full_name="Người Chưa Đến").text


def test_a_neighbour_takes_over_nobody(browser, tenant, neighbour, reception, come, make_reception, entered):
    visit = come(reception, name="Nguyễn Thị Đào", number="012345678901")
    with entered(tenant, "viewer"):
        person = visit_by_id(visit.id).people[0].id
    theirs = make_reception(opened=True, body=neighbour)
    officer = browser(body=neighbour)
    show = neighbour.url(f"/receptions/{theirs.id}")
    page = post(officer, neighbour.url(f"/receptions/days/{theirs.days[0].id}/visits"), show, use_person=str(person))
    assert "Đào" not in page.text
    assert "Đào" not in post(officer, neighbour.url("/receptions/returning"), show, id_number="012345678901").text


def test_a_group_with_too_many_representatives_is_told_beside_the_field(browser, tenant, reception):
    officer = browser()
    more = {f"others-{n}-full_name": f"Người {n}" for n in range(3)}
    path = tenant.url(f"/receptions/days/{reception.days[0].id}/visits")
    again = post(
        officer,
        path,
        tenant.url(f"/receptions/{reception.id}"),
        full_name="A",
        content="Nội dung dài",
        people_count="7",
        kind="",
        **more,
    )
    assert again.status_code == 422
    assert "Điều 29" in again.text
    assert "Nội dung dài" in again.text
    assert "Người 2" in again.text


def test_who_waited_is_received_or_went_home(browser, tenant, reception, come, entered):
    first, second = come(reception), come(reception)
    officer = browser()
    show = tenant.url(f"/receptions/{reception.id}")
    assert post(officer, tenant.url(f"/receptions/visits/{first.id}/received"), show).status_code == 303
    assert post(officer, tenant.url(f"/receptions/visits/{second.id}/left"), show).status_code == 303
    with entered(tenant, "viewer"):
        states = [visit.status for visit in queue_of(reception.days[0].id)]
    assert states == [VisitStatus.RECEIVED, VisitStatus.LEFT]


def test_a_visitor_is_refused_with_ground_and_paper(browser, tenant, reception, come):
    visit = come(reception)
    officer = browser()
    path = tenant.url(f"/receptions/visits/{visit.id}")
    form = officer.get(f"{path}/refuse").text
    assert "Điều 9 khoản 2" in form
    assert "154/2026" not in form
    again = post(officer, f"{path}/refuse", ground="article_9_3", explanation="ngắn")
    assert again.status_code == 422
    explained = "Vụ việc đã có quyết định giải quyết đúng pháp luật."
    assert post(officer, f"{path}/refuse", ground="article_9_3", explanation=explained).status_code == 303
    assert post(officer, f"{path}/refusal-notice", path, number="07/TB-TCD").status_code == 303
    sheet = officer.get(f"{path}/refusal").text
    assert explained in sheet
    assert "07/TB-TCD" in sheet


def test_the_register_is_filled_in_and_a_denunciation_sealed(browser, tenant, reception, come, entered):
    visit = come(reception)
    officer = browser()
    path = tenant.url(f"/receptions/visits/{visit.id}")
    assert (
        post(officer, f"{path}/remarks", kind="denunciation", within_competence="yes", note="Đã ghi").status_code == 303
    )
    page = officer.get(path).text
    assert "Hoàng Thị Mẫu" not in page
    assert "Giữ kín" in page
    assert "Hoàng Thị Mẫu" not in officer.get(tenant.url(f"/receptions/{reception.id}")).text


def test_a_visit_becomes_a_petition(browser, tenant, reception, come, entered):
    visit = come(reception)
    officer = browser()
    path = tenant.url(f"/receptions/visits/{visit.id}")
    assert post(officer, f"{path}/petition", kind="proposal", field="land").status_code == 303
    with entered(tenant, "viewer"):
        assert visit_by_id(visit.id).petition_id is not None
    assert post(officer, f"{path}/petition", kind="proposal", field="land").status_code == 422


def test_a_day_is_closed_written_up_and_concluded(browser, tenant, reception):
    head = browser("committee_head")
    path = tenant.url(f"/receptions/{reception.id}")
    day = tenant.url(f"/receptions/days/{reception.days[0].id}")
    assert post(head, f"{day}/close", path).status_code == 303
    minutes = {
        "text": "Không có người đến.",
        "chair_name": "Lương Văn Mẫu",
        "secretary_name": "Vi Thư Ký",
        "citizens_signed": "y",
    }
    assert post(head, f"{path}/minutes", **minutes).status_code == 303
    assert "Không có người đến." in head.get(f"{path}/minutes/print").text
    assert post(head, f"{path}/close", path).status_code == 303
    wrong = {"number": "05-TB/ĐU", "signed_on": "2024-06-28", "signer_name": "Lương Văn Mẫu", "text": "Kết luận."}
    work = {
        "assignments-0-receiver": tenant.id,
        "assignments-0-title": "Trả lời công dân",
        "assignments-0-due_on": "2024-06-01",
    }
    again = post(head, f"{path}/conclude", **wrong, **work)
    assert again.status_code == 422
    assert "Hạn phải từ ngày giao trở đi" in again.text
    work["assignments-0-due_on"] = "2024-07-12"
    concluded = post(head, f"{path}/conclude", **wrong, **work)
    assert concluded.status_code == 303
    assert "Trả lời công dân" in head.get(concluded.location).text


def test_who_stands_in_is_written_down(browser, tenant, make_reception):
    reception = make_reception()
    officer = browser()
    path = tenant.url(f"/receptions/days/{reception.days[0].id}/substitute")
    assert post(officer, path, substitute_name="Trần Phó").status_code == 422
    data = {
        "substitute_name": "Trần Phó",
        "substitute_reason": "Đi họp theo giấy triệu tập",
        "substitute_basis": "Quy chế",
    }
    assert post(officer, path, **data).status_code == 303
    assert (
        post(
            officer,
            tenant.url(f"/receptions/days/{reception.days[0].id}/open"),
            tenant.url(f"/receptions/{reception.id}"),
        ).status_code
        == 303
    )
    assert "Trần Phó" in officer.get(tenant.url(f"/receptions/{reception.id}")).text


def test_the_heads_page_shows_today_the_duty_and_who_waits(browser, tenant, reception, come, make_account):
    come(reception, name="Nguyễn Thị Đào", number="012345678901")
    come(reception, name="Nguyễn Thị Đào", number="012345678901")
    make_account(tenant, "petition_officer", confirmed=False, name="Cán Bộ Chờ")
    page = browser("committee_head").get(tenant.url("/head/"))
    assert page.status_code == 200
    assert "Nguyễn Thị Đào" in page.text
    assert "Trước đây: 1 lượt" in page.text
    assert "Quy định 11-QĐi/TW, Điều 4 khoản 1 điểm b" in page.text
    assert "theo nguồn thứ hai" in page.text
    assert "Cán Bộ Chờ" in page.text
    assert "1 / 2" in page.text


def test_the_heads_page_is_the_heads(browser, tenant):
    assert browser("reception_officer").get(tenant.url("/head/")).status_code == 403


@pytest.mark.parametrize(
    ("method", "step"),
    [("get", ""), ("get", "/edit"), ("get", "/post"), ("get", "/postpone"), ("get", "/cancel"), ("post", "/close"),
     ("get", "/minutes"), ("get", "/minutes/print"), ("get", "/conclude")],
)  # fmt: skip
def test_a_neighbours_reception_is_404(browser, neighbour, reception, method, step):
    client = browser("committee_head", body=neighbour)
    path = neighbour.url(f"/receptions/{reception.id}{step}")
    answer = client.get(path) if method == "get" else post(client, path, neighbour.url("/receptions/"))
    assert answer.status_code == 404


@pytest.mark.parametrize("step", ["/visits", "/open", "/close"])
def test_a_neighbours_day_is_404(browser, neighbour, reception, step):
    client = browser("committee_head", body=neighbour)
    path = neighbour.url(f"/receptions/days/{reception.days[0].id}{step}")
    assert post(client, path, neighbour.url("/receptions/")).status_code == 404


@pytest.mark.parametrize(
    ("method", "step"),
    [("get", ""), ("post", "/received"), ("post", "/left"), ("get", "/receipt"), ("post", "/pin"), ("get", "/refuse"),
     ("post", "/refusal-notice"), ("get", "/refusal"), ("get", "/remarks"), ("get", "/petition")],
)  # fmt: skip
def test_a_neighbours_visit_is_404(browser, neighbour, reception, come, method, step):
    visit = come(reception)
    client = browser("committee_head", "reception_officer", body=neighbour)
    path = neighbour.url(f"/receptions/visits/{visit.id}{step}")
    answer = client.get(path) if method == "get" else post(client, path, neighbour.url("/receptions/"))
    assert answer.status_code == 404


def test_a_neighbour_sees_none_of_it_in_lists(browser, neighbour, reception, client):
    viewer = browser("viewer", body=neighbour)
    for path in ("/receptions/?month=2024-06", "/receptions/all", "/calendar/?month=2024-06"):
        page = viewer.get(neighbour.url(path))
        assert page.status_code == 200
        assert str(reception.id) not in page.text
        assert 'class="empty"' in page.text


def test_a_viewer_looks_and_does_not_act(browser, tenant, reception, come):
    visit = come(reception)
    viewer = browser("viewer")
    show = tenant.url(f"/receptions/{reception.id}")
    assert viewer.get(show).status_code == 200
    assert "Tiếp nhận lượt" not in viewer.get(show).text
    for path in (f"/receptions/visits/{visit.id}/refuse", "/receptions/new", f"/receptions/{reception.id}/conclude"):
        assert viewer.get(tenant.url(path)).status_code == 403
    assert post(viewer, tenant.url("/receptions/desk"), show).status_code == 403
