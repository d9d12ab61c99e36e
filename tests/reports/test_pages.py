"""The report's pages and files: the same figures everywhere, each opening what it counts."""

import re
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest

from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import list_reports
from tiepdan.reports.units import key_of

HALF = read_period("2022-H1")
# What stands in page, Excel, Word and PDF: indicator, row of the table, figure as written.
FIGURES = [
    ("D11-01", "province", "2"),
    ("D11-02", "province", "2"),
    ("D11-03", "province", "3"),
    ("D11-01", "district", "1"),
    ("D11-01", "commune", "5"),
    ("D11-10", "state", "13"),
    ("D11-11", "judicial", "2"),
    ("D11-22", "commune", "5/36, thiếu 32"),
]


@pytest.fixture
def report_id(reported, entered):
    with entered(reported.province, "reports.view") as actor:
        return list_reports(actor=actor)[0].id


@pytest.fixture
def office(reported, make_account, sign_in):
    """The browser of the province's petition officer."""
    return sign_in(make_account(reported.province, "petition_officer"))


@pytest.fixture
def page(office, reported, report_id):
    def page(path="", **options):
        answer = office.get(reported.province.url(f"/reports/{report_id}{path}"), **options)
        assert answer.status_code == 200, answer.text
        return answer

    return page


def test_the_page_shows_the_figures_and_each_opens(page, reported, report_id):
    text = page().text
    for indicator, tier, figure in FIGURES:
        link = f'href="{reported.province.url(f"/reports/{report_id}/figures/{indicator}/{tier}")}"'
        assert re.search(re.escape(link) + r"[^>]*>" + re.escape(figure) + "<", text), (indicator, tier, figure)
    assert text.count('class="tile-value"') == 7
    assert "chart-svg" in text
    assert 'class="quota' in text


def test_one_can_walk_from_a_figure_to_the_evidence_of_a_reception(page, reported, report_id, office):
    text = page("/figures/D11-01/commune").text
    district = key_of(reported.district.id)
    assert f"under={district}" in text
    text = page(f"/figures/D11-01/commune?under={district}").text
    commune = key_of(reported.commune.id)
    assert f"/units/{commune}?indicator=D11-01" in text
    text = page(f"/units/{commune}?indicator=D11-01").text
    assert "05/01/2022" in text
    assert "25/01/2022" in text
    assert not re.search(r"/receptions/[0-9a-f-]{36}", text)  # another tenant's reception is evidence, not a link


def test_own_figures_open_own_records(page, reported, office):
    answer = office.get(reported.province.url("/reports/"), follow_redirects=True)
    assert answer.status_code == 200
    text = page("/figures/D11-01/province", follow_redirects=True).text
    links = re.findall(r'href="([^"]*/receptions/[0-9a-f-]{36})"', text)
    assert len(links) == 2
    assert office.get(links[0]).status_code == 200


def test_the_workbook_holds_formulas_with_their_values(page):
    content = BytesIO(page("/file.xlsx").data)
    values = openpyxl.load_workbook(content, data_only=True)
    content.seek(0)
    formulas = openpyxl.load_workbook(content)
    assert values.sheetnames[:6] == [
        "Tổng hợp", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ quan hành chính", "Cơ quan tư pháp",
    ]  # fmt: skip
    summary = values["Tổng hợp"]
    heads = [cell.value for cell in summary[5]]
    columns = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã", "state": "Cơ quan hành chính",
               "judicial": "Cơ quan tư pháp"}  # fmt: skip
    rows = {str(row[0].value).split(" ")[0]: row for row in summary.iter_rows(min_row=6) if row[0].value}
    for indicator, tier, figure in FIGURES:
        cell = rows[indicator][heads.index(columns[tier])]
        assert cell.value == int(figure.split("/")[0]), (indicator, tier)
        assert str(formulas["Tổng hợp"][cell.coordinate].value).startswith("='")
    commune = formulas["Cấp xã"]
    totals = [cell for cell in commune[commune.max_row] if str(cell.value).startswith("=SUM(")]
    assert totals
    evidence = values["Chứng cứ"]
    assert evidence.max_row - 1 == 2 + 1 + 3 + 1 + 2 + 3 + 1 + 1
    assert "Bí Mật" not in str([cell.value for row in evidence.iter_rows() for cell in row])


