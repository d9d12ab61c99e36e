"""The province's administrator orders five working days for its communes; a commune's petition shows why."""

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker, opened


def test_an_order_from_above_shortens_a_communes_limit(walk: Walk) -> None:
    """Party committees owe the notice within ten working days (PTY-06); the order makes it five."""
    admin = walk("quantri.langson")
    admin.follow(admin.menu("Plugin"))
    admin.reads("Lạng Sơn: giao ban, hạn nội bộ", "Cấp xã", "Cấp huyện", "cấp xã: bật, đơn vị tự đổi được")
    admin.follow("Lạng Sơn: giao ban, hạn nội bộ")
    _order(admin, "on_locked", "99", "CV 12-CV/TU", status=422)
    admin.reads("Lớn nhất là")
    _order(admin, "on_locked", "5", "CV 12-CV/TU")
    admin.reads("Thay đổi có hiệu lực ngay.")
    try:
        _commune_sees_it(walk("vanphong.xa2.caoloc"))
    finally:
        _order(admin, "on", "", "")


def _order(admin: Walker, when: str, days: str, source: str, *, status: int = 200) -> None:
    form = opened(admin, "commune")
    form.locator("[name=when]").select_option(when)
    form.locator("[name=set_notice_days]").fill(days)
    form.locator("[name=set_source]").fill(source)
    admin.press(form.get_by_role("button", name="Lưu"), status=status)


def _commune_sees_it(office: Walker) -> None:
    office.follow(office.menu("Đơn thư"))
    office.follow("Vào sổ đơn mới")
    office.fill("Nội dung", "Đề nghị sửa cầu dân sinh bị cuốn trôi.")
    office.press("Vào sổ và in giấy biên nhận")
    office.follow("Về hồ sơ đơn")
    office.follow("vì sao ngày này")
    office.reads("Chặt hơn luật", "CV 12-CV/TU", "05/07/2024")
