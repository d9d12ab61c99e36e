"""The newspaper's figures: what Lạng Sơn published of the first half of 2022, counted from registers, in four forms.

Held: the provincial secretary 6, eleven district secretaries 66 = 11 × 6, two hundred commune secretaries
890 = 90 × 5 + 110 × 4. Owed: one day a month above, two a month in a commune, so 2.400.
"""

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker, download

FIGURES = ("6", "8", "27", "66", "890", "1.433", "1.206")
HELD_AND_OWED = ("6/6", "66/66", "890/2.400")


@pytest.fixture
def office(walk: Walk) -> Walker:
    """The office of the provincial committee, at the report."""
    office = walk("vanphong.langson")
    office.follow(office.menu("Báo cáo"))
    office.follow(
        office.page.locator("section", has_text="Báo cáo của đơn vị").get_by_role("link", name="6 tháng đầu năm 2022")
    )
    return office


def test_the_page_shows_the_figures_and_what_is_owed(office: Walker) -> None:
    tiles = office.page.locator(".tile-value").all_inner_texts()
    assert tiles == list(FIGURES)
    office.reads(*HELD_AND_OWED, "Còn thiếu 1.510 ngày", "Kỳ tiếp của người đứng đầu theo tháng")
    office.follow("Xem từng đơn vị")
    office.reads("Đúng hạn", "Huyện ủy Cao Lộc")
    assert office.page.locator(".tile-value").first.inner_text() == "26", "every unit sent on time"


def test_a_click_on_890_leads_to_the_evidence_of_a_commune(office: Walker) -> None:
    office.follow(office.page.locator(".tile a", has_text="890"))
    office.reads("890", "Huyện ủy Cao Lộc")
    parts = [int(text.replace(".", "")) for text in office.page.locator("tbody td.num:nth-child(2)").all_inner_texts()]
    assert sum(parts) == 890
    office.follow(office.page.locator("tbody").get_by_role("link", name="Huyện ủy Cao Lộc"))
    of_district = [int(text) for text in office.page.locator("tbody td.num:nth-child(2)").all_inner_texts()]
    assert set(of_district) <= {4, 5}
    office.follow(office.page.locator("tbody").get_by_role("link", name="Đồng Đăng"))
    office.reads("Đảng ủy thị trấn Đồng Đăng", "Chứng cứ đơn vị gửi kèm, đã đóng băng", "Người đứng đầu")
    evidence = office.page.locator("table", has_text="Ngày tiếp").first.locator("tbody tr")
    assert evidence.count() == of_district[0]
    assert all("/2022" in row for row in evidence.all_inner_texts())


def test_the_commune_sees_the_same_receptions_in_its_own_records(walk: Walk) -> None:
    commune = walk("vanphong.xa1.caoloc")
    commune.follow(commune.menu("Báo cáo"))
    commune.follow("6 tháng đầu năm 2022")
    commune.follow(commune.page.locator(".tile a").first)
    commune.follow(commune.page.locator("tbody a", has_text="/2022").first)
    commune.reads("Tiếp định kỳ", "Hàng đợi và các lượt")


def test_every_indicator_opens_what_it_counts(office: Walker) -> None:
    report = office.path()
    links = office.page.locator("td.num a")
    hrefs = [str(links.nth(place).get_attribute("href")) for place in range(links.count())]
    assert len(hrefs) >= 20
    for href in hrefs[::5]:
        office.open(href)
    office.open(report)


def test_excel_has_the_figures_as_formulas_with_their_values(office: Walker, tmp_path: Path) -> None:
    path = download(office, office.link("Excel"), tmp_path)
    shown = openpyxl.load_workbook(path, data_only=True)
    values = {cell for sheet in shown for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {6, 8, 27, 66, 890, 1433, 1206} <= values
    assert {2400} & values, "what communes owe stands there too"
    written = openpyxl.load_workbook(path)
    formulas = [
        cell for sheet in written for row in sheet.iter_rows(values_only=True) for cell in row if str(cell)[:1] == "="
    ]
    assert any("SUM" in str(formula) for formula in formulas)


def test_word_has_the_figures(office: Walker, tmp_path: Path) -> None:
    document = Document(str(download(office, office.link("Word"), tmp_path)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text.strip() for table in document.tables for row in table.rows for cell in row.cells]
    assert not [figure for figure in FIGURES if figure not in cells]
    assert any("2.400" in words for words in [text, *cells])


def test_pdf_has_the_figures(office: Walker, tmp_path: Path) -> None:
    pages = PdfReader(download(office, office.link("PDF"), tmp_path)).pages
    words = " ".join(page.extract_text() for page in pages).split()
    assert not [figure for figure in FIGURES if figure not in words]
    assert any("2.400" in word for word in words)
