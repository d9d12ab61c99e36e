"""The petition officer's acceptance: from the envelope to the handler, with every day of the deadline explained."""

import re

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker

SENDER = "Đinh Quang Trạch"


def test_a_petition_is_registered_classified_accepted_and_assigned(walk: Walk) -> None:
    officer = walk("xulydon.langson")
    code, pin = register_petition(officer, SENDER, "Đề nghị mở lại lối đi chung bị rào từ năm 2021.")
    assert len(pin) == 6
    officer.follow("Về hồ sơ đơn")
    officer.reads(f"Đơn {code}", "Mới vào sổ", SENDER, "Thời hạn")
    classify(officer, "Kiến nghị", "Thuộc thẩm quyền của đơn vị")
    officer.reads("Đã phân loại", "Đủ điều kiện", "Thuộc thẩm quyền")
    officer.follow("Quyết định hướng xử lý")
    officer.choose("Thụ lý")
    officer.press("Ghi nhận quyết định")
    officer.reads("Đã thụ lý")
    officer.follow("Giao người giải quyết")
    officer.page.get_by_label("Người giải quyết").select_option(label=handler_label(officer))
    officer.page.locator("#brief").fill("Xác minh tại thực địa, báo cáo kết quả.")
    officer.press("Giao việc")
    officer.reads("Đang giải quyết", "Giao người giải quyết")
    handler = walk("giaiquyet.langson")
    handler.follow(handler.menu("Đơn thư"))
    handler.follow("Của tôi")
    handler.reads(code)


def test_why_this_date_counts_each_day_with_its_clause(walk: Walk) -> None:
    """Received Friday 28/06/2024; ten working days: 1-5/7 are days 1 to 5, 8-12/7 are 6 to 10, due 12/07/2024."""
    officer = walk("xulydon.langson")
    register_petition(officer, "Lương Thị Bảo", "Phản ánh điểm tập kết vật liệu chắn đường vào trường học.")
    officer.follow("Về hồ sơ đơn")
    officer.follow("vì sao ngày này")
    officer.reads("Vì sao ngày này", "12/07/2024", "Quy định 11-QĐ", "Điều 6", "10 ngày làm việc")
    days = [" ".join(day.split()) for day in officer.page.locator(".ledger li").all_inner_texts()]
    counted = [day[:5] for day in days if re.search(r"Ngày thứ \d+", day)]
    assert counted == ["01/07", "02/07", "03/07", "04/07", "05/07", "08/07", "09/07", "10/07", "11/07", "12/07"]
    skipped = [day for day in days if "Nghỉ hằng tuần" in day]
    assert [day[:5] for day in skipped] == ["29/06", "30/06", "06/07", "07/07"]
    officer.follow(officer.menu("Thời hạn"))
    officer.reads("Đang tính", "Quá hạn")


def register_petition(officer: Walker, sender: str, content: str) -> tuple[str, str]:
    """Register a petition that came by post; return its code and PIN, from the receipt."""
    officer.follow(officer.menu("Đơn thư"))
    officer.follow("Vào sổ đơn mới")
    officer.page.locator("#people-0-full_name").fill(sender)
    officer.page.locator("#content").fill(content)
    officer.press("Vào sổ và in giấy biên nhận")
    officer.reads("Giấy biên nhận đơn")
    text = officer.text()
    code, pin = re.search(r"Mã đơn: (LS-\w+)", text), re.search(r"Mã PIN: (\d{6})", text)
    assert code, text
    assert pin, text
    return code[1], pin[1]


def classify(officer: Walker, kind: str, competence: str) -> None:
    """Classify the petition that is open, all conditions met."""
    officer.follow(officer.page.locator("main").get_by_role("link", name="Phân loại").first)
    officer.page.locator("main .choice", has_text=kind).first.click()
    for box in officer.page.locator("input[name=conditions]").all():
        box.check()
    officer.page.locator("main .choice", has=officer.page.get_by_text(competence, exact=True)).click()
    officer.press("Ghi nhận phân loại")


def handler_label(officer: Walker) -> str:
    """Give the words of the first handler on offer."""
    options = officer.page.get_by_label("Người giải quyết").locator("option").all_inner_texts()
    return next(label for label in options if "Nông" in label)
