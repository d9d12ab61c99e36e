"""A denunciation: sealed from the step that names it one, opened with a reason only, and the journal knows."""

from tests.journeys.conftest import Walk
from tests.journeys.test_petition import classify, register_petition
from tests.journeys.walker import Walker

DENOUNCER = "Triệu Đình Thông"
WORDS = "Tố cáo cán bộ địa chính nhận tiền của ba hộ dân để làm giấy chứng nhận."


def test_a_denouncer_disappears_from_every_page_and_shows_only_with_a_reason(walk: Walk) -> None:
    officer = walk("xulydon.langson")
    code, _pin = register_petition(officer, DENOUNCER, WORDS)
    officer.follow("Về hồ sơ đơn")
    officer.reads(DENOUNCER)
    classify(officer, "Tố cáo", "Thuộc thẩm quyền của đơn vị")
    officer.reads("Giữ kín", "Danh tính được giữ kín")
    officer.never_reads(DENOUNCER, "địa chính")
    petition = officer.path()
    officer.follow(officer.menu("Đơn thư"))
    row = officer.page.locator("tr", has_text=code)
    assert "Danh tính được giữ kín" in row.inner_text()
    officer.never_reads(DENOUNCER)
    officer.page.locator("#filter-q").fill(DENOUNCER)
    officer.press("Tìm")
    officer.reads("Không có đơn nào khớp")
    officer.open(petition)
    officer.press("Mở để xem", status=422)
    officer.fill("Lý do xem", "Đối chiếu đơn để lập hồ sơ thụ lý.")
    officer.press("Mở để xem")
    officer.reads(DENOUNCER, WORDS, "Lần xem này đã được ghi nhật ký")
    the_journal_knows(walk("thanhtra.langson"), petition)


def the_journal_knows(inspector: Walker, petition: str) -> None:
    """The inspector finds the reading in the journal, without a name."""
    inspector.follow(inspector.menu("Nhật ký"))
    petition_id = petition.rsplit("/", 1)[1]
    rows = inspector.page.locator("tr", has_text=petition_id).all_inner_texts()
    assert any("mở xem phần giữ kín" in row for row in rows), rows
    inspector.never_reads(DENOUNCER, "địa chính", "lập hồ sơ thụ lý")