def test_a_name_typed_by_hand_is_no_formula_in_the_workbook(province, make_account, sign_in):
    clerk = sign_in(make_account(province.district, "petition_officer"))
    base = province.district.url("/reports")
    token = csrf(clerk, f"{base}/new")
    report = clerk.post(f"{base}/new", data={"period": "2022-H1", "csrf_token": token}).location
    name = '=HYPERLINK("http://evil.example","Tòa án")'
    data = {"body_name": name, "place": "D11-11/judicial", "value": "12", "note": "BC 45", "csrf_token": token}
    assert clerk.post(f"{report}/typed", data=data).status_code == 303
    answer = clerk.get(f"{report}/file.xlsx")
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = openpyxl.load_workbook(BytesIO(answer.data))["Cơ quan tư pháp"]
    cell = next(cell for cell in sheet["A"] if "HYPERLINK" in str(cell.value))
    assert cell.data_type == "s"


def test_word_says_the_same(page):
    file = docx.Document(BytesIO(page("/file.docx").data))
    tables = {table.rows[0].cells[0].text: table for table in file.tables}
    rows = {row.cells[0].text: [cell.text for cell in row.cells[2:]] for row in tables["Chỉ tiêu"].rows}
    order = ["province", "district", "commune", "state", "judicial"]
    labels = {
        "D11-01": "Số kỳ tiếp của người đứng đầu cấp ủy",
        "D11-02": "Số vụ việc người đứng đầu tiếp",
        "D11-03": "Số lượt công dân người đứng đầu tiếp",
        "D11-10": "Số lượt tiếp công dân của cơ quan hành chính",
        "D11-11": "Số lượt tiếp công dân của cơ quan tư pháp",
        "D11-22": "Ngày tiếp định kỳ: đã tiếp / phải tiếp",
    }
    for indicator, tier, figure in FIGURES:
        assert rows[labels[indicator]][order.index(tier)] == figure
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Bí thư cấp ủy tỉnh tiếp 2 kỳ, 2 vụ việc, 3 lượt" in text
    head = "\n".join(cell.text for cell in file.tables[0].rows[0].cells)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head
    assert "TỈNH ỦY LẠNG THỬ" in head
    assert "Lạng Thử, ngày 28 tháng 6 năm 2024" in head


def test_pdf_says_the_same_with_its_font_inside(page):
    reader = pypdf.PdfReader(BytesIO(page("/file.pdf").data))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "Bí thư cấp ủy tỉnh tiếp 2 kỳ, 2 vụ việc, 3 lượt" in text
    assert "bí thư cấp ủy huyện tiếp 1 kỳ" in text
    assert "bí thư cấp ủy xã tiếp 5 kỳ" in text
    assert "cơ quan hành chính tiếp 13 lượt" in text
    assert "cơ quan tư pháp tiếp 2 lượt" in text
    assert "5/36, thiếu 32" in text
    fonts = {font.get_object()["/BaseFont"] for sheet in reader.pages for font in sheet["/Resources"]["/Font"].values()}
    assert fonts
    assert all("LibertinusSerif" in name for name in fonts)


def csrf(client, path):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]


