"""Pages and files of plugins' reports: the same figures everywhere, each opening what it counts."""

import re
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest

from tests.dummy_plugin import BEHAVIOURS
from tests.extensions.conftest import dummy  # noqa: F401 - a fixture
from tests.reports.plugin_fixtures import (  # noqa: F401 - fixtures
    CODE,
    add_class,
    begin,
    enable,
    freeze,
    plugin,
    send,
    switch,
)
from tests.reports.reporting import NAME, report
from tests.support import csrf_of
from tiepdan.reports.periods import make_years, read_period
from tiepdan.reports.texts import write_texts
from tiepdan.sdk import Span

YEAR = read_period("2024")
BEGIN = f"/reports/of/{NAME}/training/new"


@pytest.fixture
def commune(three_levels, plugin, switch, add_class):  # noqa: F811 - fixtures
    switch(three_levels.commune, three_levels.district)
    add_class(three_levels.commune, "2024-01-10", people=30, kind="law", topic="=Luật Đất đai")
    add_class(three_levels.commune, "2024-03-31", people=1212, kind="skill")
    add_class(three_levels.commune, "2022-05-05", people=3, kind=None)
    return three_levels.commune


@pytest.fixture
def browse(make_account, sign_in):
    """Open pages as somebody of a tenant: browse(tenant)(path, status)."""

    def browse(tenant, *roles):
        client = sign_in(make_account(tenant, *(roles or ("petition_officer",))))

        def visit(path, status=200):
            answer = client.get(tenant.url(path))
            assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
            return answer

        return visit

    return browse


@pytest.fixture
def clerk(commune, make_account, sign_in):
    """A browser of the commune: clerk.get(path), clerk.post(path, **values), paths inside the committee."""
    client = sign_in(make_account(commune, "petition_officer", "committee_head"))

    class Clerk:
        def speak(self, language):
            with client.session_transaction() as session:
                session["locale"] = language

        def get(self, path, status=200):
            answer = client.get(path if path.startswith("/t/") else commune.url(path))
            assert answer.status_code == status, (path, answer.status_code, answer.text[:3000])
            return answer

        def post(self, path, status=303, page=BEGIN, **values):
            values["csrf_token"] = csrf_of(client, commune.url(page))
            answer = client.post(commune.url(path), data=values)
            assert answer.status_code == status, (path, answer.status_code, answer.text[:3000])
            return answer

    return Clerk()


def test_a_report_is_begun_written_frozen_and_sent_by_its_pages(three_levels, commune, clerk):
    index = clerk.get("/reports/").text
    assert "Báo cáo tập huấn" in index
    assert "Kế hoạch 120-KH/QU" in index
    assert BEGIN in index
    shown = clerk.post(BEGIN, period="2024")
    path = re.search(r"/reports/[0-9a-f-]+", shown.location)[0]
    page = clerk.get(path).text
    for text in ("1.242", "1/2 (50,0%)", "Pháp luật", "Kỹ năng", "=Luật Đất đai", "Số liệu đang theo sổ", "Đánh giá"):
        assert text in page, text
    assert "Chưa viết" in page
    clerk.post(f"{path}/texts", page=path, **{"section-0": "Kết quả tốt.\n<b>Rất</b> tốt.", "section-1": ""})
    page = clerk.get(path).text
    assert "&lt;b&gt;Rất&lt;/b&gt; tốt." in page
    clerk.post(f"{path}/freeze", page=path, cut_off_on="2024-06-28")
    page = clerk.get(path).text
    assert "Số liệu đang theo sổ" not in page
    assert 'name="section-0"' not in page
    clerk.post(f"{path}/submit", page=f"{path}/due")
    assert "Đã gửi" in clerk.get(path).text
    # Begun again, it opens the one there is.
    assert clerk.post(BEGIN, period="2024").location.endswith(path)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"period": "2019"}, "Kỳ báo cáo"),
        ({"period": "2024-H1"}, "Kỳ báo cáo"),
        ({"first_year": "2024", "last_year": "2020"}, "nhiều nhất 20 năm"),
        ({"first_year": "2004", "last_year": "2024"}, "nhiều nhất 20 năm"),
        ({"first_year": "hai", "last_year": "2024"}, "Từ năm"),
        ({"first_year": "2030", "last_year": "2031"}, "chưa bắt đầu"),
    ],
)
def test_a_wrong_period_is_explained_and_what_was_typed_stays(clerk, sent, said):
    page = clerk.post(BEGIN, status=422, **sent).text
    assert said in page
    assert "last_year" not in sent or f'value="{sent["last_year"]}"' in page


