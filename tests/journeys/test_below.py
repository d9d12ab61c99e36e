"""The superior's page: counts, summaries and deadlines of all below, and not one name."""

from tests.journeys.conftest import Walk


def test_a_superior_reads_summaries_and_cannot_reach_more(walk: Walk) -> None:
    superior = walk("vanphong.langson")
    district = walk("vanphong.caoloc")
    district.follow(district.menu("Đơn thư"))
    row = district.page.locator("tbody tr", has_not_text="Danh tính được giữ kín").first
    code, sender = row.locator("a.code").inner_text(), row.locator("td").nth(1).inner_text()
    district.follow(row.locator("a.code"))
    path = district.path()
    superior.follow(superior.menu("Cấp dưới"))
    superior.reads("Tổng số", "Đang giải quyết", "Quá hạn", code)
    superior.never_reads(sender)
    superior.follow(code)
    superior.reads("Bản tóm tắt do Huyện ủy Cao Lộc chia sẻ", "Danh tính và hồ sơ ở lại đơn vị giữ")
    superior.never_reads(sender)
    superior.open(path, status=404)
    superior.never_reads(sender)
    superior.open(path.replace("huyen-uy-cao-loc", "tinh-uy-lang-son"), status=404)
    superior.open("/t/tinh-uy-lang-son/below/")
    superior.page.get_by_label("Thời hạn").select_option(label="Quá hạn")
    superior.page.wait_for_url("**overdue=1**")
    superior.look()
    assert superior.page.locator("tbody tr", has_text="Quá hạn").count() >= 1
    superior.follow("Theo tháng")
    superior.reads("Đơn nhận được ở cấp dưới theo tháng")


def test_an_overdue_deadline_reaches_the_superior_who_acknowledges_it(walk: Walk) -> None:
    superior = walk("xulydon.langson")
    superior.follow(superior.menu("Báo quá hạn"))
    superior.reload_until("Chờ ghi nhận")  # the worker may still be carrying them up
    superior.follow(superior.page.locator("main tbody a").first)
    superior.press("Ghi nhận")
    superior.reads("Đã ghi nhận")
