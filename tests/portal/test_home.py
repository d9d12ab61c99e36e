"""A body's front page for citizens."""

from datetime import date

from tiepdan.portal.home_page import next_posted_days
from tiepdan.portal.rights import things_to_bring, things_to_expect
from tiepdan.receptions.rules import ReceptionForm
from tiepdan.receptions.service import NewReception, own_duty, post_reception, schedule_reception
from tiepdan.sdk import Branch

DAY = date(2024, 6, 28)


def schedule(entered, tenant, day, *, posted=True):
    with entered(tenant, "committee_head") as actor:
        new = NewReception(
            own_duty(), ReceptionForm.PERIODIC, [day], place="Trụ sở xã, thôn Bản Mẫu", chair_name="Lý Văn Mẫu"
        )
        reception_id = schedule_reception(new, actor=actor, on=DAY)
        if posted:
            post_reception(reception_id, actor=actor, on=DAY)


def test_the_front_page_shows_who_receives_when_and_where(client, entered, three_levels):
    schedule(entered, three_levels.commune, date(2024, 7, 15))
    page = client.get(three_levels.commune.url()).text
    assert "<b>15</b>07/2024" in page
    assert "Lý Văn Mẫu" in page
    assert "Trụ sở xã, thôn Bản Mẫu" in page
    assert "Cấp xã" in page


def test_a_neighbours_receptions_are_not_there(client, entered, three_levels):
    schedule(entered, three_levels.commune, date(2024, 7, 15))
    page = client.get(three_levels.sibling.url()).text
    assert "Lý Văn Mẫu" not in page
    assert "Chưa niêm yết" in page


def test_what_is_not_posted_and_what_is_past_is_not_shown(entered, make_tenant):
    tenant = make_tenant()
    schedule(entered, tenant, date(2024, 7, 16), posted=False)
    schedule(entered, tenant, date(2024, 7, 15))
    with entered(tenant):
        assert [day.on for day in next_posted_days(DAY)] == [date(2024, 7, 15)]
        assert next_posted_days(date(2024, 7, 16)) == []


def test_the_search_for_days_passes_the_turn_of_the_year(entered, make_tenant):
    tenant = make_tenant()
    schedule(entered, tenant, date(2025, 2, 28))
    with entered(tenant):
        assert [day.on for day in next_posted_days(date(2024, 12, 31))] == [date(2025, 2, 28)]
        assert next_posted_days(date(2024, 11, 30)) == []


def test_rights_are_those_of_the_branch_and_of_the_day():
    party = " ".join(line.source for line in things_to_expect(Branch.PARTY, DAY))
    state = " ".join(line.source for line in things_to_expect(Branch.STATE, DAY))
    assert "Quy định 11-QĐi/TW, Điều 6" in party
    assert "Điều 28 khoản 1" in state
    assert "11-QĐi/TW" not in state
    assert any("10 ngày làm việc" in line.words for line in things_to_expect(Branch.STATE, DAY))
    assert "Điều 7" in things_to_bring(DAY)[0].source
    assert "154/2026" in things_to_bring(date(2026, 7, 1))[0].source


def test_nothing_is_said_of_a_law_that_is_not_in_force():
    assert things_to_bring(date(2013, 1, 1)) == []


def test_a_suspended_body_is_out_of_service_to_the_public(client, make_tenant):
    assert client.get(make_tenant(state="suspended").url()).status_code == 503


def test_an_unknown_body_has_no_front_page(client):
    assert client.get("/t/no-such-body/").status_code == 404


def test_staff_are_led_to_their_desk(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    page = sign_in(make_account(tenant, "viewer")).get(tenant.url()).text
    assert tenant.url("/desk") in page


def test_the_language_is_changed_on_the_page_one_is_on(client, make_tenant):
    tenant = make_tenant()
    page = client.get(tenant.url("/track?code=LS-1")).text
    assert f'name="next" value="{tenant.url("/track?code=LS-1")}"' in page


def test_machines_find_their_files(client):
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Disallow: /t/*/track" in robots.text
    assert client.get("/favicon.ico").mimetype == "image/svg+xml"