def test_texts_that_are_too_long_are_kept_on_the_page(clerk, commune, begin):  # noqa: F811
    path = f"/reports/{begin(commune, YEAR).id}"
    page = clerk.post(f"{path}/texts", 422, page=path, **{"section-0": "x" * 20_001, "section-1": "Giữ lại"}).text
    assert "không quá 20.000 ký tự" in page
    assert "Giữ lại" in page


def test_every_number_opens_its_records(clerk, commune, begin, freeze):  # noqa: F811
    report_ = begin(commune, make_years(2022, 2024))
    path = f"/reports/{report_.id}"
    links = re.findall(r'href="([^"]*/figures/[^"]+)"', clerk.get(path).text)
    assert len(set(links)) == 5
    for status in ("draft", "frozen"):
        if status == "frozen":
            freeze(commune, report_)
        opened = clerk.get(f"{path}/figures/DT-01/all", 302).location
        page = clerk.get(opened).text
        rows = re.findall(r'data-label="Lớp"><a href="([^"]+)">(\d+)</a>', page)
        # The whole, three years, two kinds: the class without a kind is listed by nothing.
        assert [number for _url, number in rows] == ["3", "1", "0", "2", "1", "1"]
        for url, number in rows:
            listed = clerk.get(url.replace("&amp;", "&")).text
            assert listed.count('data-label="Số người"') == int(number), url
    assert "Số đã chốt ngày" in page
    clerk.get(f"{path}/figures/DT-01/nowhere", 404)
    clerk.get(f"{path}/figures/XX/all", 404)


@pytest.fixture
def written(commune, begin, entered):  # noqa: F811
    begun = begin(commune, make_years(2022, 2024))
    with entered(commune, "reports.prepare") as actor:
        write_texts(begun.id, begun.definition, {0: "Nhận xét chung."}, actor=actor)
    return f"/reports/{begun.id}"


def test_the_workbook_sums_what_it_lists(clerk, written):
    book = openpyxl.load_workbook(BytesIO(clerk.get(f"{written}/file.xlsx").data))
    summary = [[cell.value for cell in row] for row in book["Tổng hợp"].iter_rows()]
    line = next(row for row in summary if row[0] == "DT-02 Chỉ tiêu DT-02")
    assert line[2:6] == [3, 0, 1242, 1245]
    assert any(row[0] == "Nhận xét chung." for row in summary)
    assert any(row[0] == "=Luật Đất đai" for row in summary)  # text, not a formula
    units = book["Theo đơn vị"]
    assert units.max_row == 3
    assert str(units.cell(3, 4).value).startswith("=SUM(")
    assert book["Cách tính"].max_row == 6


def test_word_and_pdf_say_the_same(clerk, written):
    word = docx.Document(BytesIO(clerk.get(f"{written}/file.docx").data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    pdf = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(clerk.get(f"{written}/file.pdf").data)).pages
    )
    pdf = " ".join(pdf.split())
    for said in ("1.245", "Pháp luật", "Không ghi", "=Luật Đất đai", "1/3 (33,3%)"):
        assert said in cells, said
        assert said in pdf, said
    for said in ("I. Tập huấn", "Nhận xét chung.", "II. Đơn thư", "Kế hoạch 120-KH/QU"):
        assert said in text, said
        assert said in pdf, said
    clerk.get(f"{written}/file.txt", 404)


def test_pages_speak_english_too(clerk, written):
    clerk.speak("en")
    page = clerk.get(written).text
    assert "Báo cáo tập huấn (en)" in page
    assert "Pháp luật (en)" in page


