"""The citizen who tracks: a code and a PIN from a paper, on a telephone, without an account."""

import re

from tests.journeys.conftest import Walk
from tests.journeys.test_petition import classify, register_petition
from tests.journeys.test_reception_day import open_the_desk, register_by_keyboard
from tests.journeys.walker import Walker

PROVINCE = "/t/tinh-uy-lang-son"


def test_a_visitor_follows_a_receipt_from_its_address(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    name = "Mã Thị Bưởi"
    open_the_desk(officer)
    register_by_keyboard(officer, name, "020144008866", "Hỏi chế độ hỗ trợ hộ nghèo.")
    officer.follow("In phiếu lượt số")
    text = officer.text()
    code, pin = re.search(r"Mã: (LS-\w+)", text), re.search(r"Mã PIN: (\d{6})", text)
    assert code
    assert pin
    citizen = walk()
    citizen.open("/")
    citizen.page.get_by_label("Tên cơ quan hoặc nơi bạn ở").fill("dong dang")
    citizen.press("Tìm")
    citizen.follow("Đảng ủy thị trấn Đồng Đăng")
    citizen.reads("Sắp tiếp công dân", "Theo dõi việc của bạn")
    track(citizen, code[1].lower(), pin[1])
    citizen.reads(code[1], "Đã tiếp nhận", "28/06/2024", "Đã lấy số, đang chờ tiếp")
    citizen.never_reads(name, "hộ nghèo")


def test_a_wrong_pin_opens_nothing(walk: Walk) -> None:
    officer = walk("xulydon.langson")
    code, pin = register_petition(officer, "Lý Văn Hợi", "Đề nghị sửa cầu tràn.")
    citizen = walk()
    citizen.open(f"{PROVINCE}/track")
    wrong = "000000" if pin != "000000" else "111111"
    track(citizen, code, wrong, status=422)
    citizen.never_reads("Đã tiếp nhận", "Lý Văn Hợi")
    assert citizen.page.locator("#code").input_value() == code, "what was typed stays"
    track(citizen, code, pin)
    citizen.reads(code, "Đã tiếp nhận")
    citizen.never_reads("Lý Văn Hợi", "cầu tràn")


def test_a_sealed_petition_shows_no_more_than_any_other(walk: Walk) -> None:
    officer = walk("xulydon.langson")
    code, pin = register_petition(officer, "Nông Thị Tỵ", "Tố cáo trưởng thôn thu tiền sai quy định.")
    officer.follow("Về hồ sơ đơn")
    classify(officer, "Tố cáo", "Thuộc thẩm quyền của đơn vị")
    citizen = walk()
    citizen.open(f"{PROVINCE}/track")
    track(citizen, code, pin)
    citizen.reads(code, "Đã tiếp nhận", "28/06/2024")
    citizen.never_reads("tố cáo", "Nông Thị Tỵ", "trưởng thôn", "giữ kín")


def track(citizen: Walker, code: str, pin: str, *, status: int = 200) -> None:
    """Fill in the two fields of the tracking form and ask."""
    citizen.page.locator("#code").fill(code)
    citizen.page.locator("#pin").fill(pin)
    citizen.press(citizen.page.locator("form", has=citizen.page.locator("#pin")).get_by_role("button"), status=status)
