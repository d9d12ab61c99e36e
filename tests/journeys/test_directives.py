"""From what was said at a reception to work that is taken on, or refused with a reason."""

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker

DONE, REFUSED = "Rà soát hồ sơ đất của hộ dân khu Pá Phiêng", "Chi trả hỗ trợ theo quyết định cũ"


def test_a_conclusion_gives_work_that_receivers_acknowledge_or_refuse(walk: Walk) -> None:
    office = walk("vanphong.caoloc")
    conclude_todays_reception(office)
    office.reads("77-TB/VP", DONE, REFUSED)
    office.follow("Về danh sách")
    office.follow(office.menu("Giao việc"))
    office.reads(DONE, REFUSED)
    commune = walk("vanphong.xa1.caoloc")
    open_received(commune, DONE)
    commune.reads("Huyện ủy Cao Lộc", "Báo cáo bằng văn bản")
    commune.press("Xác nhận nhận việc")
    commune.never_reads(REFUSED)
    other = walk("vanphong.xa2.caoloc")
    open_received(other, REFUSED)
    other.never_reads(DONE)
    other.follow("Từ chối, nêu lý do")
    other.press("Ghi nhận", status=422)
    other.fill("Lý do", "Việc thuộc thẩm quyền của Ủy ban nhân dân huyện.")
    other.press("Ghi nhận")
    other.reads("Từ chối")
    office.follow(office.menu("Giao việc"))
    office.follow(DONE)
    office.reads("Đảng ủy thị trấn Đồng Đăng", "xác nhận")
    office.follow(office.menu("Giao việc"))
    office.follow("Bị từ chối")
    office.follow(REFUSED)
    office.reads("Việc thuộc thẩm quyền của Ủy ban nhân dân huyện.")
    office.follow("Mở thông báo kết luận")
    office.reads("Thông báo", "77-TB/VP", DONE, REFUSED)


def conclude_todays_reception(office: Walker) -> None:
    """Receive who still waits, end the day, and issue the conclusion with two tasks."""
    office.press("Mở bàn tiếp hôm nay")
    while office.page.get_by_role("button", name="Đã tiếp").count():
        office.press("Đã tiếp")
    office.agree()
    office.press("Kết thúc buổi tiếp")
    office.follow("Ra thông báo kết luận")
    office.fill("Số thông báo", "77-TB/VP")
    office.page.locator("#signed_on").fill("2024-06-28")
    office.page.locator("#signer_name").fill("Lộc Văn Hưng")
    office.page.locator("#text").fill("Đồng chí Bí thư kết luận: giao hai đảng ủy kiểm tra và báo cáo.")
    office.page.get_by_role("button", name="Thêm việc").click()
    for place, (receiver, title) in enumerate((("Đồng Đăng", DONE), ("thị trấn Cao Lộc", REFUSED))):
        field = office.page.locator(f"#assignments-{place}-receiver")
        label = next(text for text in field.locator("option").all_inner_texts() if receiver in text)
        field.select_option(label=label)
        office.page.locator(f"#assignments-{place}-title").fill(title)
        office.page.locator(f"#assignments-{place}-instruction").fill("Báo cáo bằng văn bản.")
        office.page.locator(f"#assignments-{place}-due_on").fill("2024-07-19")
    office.look()
    office.press("Ban hành và giao việc")


def open_received(walker: Walker, title: str) -> None:
    """Open a task among those received."""
    walker.follow(walker.menu("Giao việc"))
    walker.follow("Việc được giao")
    walker.follow(title)