def test_the_receiver_reads_sums_and_answers(three_levels, commune, send, browse, switch):  # noqa: F811
    send(commune, YEAR)
    switch(three_levels.district, on=False)
    visit = browse(three_levels.district)
    index = visit("/reports/").text
    assert "Báo cáo chuyên đề đã nhận" in index
    round_path = f"/reports/rounds/2024?report={CODE}"
    page = visit(round_path).text
    assert "Tổng hợp số liệu đã nhận" in page
    assert "1.242" in page
    submission = re.search(r'href="[^"]*(/reports/received/[^"]+)"', page)[1]
    shown = visit(submission).text
    for text in ("1.242", "Pháp luật", "=Luật Đất đai", "Báo cáo tập huấn", "Chấp nhận"):
        assert text in shown, text
    unit = re.search(r'href="[^"]*(/reports/received/[^"]+/units/[^"]+)"', shown)[1]
    assert "1.242" in visit(unit).text
    visit("/reports/rounds/2024?report=reporting/unknown", 404)


def test_a_stranger_and_whoever_has_no_right_see_nothing(three_levels, commune, begin, browse):  # noqa: F811
    begun = begin(commune, YEAR)
    for tenant in (three_levels.stranger, three_levels.sibling, three_levels.district):
        visit = browse(tenant)
        for path in ("", "/figures/DT-01/all", "/file.xlsx", "/units/x"):
            visit(f"/reports/{begun.id}{path}", 404)
    assert "Báo cáo tập huấn" not in browse(three_levels.sibling)("/reports/").text
    browse(three_levels.sibling)(BEGIN, 404)
    browse(commune, "tenant_admin")(f"/reports/{begun.id}", 403)


def test_a_plugin_that_is_off_leaves_the_pages(three_levels, commune, clerk, begin, freeze, switch):  # noqa: F811
    draft, frozen = begin(commune, "2024-M05"), freeze(commune, begin(commune, YEAR))
    switch(commune, on=False)
    index = clerk.get("/reports/").text
    assert BEGIN not in index
    assert "Báo cáo tập huấn" in index
    page = clerk.get(f"/reports/{draft.id}").text
    assert "Chưa đếm được số liệu" in page
    assert "1.242" in clerk.get(f"/reports/{frozen.id}").text
    clerk.get(f"/reports/{frozen.id}/file.pdf")
    clerk.get(f"/reports/{draft.id}/file.pdf", 409)
    unit = clerk.get(clerk.get(f"/reports/{frozen.id}/figures/DT-01/all", 302).location).text
    assert "/registers/" not in unit


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_the_page_of_reports_works_whatever_a_plugin_does(commune, clerk, enable, dummy, behaviour):  # noqa: F811
    enable(commune, behaviour=behaviour)
    page = clerk.get("/reports/").text
    assert "Báo cáo tập huấn" in page
    if behaviour not in ("changed_setting", "changed_role", "other_tenant"):
        assert "Có plugin không trả lời được" in page


def test_the_dummy_plugin_has_a_report_like_any_other(commune, clerk, enable, dummy):  # noqa: F811
    enable(commune)
    path = re.search(r"/reports/[0-9a-f-]+", clerk.post("/reports/of/dummy/test/new", period="2024").location)[0]
    assert "Báo cáo thử của" in clerk.get(path).text


def test_a_round_is_opened_for_a_plugins_report(three_levels, commune, clerk, plugin, make_account, sign_in):  # noqa: F811
    plugin.given = [report(first_day=15, spans=(Span.MONTH,))]
    client = sign_in(make_account(three_levels.district, "petition_officer", "committee_head"))
    path = three_levels.district.url(f"/reports/rounds/new?report={CODE}")
    values = {"period": "2024-M06", "due_on": "2024-06-20", "csrf_token": csrf_of(client, path)}
    answer = client.post(path, data=values)
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    assert "tháng 6 năm 2024" in page.lower()
    index = clerk.get("/reports/").text
    assert "Cấp trên đang chờ" in index
    assert f"{BEGIN}?period=2024-M06" in index
    assert "15/05/2024" in clerk.get(clerk.post(BEGIN, period="2024-M06").location).text
