"""Pages of assignments over HTTP; a body that has no part in them gets 404."""

import re
from datetime import date

import pytest

from tests.support import csrf_of
from tiepdan.directives.rules import AssignmentState
from tiepdan.directives.service import NewAssignment, assignment_by_id

LONG_REASON = "Không thuộc thẩm quyền của Đảng ủy xã."


@pytest.fixture
def browser(make_account, sign_in):
    def browser(body, *roles):
        return sign_in(make_account(body, *(roles or ("committee_head",))))

    return browser


def post(client, path, form_path=None, **data):
    return client.post(path, data={**data, "csrf_token": csrf_of(client, form_path or path)})


def test_the_way_of_an_assignment_from_the_form_to_the_end(browser, entered, three_levels):
    district, commune = three_levels.district, three_levels.commune
    sender, receiver = browser(district), browser(commune)
    page = sender.get(district.url("/directives/new"))
    assert page.status_code == 200
    assert f'value="{commune.id}"' in page.text
    assert f'value="{three_levels.stranger.id}"' not in page.text
    made = post(
        sender,
        district.url("/directives/new"),
        receiver=commune.id,
        title="Trả lời công dân",
        due_on="2024-07-12",
        tell_citizen="y",
    )
    assert made.status_code == 303
    path = made.location[made.location.index("/directives/") :]
    assert "Trả lời công dân" in receiver.get(commune.url("/directives/received")).text
    show = receiver.get(commune.url(path))
    assert "Xác nhận nhận việc" in show.text
    assert post(receiver, commune.url(f"{path}/acknowledge"), commune.url(path)).status_code == 303
    for step, data in (("report", {"note": "Đã mời các bên", "percent": "50"}), ("done", {"note": "Đã hòa giải"})):
        assert receiver.get(commune.url(f"{path}/{step}")).status_code == 200
        assert post(receiver, commune.url(f"{path}/{step}"), **data).status_code == 303
    assert post(sender, district.url(f"{path}/close"), district.url(path)).status_code == 409
    assert post(receiver, commune.url(f"{path}/told"), told_on="2024-06-28").status_code == 303
    assert "Đã hòa giải" in sender.get(district.url(path)).text
    assert post(sender, district.url(f"{path}/close"), district.url(path)).status_code == 303
    with entered(district, "committee_head"):
        assert assignment_by_id(path.rsplit("/", 1)[1]).state is AssignmentState.CLOSED


def test_a_refusal_keeps_what_was_typed_and_then_reaches_the_sender(browser, issue, three_levels):
    work = issue()
    receiver = browser(three_levels.commune)
    path = three_levels.commune.url(f"/directives/{work}/refuse")
    again = post(receiver, path, reason="ngắn")
    assert again.status_code == 422
    assert "ngắn" in again.text
    assert post(receiver, path, reason=LONG_REASON).status_code == 303
    sender = browser(three_levels.district)
    assert LONG_REASON in sender.get(three_levels.district.url(f"/directives/{work}")).text
    listed = sender.get(three_levels.district.url("/directives/?show=refused")).text
    assert str(work) in listed


def test_more_time_is_given_by_the_sender(browser, issue, three_levels):
    work = issue()
    sender = browser(three_levels.district)
    path = three_levels.district.url(f"/directives/{work}/extend")
    assert post(sender, path, due_on="2024-07-01", reason="Chờ giám định kết quả").status_code == 422
    assert post(sender, path, due_on="2024-08-01", reason="Chờ giám định kết quả").status_code == 303


@pytest.mark.parametrize("who", ["sibling", "stranger"])
@pytest.mark.parametrize(
    ("method", "step"),
    [("get", ""), ("post", "/acknowledge"), ("get", "/refuse"), ("get", "/report"), ("get", "/done"), ("get", "/told"),
     ("get", "/extend"), ("post", "/close")],
)  # fmt: skip
def test_a_third_body_gets_404(browser, issue, three_levels, who, method, step):
    work = issue()
    body = getattr(three_levels, who)
    client = browser(body)
    path = body.url(f"/directives/{work}{step}")
    answer = client.get(path) if method == "get" else post(client, path, body.url("/directives/"))
    assert answer.status_code == 404


def test_a_member_of_one_body_does_not_enter_another(browser, issue, three_levels):
    work = issue()
    client = browser(three_levels.stranger)
    assert client.get(three_levels.district.url(f"/directives/{work}")).status_code in {302, 404}


def test_a_notice_is_ready_to_print(browser, conclude, three_levels):
    issued = conclude(assignments=[NewAssignment(three_levels.commune.id, "Trả lời bà Mẫu", due_on=date(2024, 7, 12))])
    client = browser(three_levels.district)
    page = client.get(three_levels.district.url(f"/directives/notices/{issued.id}"))
    assert page.status_code == 200
    assert "12-TB/HU" in page.text
    assert "Trả lời bà Mẫu" in page.text
    assert str(issued.id) in client.get(three_levels.district.url("/directives/notices")).text
    other = browser(three_levels.commune)
    assert other.get(three_levels.commune.url(f"/directives/notices/{issued.id}")).status_code == 404


@pytest.mark.parametrize("path", ["/directives/", "/directives/received", "/directives/notices"])
def test_an_empty_list_says_what_to_do(browser, three_levels, path):
    page = browser(three_levels.commune).get(three_levels.commune.url(path))
    assert page.status_code == 200
    assert re.search(r'class="empty"', page.text)


@pytest.mark.parametrize("step", ["refuse", "report", "done", "extend"])
def test_a_viewer_may_look_and_not_act(browser, issue, three_levels, step):
    work = issue()
    client = browser(three_levels.commune, "viewer")
    assert client.get(three_levels.commune.url(f"/directives/{work}")).status_code == 200
    assert client.get(three_levels.commune.url(f"/directives/{work}/{step}")).status_code == 403


def test_sent_twice_is_given_once(browser, three_levels, superuser):
    district, commune = three_levels.district, three_levels.commune
    client = browser(district)
    page = client.get(district.url("/directives/new")).text
    data = {
        "csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1],
        "_token": re.search(r'name="_token"[^>]*value="([^"]+)"', page)[1],
        "receiver": commune.id,
        "title": "Một lần thôi",
    }
    first, second = (client.post(district.url("/directives/new"), data=data) for _ in range(2))
    assert first.location == second.location
    count = superuser.execute("SELECT count(*) FROM assignment WHERE tenant_id = %s", [district.id]).fetchone()
    assert count == (1,)
