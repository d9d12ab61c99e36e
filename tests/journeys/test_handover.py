"""A petition that belongs elsewhere: a sealed copy goes, the receiver answers, the sender sees the answer."""

from tests.journeys.conftest import Walk
from tests.journeys.test_petition import classify, register_petition
from tests.journeys.walker import Walker

SENDER, WORDS = "Bế Văn Lưu", "Kiến nghị nạo vét suối qua trung tâm huyện."


def test_a_handover_is_accepted_with_a_receipt(walk: Walk) -> None:
    province = walk("xulydon.langson")
    send(province, "91-CV/TU")
    district = walk("vanphong.caoloc")
    open_handover(district, "91-CV/TU")
    district.reads("Tỉnh ủy Lạng Sơn", SENDER, WORDS)
    district.press("Tiếp nhận, vào sổ")
    district.reads("91-CV/TU")
    open_handover(province, "91-CV/TU", sent=True)
    province.reads("Đã tiếp nhận")
    bystander = walk("vanphong.xa1.caoloc")
    slug = bystander.path().split("/")[2]
    bystander.open(province.path().replace("tinh-uy-lang-son", slug), status=404)


def test_a_handover_is_refused_with_a_reason(walk: Walk) -> None:
    province = walk("xulydon.langson")
    send(province, "92-CV/TU")
    district = walk("vanphong.caoloc")
    open_handover(district, "92-CV/TU")
    district.fill("Lý do", "Suối thuộc địa bàn huyện khác quản lý.")
    district.press("Từ chối")
    open_handover(province, "92-CV/TU", sent=True)
    province.reads("Suối thuộc địa bàn huyện khác quản lý.", "Bị từ chối")
    province.reload_until("Nơi gửi tiếp tục xử lý đơn")  # a job of the sender's takes the petition back


def send(province: Walker, number: str) -> None:
    """Register a petition for another body and hand it over."""
    register_petition(province, SENDER, WORDS)
    province.follow("Về hồ sơ đơn")
    classify(province, "Kiến nghị", "Không thuộc thẩm quyền")
    province.follow("Chuyển bản sao niêm phong")
    province.page.locator("#filter-q").fill("huyen uy cao loc")
    province.press("Tìm")
    province.choose("Huyện ủy Cao Lộc")
    province.fill("Số văn bản chuyển", number)
    province.fill("Lý do chuyển", "Thuộc thẩm quyền của Huyện ủy Cao Lộc.")
    province.press("Chuyển đơn")
    province.reads(number)


def open_handover(walker: Walker, number: str, *, sent: bool = False) -> None:
    """Open a handover from the list."""
    walker.follow(walker.menu("Chuyển đơn"))
    if sent:
        walker.follow("Đã gửi")
    walker.follow(walker.page.locator("tr", has_text=number).get_by_role("link").first)