def test_a_commune_reports_and_its_district_returns_and_accepts(province, make_account, sign_in):
    commune, district = province.commune, province.district
    clerk = sign_in(make_account(commune, "petition_officer"))
    superior = sign_in(make_account(district, "petition_officer"))
    answer = superior.post(
        district.url("/reports/rounds/new"),
        data={"period": "2024-H1", "due_on": "2024-07-05", "csrf_token": csrf(superior, district.url("/reports/rounds/new"))},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    assert province.sibling.slug not in superior.get(answer.location).text
    asked = clerk.get(commune.url("/reports/")).text
    assert "Cấp trên đang chờ" in asked
    token = csrf(clerk, commune.url("/reports/new"))
    answer = clerk.post(commune.url("/reports/new"), data={"period": "2024-H1", "csrf_token": token})
    assert answer.status_code == 303, answer.text
    report = answer.location
    wrong = clerk.post(f"{report}/freeze", data={"cut_off_on": "2030-01-01", "csrf_token": token})
    assert wrong.status_code == 422
    assert "Ngày chốt phải" in wrong.text
    answer = clerk.post(f"{report}/freeze", data={"cut_off_on": "2024-06-28", "csrf_token": token})
    assert answer.status_code == 303, answer.text
    answer = clerk.post(f"{report}/submit", data={"csrf_token": token})
    assert answer.status_code == 303, answer.text
    assert "Đã gửi" in clerk.get(report).text
    round_page = superior.get(district.url("/reports/rounds/2024-H1")).text
    submission = re.search(r'href="([^"]*/reports/received/[^"]*)"', round_page)[1]
    token = csrf(superior, submission)
    refused = superior.post(f"{submission}/return", data={"reason": "", "csrf_token": token})
    assert refused.status_code == 422
    answer = superior.post(f"{submission}/return", data={"reason": "Thiếu ngày 5/6", "csrf_token": token})
    assert answer.status_code == 303
    assert "Thiếu ngày 5/6" in clerk.get(report).text
    inside = re.search(r'href="([^"]*/units/t\d+)"', superior.get(submission).text)[1]
    assert superior.get(inside).status_code == 200
    assert clerk.get(f"{report}/differences").status_code == 200
    for stranger in (province.sibling, province.stranger):
        other = sign_in(make_account(stranger, "petition_officer"))
        assert other.get(stranger.url(submission.split(district.slug)[1])).status_code == 404
        assert other.get(stranger.url(report.split(commune.slug)[1])).status_code == 404


def test_figures_are_typed_by_hand_on_the_page(province, make_account, sign_in):
    clerk = sign_in(make_account(province.district, "petition_officer"))
    base = province.district.url("/reports")
    token = csrf(clerk, f"{base}/new")
    report = clerk.post(f"{base}/new", data={"period": "2022-H1", "csrf_token": token}).location
    data = {"body_name": "Tòa án huyện", "place": "D11-11/judicial", "value": "12", "note": "", "csrf_token": token}
    wrong = clerk.post(f"{report}/typed", data=data)
    assert wrong.status_code == 422
    assert "Tòa án huyện" in wrong.text
    assert clerk.post(f"{report}/typed", data={**data, "note": "BC 45/BC-TA"}).status_code == 303
    text = clerk.get(report).text
    assert "BC 45/BC-TA" in text
    assert "Nhập tay" in text
    removal = re.search(r'action="([^"]*/typed/[^"]*/remove)"', text)[1]
    assert clerk.post(removal, data={"csrf_token": token}).status_code == 303
    assert "BC 45/BC-TA" not in clerk.get(report).text


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_who_only_reads_may_not_freeze(province, make_account, sign_in, entered, role):
    from tiepdan.reports.preparing import open_report

    with entered(province.commune, "reports.prepare", "reports.view") as actor:
        report = open_report("qd11", HALF, actor=actor, on=date(2024, 6, 28))
    reader = sign_in(make_account(province.commune, role))
    url = province.commune.url(f"/reports/{report.id}")
    assert reader.get(url).status_code == 200
    token = csrf(reader, url)
    for step in ("freeze", "submit", "correct", "due", "typed"):
        assert reader.post(f"{url}/{step}", data={"csrf_token": token}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/figures/D11-99/commune",
        "/figures/D11-01/galaxy",
        "/figures/D11-01/commune?under=t999999",
        "/units/t999999",
        "/file.exe",
    ],
)
def test_what_is_not_there_is_not_found(office, reported, report_id, path):
    assert office.get(reported.province.url(f"/reports/{report_id}{path}")).status_code == 404
