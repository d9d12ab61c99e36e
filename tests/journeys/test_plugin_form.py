"""A superior switches a plugin on for its districts; a district's officer meets its questions at the next petition."""

from tests.journeys.conftest import Walk
from tests.journeys.walker import opened

QUESTION = "Vụ việc đông người, phức tạp, kéo dài có chỉ đạo của cấp trên"
NUMBER = "Số văn bản chỉ đạo"


def test_a_district_answers_what_the_provinces_plugin_asks(walk: Walk) -> None:
    administrator = walk("quantri.langson")
    administrator.open("/t/tinh-uy-lang-son/plugins/level-district")
    form = opened(administrator, "district")
    form.get_by_label("Quyết định").select_option(label="Bật, đơn vị tự đổi được")
    administrator.press(form.get_by_role("button", name="Lưu"))
    officer = walk("vanphong.caoloc")
    officer.follow(officer.menu("Đơn thư"))
    officer.follow("Vào sổ đơn mới")
    officer.reads("Chỉ đạo của cấp trên", QUESTION)
    part = officer.page.get_by_role("group", name="Chỉ đạo của cấp trên")
    assert not part.get_by_label(NUMBER).is_visible()
    officer.page.locator("#people-0-full_name").fill("Hứa Thị Đông")
    officer.page.locator("#content").fill("Đề nghị giải quyết dứt điểm việc thu hồi đất của 40 hộ.")
    part.get_by_text("Có", exact=True).click()
    part.get_by_label(NUMBER).fill("446/UBND-TTr")
    officer.press("Vào sổ và in giấy biên nhận", status=422)
    officer.reads("Ngày văn bản chỉ đạo: Mục này cần được điền.")
    assert part.get_by_label(NUMBER).input_value() == "446/UBND-TTr"
    part.get_by_label("Ngày văn bản chỉ đạo").fill("2024-04-20")
    part.get_by_label("Cơ quan chỉ đạo").fill("UBND tỉnh")
    officer.press("Vào sổ và in giấy biên nhận")
    officer.follow("Về hồ sơ đơn")
    officer.reads("Chỉ đạo của cấp trên", "446/UBND-TTr", "20/04/2024", "UBND tỉnh")
