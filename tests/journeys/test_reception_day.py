"""The officer's reception day: the desk opens, people come, and what was said stays in this commune."""

import re

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker

NEWCOMER, NUMBER = "Trịnh Thị Sao Mai", "020185004477"
KEYS_PER_VISITOR = 15


def test_a_new_visitor_is_registered_by_keyboard_and_leaves_with_a_receipt(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    open_the_desk(officer)
    officer.reads("Tiếp nhận lượt", "Hàng đợi và các lượt")
    assert officer.page.evaluate("document.activeElement.id") == "full_name", "the first field waits for the name"
    keys = register_by_keyboard(officer, NEWCOMER, NUMBER, "Hỏi về việc cấp đổi giấy chứng nhận quyền sử dụng đất.")
    assert keys <= KEYS_PER_VISITOR
    officer.reads(NEWCOMER, "Đang chờ")
    officer.follow("In phiếu lượt số")
    officer.reads("Phiếu tiếp công dân", "Tra cứu: quét mã QR")
    assert re.search(r"Mã: LS-[0-9A-Z]{9}\b", officer.text())
    assert re.search(r"Mã PIN: \d{6}\b", officer.text())
    assert officer.page.locator("img.sheet-qr").evaluate("image => image.complete && image.naturalWidth > 50")
    officer.follow("Về buổi tiếp")
    officer.page.goto(f"{officer.page.url}")
    officer.follow(officer.page.locator("tr", has_text=NEWCOMER).get_by_role("link").first)
    officer.reads(NEWCOMER, NUMBER, "Người đến và nội dung")


def test_a_person_who_came_before_is_found_and_not_typed_again(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    name, number = "Vi Đức Thuận", "020177003311"
    open_the_desk(officer)
    register_by_keyboard(officer, name, number, "Kiến nghị sửa kênh mương nội đồng.")
    open_the_desk(officer)
    officer.page.locator("#id_number").fill(number)
    officer.page.keyboard.press("Tab")
    found = officer.page.locator("#returning")
    found.get_by_text("Có thể đã từng đến").wait_for()
    assert name in found.inner_text()
    officer.look()
    officer.press("Dùng thông tin này", status=None)
    assert officer.page.locator("#full_name").input_value() == name
    officer.page.locator("#content").fill("Hỏi lại về kênh mương.")
    officer.press("Tiếp nhận lượt")
    assert officer.page.locator("tr", has_text=name).count() == 2


def test_a_mistake_keeps_what_was_typed(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    open_the_desk(officer)
    officer.page.locator("#address").fill("thôn Pò Nhùng")
    officer.page.locator("#content").fill("Nội dung đã gõ xong.")
    officer.press("Tiếp nhận lượt", status=422)
    officer.reads("Cần sửa trước khi lưu")
    assert officer.page.locator("#address").input_value() == "thôn Pò Nhùng"
    assert officer.page.locator("#content").input_value() == "Nội dung đã gõ xong."


def test_another_commune_finds_no_trace_of_the_visit(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    name, number = "Lục Văn Tám", "020166002255"
    open_the_desk(officer)
    register_by_keyboard(officer, name, number, "Trình bày tranh chấp ranh giới đất.")
    officer.follow(officer.page.locator("tr", has_text=name).get_by_role("link").first)
    path = officer.path()
    own_slug = path.split("/")[2]
    stranger = walk("vanphong.xa2.caoloc")
    other_slug = stranger.path().split("/")[2]
    assert own_slug != other_slug
    stranger.open(path.replace(own_slug, other_slug), status=404)
    stranger.open(path, status=404)
    stranger.never_reads(name, number)
    stranger.open(f"/t/{other_slug}/desk")
    open_the_desk(stranger)
    stranger.page.locator("#id_number").fill(number)
    stranger.page.keyboard.press("Tab")
    stranger.page.locator("#returning").get_by_text("Chưa thấy lượt hay đơn nào").wait_for()
    stranger.never_reads(name)
    stranger.open(f"/t/{other_slug}/petitions/")
    stranger.page.locator("#filter-q").fill(name)
    stranger.press("Tìm")
    stranger.reads("Không có đơn nào khớp")


def open_the_desk(officer: Walker) -> None:
    """Open today's reception from the first page, as every morning."""
    officer.follow(officer.menu("Trang đầu"))
    officer.press("Mở bàn tiếp hôm nay")


def register_by_keyboard(officer: Walker, name: str, number: str, content: str) -> int:
    """Register a visitor without a mouse; return how many keys beside the words it took."""
    keyboard = officer.page.keyboard
    keys = 0

    def press(key: str, times: int = 1) -> None:
        nonlocal keys
        keys += times
        for _ in range(times):
            keyboard.press(key)

    officer.page.locator("#full_name").focus()
    keyboard.type(name)
    press("Tab")
    keyboard.type(number)
    press("Tab")
    officer.page.locator("#returning").get_by_text("Chưa thấy").wait_for()
    press("Tab", 2)
    keyboard.type(content)
    while officer.page.evaluate("document.activeElement.type") != "submit":
        press("Tab")
        assert keys < 30, "the button is too far away"
    with officer.page.expect_navigation():
        press("Enter")
    officer.look()
    return keys
