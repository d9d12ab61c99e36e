"""Pages of registers over HTTP: who sees what, what is kept on a slip, what a list shows and hides."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from tests import dummy_plugin
from tests.registers.conftest import ON, make_register, make_schema, words
from tests.support import csrf_of
from tiepdan.registers.addresses import entries_url
from tiepdan.registers.entries import strike_entry

LIST = "/registers/keeping/classes/"
NEW = f"{LIST}new"
SECRET = "Lộc Thị Gieo Tên"


def good(**more):
    return {"topic": "Luật Tiếp công dân", "opened_on": "2024-06-03", **more}


def download(browser, tenant, query=""):
    token = csrf_of(browser, tenant.url(LIST))
    answer = browser.post(tenant.url(f"{LIST}export{query}"), data={"csrf_token": token})
    assert answer.status_code == 200, answer.text
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_the_menu_leads_there_only_where_there_are_registers(own, other, officer, keeping):
    assert "/registers/" in officer(own).get(own.url("/petitions/")).text
    assert "/registers/" not in officer(other).get(other.url("/petitions/")).text
    assert "/registers/" not in officer(own, "tenant_admin").get(own.url("/members/")).text


def test_the_menu_hides_what_only_the_head_may_see(own, officer, keeping):
    keeping.books = [make_register(for_head=True)]
    assert "/registers/" not in officer(own, "viewer").get(own.url("/petitions/")).text
    assert "/registers/" in officer(own, "committee_head").get(own.url("/petitions/")).text


def test_the_menu_costs_no_question_while_nothing_changes(own, officer, keeping):
    browser = officer(own)
    browser.get(own.url("/petitions/"))
    keeping.asked.clear()
    for _time in range(5):
        browser.get(own.url("/petitions/"))
    assert keeping.asked == []


def test_the_index_counts_this_years_entries(own, officer, add, keeping):
    keeping.books = [make_register(), make_register("others", order=1, title=words("Sổ đầu"))]
    add(own)
    add(own)
    add(own, opened_on="2023-01-01")
    page = officer(own).get(own.url("/registers/")).text
    assert page.index("Sổ đầu") < page.index("Lớp tập huấn")
    assert "Mục năm 2024" in page
    assert re.search(r'class="num"[^>]*>2<', page)
    assert "Giữ sổ" in page


def test_a_committee_without_registers_is_told_what_to_do(other, officer, keeping):
    page = officer(other).get(other.url("/registers/"))
    assert page.status_code == 200
    assert "Quản trị viên của đơn vị bật plugin" in page.text


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_plugin_that_fails_takes_no_page_along(own, officer, enable, add, behaviour):
    add(own)
    enable(own, "dummy", behaviour=behaviour)
    browser = officer(own)
    page = browser.get(own.url("/registers/"))
    assert page.status_code == 200
    assert "Lớp tập huấn" in page.text
    if behaviour in {"exception", "wrong_type", "wrong_values", "huge", "slow", "sql_error", "swallowed_sql_error"}:
        assert "Có plugin không trả lời được" in page.text
        assert "Sổ thử" not in page.text
    assert browser.get(own.url(LIST)).status_code == 200
    assert browser.get(own.url("/petitions/")).status_code == 200
    assert "Nguyễn Văn Kín" not in page.text


def test_the_dummys_own_register_works_like_any_other(own, enable, officer, send):
    enable(own, "dummy")
    browser = officer(own)
    answer = send(browser, own.url("/registers/dummy/book/new"), "dummy", "book", name="Một mục", day="2024-06-01")
    assert answer.status_code == 303, answer.text
    assert "Một mục" in browser.get(own.url("/registers/dummy/book/")).text


def test_an_entry_is_written_shown_changed_and_struck(own, officer, send):
    browser = officer(own)
    page = browser.get(own.url(NEW)).text
    assert 'value="2024-06-28"' in page
    assert 'data-when="x-keeping-classes-done=yes"' in page
    answer = send(
        browser, own.url(NEW), **good(people="40", kind="law", done="yes", result="Đạt", fee="2.5", trainer=SECRET)
    )
    assert answer.status_code == 303, answer.text
    shown = browser.get(answer.location).text
    for word in ("Số 1/2024", "Luật Tiếp công dân", "03/06/2024", "40", "Pháp luật", "Có", "Đạt", "2,5", SECRET):
        assert word in shown, word
    assert "Phần giữ kín" in shown
    listed = browser.get(own.url(LIST)).text
    assert "Pháp luật" in listed
    assert SECRET not in listed
    form = browser.get(f"{answer.location}/edit").text
    for word in ('value="Luật Tiếp công dân"', 'value="2024-06-03"', 'value="40"', SECRET):
        assert word in form, word
    changed = send(browser, f"{answer.location}/edit", **good(topic="Luật Khiếu nại"))
    assert changed.status_code == 303, changed.text
    assert "Luật Khiếu nại" in browser.get(answer.location).text
    struck = send(browser, f"{answer.location}/strike", reason="Ghi hai lần")
    assert struck.status_code == 303, struck.text
    assert "Mục này đã bị gạch" in browser.get(answer.location).text
    assert "Luật Khiếu nại" not in browser.get(own.url(LIST)).text
    assert "Luật Khiếu nại" in browser.get(own.url(f"{LIST}?struck=1")).text
    assert browser.get(f"{answer.location}/edit").status_code == 409


def test_what_is_wrong_is_said_and_what_was_typed_stays(own, officer, send, superuser):
    answer = send(
        officer(own), own.url(NEW), topic="", opened_on="0224-06-03", people="-3", kind="law", trainer="Giữ lại câu này"
    )
    assert answer.status_code == 422
    for word in ("Mục này cần được điền.", "Nhỏ nhất là 0.", "Giữ lại câu này", 'value="-3"'):
        assert word in answer.text, word
    assert superuser.execute("SELECT count(*) FROM register_entry WHERE tenant_id = %s", [own.id]).fetchone() == (0,)
    answer = send(officer(own), own.url(NEW), **good(opened_on="0224-06-03"))
    assert answer.status_code == 422
    assert "Hãy xem lại năm" in answer.text
    assert send(officer(own), own.url(NEW), **good(fee="nan")).status_code == 422
    assert 'href="#x-keeping-classes-opened_on"' in answer.text


def test_a_reason_is_asked_for(own, officer, send, add):
    made = add(own)
    answer = send(officer(own), own.url(f"/registers/entries/{made.id}/strike"), reason="x")
    assert answer.status_code == 422
    assert "Hãy ghi lý do gạch" in answer.text


def test_who_is_slower_keeps_what_was_typed(own, officer, send, add):
    made = add(own)
    url = own.url(f"/registers/entries/{made.id}/edit")
    assert send(officer(own), url, **good(topic="Bản thứ nhất")).status_code == 303
    answer = send(officer(own), url, version="1", **good(topic="Bản thứ hai"))
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.text
    assert "Bản thứ hai" in answer.text


def test_a_repeated_form_writes_one_entry(own, officer, superuser):
    browser = officer(own)
    page = browser.get(own.url(NEW)).text
    form = page[page.index(f'action="{own.url(NEW)}"') :]
    data = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in ("csrf_token", "_token")}
    data |= {f"x-keeping-classes-{name}": value for name, value in good().items()}
    first, second = (browser.post(own.url(NEW), data=data) for _time in range(2))
    assert first.location == second.location
    assert superuser.execute("SELECT count(*) FROM register_entry WHERE tenant_id = %s", [own.id]).fetchone() == (1,)


def test_a_neighbour_finds_nothing(own, other, officer, add, enable):
    made = add(own, trainer=SECRET)
    enable(other)
    browser = officer(other)
    for path in ("", "/edit", "/strike"):
        assert browser.get(other.url(f"/registers/entries/{made.id}{path}")).status_code == 404
        assert browser.get(own.url(f"/registers/entries/{made.id}{path}")).status_code == 404
    assert browser.get(own.url(LIST)).status_code == 404
    assert "Luật Tiếp công dân" not in browser.get(other.url(f"{LIST}?q=luat")).text


def test_a_neighbours_export_is_its_own(own, other, officer, add, enable):
    add(own)
    enable(other)
    add(other, topic="Của bên kia")
    content, _sheet = download(officer(other), other)
    assert [row[1] for row in content[1:]] == ["Của bên kia"]


def test_who_may_only_look_is_offered_nothing_else(own, officer, add):
    made = add(own)
    browser = officer(own, "viewer")
    page = browser.get(own.url(LIST)).text
    assert "Luật Tiếp công dân" in page
    assert NEW not in page
    assert "Xuất Excel" not in page
    shown = browser.get(own.url(f"/registers/entries/{made.id}")).text
    assert "/edit" not in shown
    assert browser.get(own.url(NEW)).status_code == 403
    token = csrf_of(browser, own.url("/signin"))
    assert browser.post(own.url(f"{LIST}export"), data={"csrf_token": token}).status_code == 403


def test_a_register_for_the_head_is_hidden_from_others(own, officer, add, keeping):
    keeping.books = [make_register(for_head=True)]
    made = add(own)
    viewer = officer(own, "viewer")
    assert viewer.get(own.url(LIST)).status_code == 404
    assert viewer.get(own.url(f"/registers/entries/{made.id}")).status_code == 404
    assert "Lớp tập huấn" not in viewer.get(own.url("/registers/")).text
    assert "Dành cho người đứng đầu" in officer(own, "inspector").get(own.url("/registers/")).text


def test_a_plugin_that_is_off_is_a_404_and_comes_back(own, officer, add, disable, enable):
    made = add(own)
    browser = officer(own)
    disable(own)
    assert browser.get(own.url(LIST)).status_code == 404
    assert browser.get(own.url(NEW)).status_code == 404
    assert browser.get(own.url(f"/registers/entries/{made.id}")).status_code == 404
    enable(own)
    assert "Luật Tiếp công dân" in browser.get(own.url(LIST)).text


def test_two_hundred_entries_are_paged_each_once(own, entered, officer):
    from tiepdan.registers.entries import add_entry

    with entered(own, "petition_officer") as actor:
        for number in range(200):
            add_entry("keeping", "classes", good(topic=f"Lớp số {number:03}"), actor=actor, on=ON)
    browser, url, seen = officer(own), own.url(f"{LIST}?q=lop&year=2024"), []
    for _page in range(4):
        page = browser.get(url).text
        seen += re.findall(r">(Lớp số \d{3})<", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = unescape(following[1]) if following else ""
    assert url == ""
    assert sorted(seen) == [f"Lớp số {number:03}" for number in range(200)]
    assert seen[0] == "Lớp số 199"


def test_the_list_is_narrowed_as_asked(own, officer, add):
    add(own, kind="law", people=40, done=True)
    add(own, topic="Hòa giải", kind="skill", opened_on="2023-03-03")
    browser = officer(own)

    def shown(query):
        page = browser.get(own.url(f"{LIST}?{query}")).text
        return {title for title in ("Luật Tiếp công dân", "Hòa giải") if f">{title}<" in page}

    both = {"Luật Tiếp công dân", "Hòa giải"}
    assert shown("") == both
    assert shown("q=hoa") == {"Hòa giải"}
    assert shown("year=2024") == {"Luật Tiếp công dân"}
    assert shown("f-kind=skill") == {"Hòa giải"}
    assert shown("f-kind=skill&f-kind=law") == both
    assert shown("f-done=true") == {"Luật Tiếp công dân"}
    assert shown("f-people=40") == {"Luật Tiếp công dân"}
    assert shown("from=2023-01-01&to=2023-12-31") == {"Hòa giải"}
    for odd in (
        "f-people=abc",
        "f-trainer=x",
        "f-no=1",
        "year=abcd",
        "year=0000",
        "from=x",
        "f-done=maybe",
        "q=",
        "f-fee=nan",
        "f-fee=inf",
    ):
        assert shown(odd) == both, odd
    page = browser.get(own.url(f"{LIST}?f-people=40&from=2024-01-01")).text
    assert "Danh sách đã được thu hẹp" in page
    assert 'name="f-people" value="40"' in page
    assert browser.get(own.url(f"{LIST}?cursor=x")).status_code == 422
    assert browser.get(own.url(f"{LIST}?q=a%00b&f-topic=%00")).status_code == 200


def test_a_figures_address_lists_what_it_counted(own, app, officer, add):
    add(own, kind="law")
    add(own, topic="Hòa giải", kind="skill")
    with app.test_request_context():
        where = {"kind": ["law"], "done": False, "people": 3}
        url = entries_url("keeping", "classes", date(2024, 1, 1), date(2024, 12, 31), where)
    assert url == f"{LIST}?from=2024-01-01&to=2024-12-31&f-kind=law&f-done=false&f-people=3"
    with app.test_request_context():
        url = entries_url("keeping", "classes", None, None, {"kind": "law"})
    page = officer(own).get(own.url(url)).text
    assert ">Luật Tiếp công dân<" in page
    assert ">Hòa giải<" not in page


def test_the_workbook_has_what_the_list_has_and_nothing_private(own, officer, add, entered, superuser):
    add(own, people=40, kind="law", done=True, fee=2.5, trainer=SECRET, topic="=1+1")
    struck = add(own, topic="Đã gạch")
    add(own, topic="Năm trước", opened_on="2023-01-01")
    with entered(own, "petition_officer") as actor:
        strike_entry(struck.id, "Ghi hai lần", actor=actor, on=ON)
    browser = officer(own)
    content, sheet = download(browser, own, "?year=2024")
    assert content[0] == ["Số", "Chủ đề", "Ngày khai giảng", "Số người", "Loại", "Đã xong", "Kết quả", "Kinh phí"]
    assert len(content) == 2
    line = content[1]
    assert line[:2] == ["1/2024", "=1+1"]
    assert sheet.cell(2, 2).data_type == "s"  # a text, not a formula
    assert line[2].date() == date(2024, 6, 3)
    assert line[3:6] == [40, "Pháp luật", "Có"]
    assert line[7] == 2.5
    assert SECRET not in str(content)
    events = superuser.execute(
        "SELECT detail FROM event WHERE tenant_id = %s AND action = 'plugin_register.exported'", [own.id]
    ).fetchall()
    assert events == [({"plugin": "keeping", "register": "classes", "entries": 1},)]


def test_old_entries_are_shown_as_they_were_written(own, officer, add, keeping, send):
    made = add(own, people=40, kind="law")
    schema = make_schema(people=None, place={"type": "string", "x-label": words("Nơi mở")})
    keeping.books = [make_register(version=2, schema=schema, list_fields=("place", "kind"))]
    browser = officer(own)
    url = own.url(f"/registers/entries/{made.id}")
    page = browser.get(url).text
    assert "Mẫu của sổ đã đổi" in page
    assert "Số người" in page
    assert "Mục này được ghi theo mẫu trước" in browser.get(f"{url}/edit").text
    assert send(browser, f"{url}/edit", **good(place="Hội trường")).status_code == 303
    page = browser.get(url).text
    assert "Của mẫu trước" in page
    assert "Số người" in page
    assert "Hội trường" in browser.get(own.url(LIST)).text


def test_words_of_plugins_and_people_are_text_not_markup(own, officer, keeping, add):
    keeping.books = [make_register(title=words("<b>Sổ</b>"), summary=words("<i>x</i>"))]
    made = add(own, topic="<script>alert(1)</script>")
    browser = officer(own)
    for path in ("/registers/", LIST, NEW, f"/registers/entries/{made.id}"):
        page = browser.get(own.url(path)).text
        assert "<b>Sổ</b>" not in page
        assert "<script>alert" not in page


def test_the_reader_is_spoken_to_in_english(own, officer, add):
    made = add(own, kind="law")
    browser = officer(own)
    with browser.session_transaction() as session:
        session["locale"] = "en"
    assert "Training classes" in browser.get(own.url("/registers/")).text
    assert "Pháp luật (en)" in browser.get(own.url(f"/registers/entries/{made.id}")).text


def test_a_huge_number_neither_breaks_the_list_nor_gets_into_the_book(own, officer, send, superuser):
    browser = officer(own)
    huge = "9" * 400
    assert browser.get(own.url(f"/registers/keeping/classes/?f-people={huge}")).status_code == 200
    new = own.url("/registers/keeping/classes/new")
    assert send(browser, new, topic="Lớp lớn", opened_on="2024-06-20", people=huge).status_code == 422
    assert superuser.execute("SELECT count(*) FROM register_entry WHERE tenant_id = %s", [own.id]).fetchone() == (0,)
