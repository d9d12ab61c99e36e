"""A reception register as a workbook: read, validated, written once, annotated where it is wrong."""

import json
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from click.testing import CliRunner

from tiepdan.core.errors import Forbidden, Invalid
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.commands import imports
from tiepdan.receptions.figures import count_receptions
from tiepdan.receptions.register_cells import read_day
from tiepdan.receptions.register_columns import HEADINGS, WRITTEN, Column, read_mapping
from tiepdan.receptions.register_import import import_register
from tiepdan.receptions.registers import RegisterEntry
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.receptions.workbook import RegisterWorkbook
from tiepdan.receptions.workbook_copy import copy_path
from tiepdan.receptions.workbook_template import write_register_workbook
from tiepdan.sdk import PetitionKind
from tiepdan.tenancy.service import tenant_by_id

ON = date(2024, 6, 28)
HALF = (date(2022, 1, 1), date(2022, 6, 30))

FIRST = RegisterEntry(
    book="Sổ tiếp công dân", year=2022, number=1, day_on=date(2022, 1, 10), session="Kỳ 1", duty=Duty.PARTY,
    form=ReceptionForm.PERIODIC, chair=ReceivedBy.HEAD, chair_name="Đồng chí Thử",
    people=(PersonDetails("Hoàng Thị Thử", "thôn Nà Thử", "citizen_id", "020123456789"),),
    content="Đề nghị xem xét bồi thường", kind=PetitionKind.PROPOSAL, matter="bồi thường",
)  # fmt: skip
ENTRIES = [
    FIRST,
    replace(FIRST, number=2, people=(PersonDetails("Lý Văn Thử"), PersonDetails("Nông Thị Thử")), people_count=6,
            kind=PetitionKind.COMPLAINT, guided_document="12/HD"),
    replace(FIRST, number=3, day_on=date(2022, 2, 14), session="Kỳ 2", people=(), content="", kind=None, matter=""),
    replace(FIRST, number=4, day_on=date(2022, 3, 1), session="Kỳ 3", chair=ReceivedBy.SUBSTITUTE,
            kind=PetitionKind.DENUNCIATION, matter="", result="Đã chuyển"),
]  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "so.xlsx"
    write_register_workbook(path, ENTRIES)
    return path


@pytest.fixture
def bring(app, make_tenant):
    """Import a workbook into a tenant, a fresh commune's party committee if none is given."""
    from tiepdan.core.actor import Actor
    from tiepdan.core.db import forget_session
    from tiepdan.core.scope import enter

    fresh = make_tenant()

    def bring(path, tenant=fresh, **options):
        with app.app_context(), enter(tenant.scope):
            try:
                actor = Actor.system("registers.import", tenant_id=tenant.id)
                return import_register(path, actor=actor, on=ON, **options)
            finally:
                forget_session()

    bring.tenant = fresh
    return bring


@pytest.fixture
def figures(entered):
    def figures(tenant):
        with entered(tenant, "receptions.view"):
            return count_receptions(*HALF)

    return figures


def change(path, **cells):
    """Write into cells: change(path, B5="31/02/2022")."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)


def test_what_is_written_is_read_back(workbook, app, make_tenant, entered):
    tenant = make_tenant()
    with entered(tenant):
        rows = list(RegisterWorkbook(workbook, tenant_by_id(tenant.id), on=ON).rows())
    assert [row.faults for row in rows] == [()] * 4
    expected = [replace(entry, people=list(entry.people), within_competence=None) for entry in ENTRIES]
    assert [row.entry for row in rows] == expected


def test_a_register_becomes_receptions_and_visits(workbook, bring, figures):
    outcome = bring(workbook)
    assert (outcome.rows, outcome.written, outcome.visits, outcome.receptions) == (4, 4, 3, 3)
    assert outcome.ok
    assert outcome.copy is None
    found = figures(bring.tenant)
    assert (found.receptions, found.visits, found.people, found.crowds, found.empty_receptions) == (3, 3, 8, 1, 1)
    assert found.matters == 2  # two visits about one matter, one about a matter of its own


def test_a_second_run_changes_nothing(workbook, bring, figures):
    bring(workbook)
    before = figures(bring.tenant)
    outcome = bring(workbook)
    assert (outcome.written, outcome.unchanged) == (0, 4)
    assert figures(bring.tenant) == before


def test_the_same_book_of_another_body_is_another_book(workbook, bring, figures, make_tenant):
    bring(workbook)
    other = make_tenant()
    assert figures(other).visits == 0
    assert bring(workbook, tenant=other).written == 4
    assert figures(bring.tenant).visits == 3


def test_good_rows_are_written_and_faults_marked(workbook, bring, figures):
    change(workbook, B6="31/02/2022", P8="tình cờ", G8=0)
    outcome = bring(workbook)
    assert set(outcome.faults) == {6, 8}
    assert (outcome.rows, outcome.written) == (4, 2)
    assert {fault.column for fault in outcome.faults[8]} == {Column.FORM, Column.PEOPLE}
    marked = openpyxl.load_workbook(copy_path(workbook)).active
    assert marked["B6"].fill.fgColor.rgb == "00F8CBAD"
    assert marked["B5"].fill.fgColor.rgb != "00F8CBAD"
    added = marked.cell(3, len(WRITTEN) + 1)
    assert added.value == "Lỗi cần sửa"
    assert "31/02/2022" in marked.cell(6, added.column).value
    assert marked.cell(5, added.column).value is None
    assert marked.column_dimensions["E"].width > 50  # the copy keeps its looks
    # Corrected in the copy, the rest comes in and nothing twice.
    corrected = copy_path(workbook)
    change(corrected, B6="10/01/2022", P8="định kỳ", G8=1)
    again = bring(corrected)
    assert (again.written, again.unchanged, again.faults) == (2, 2, {})
    assert figures(bring.tenant).visits == 3


def test_all_or_nothing_keeps_everything_out(workbook, bring, figures):
    change(workbook, B6="hôm qua")
    outcome = bring(workbook, all_or_nothing=True)
    assert (outcome.written, set(outcome.faults)) == (0, {6})
    assert figures(bring.tenant).receptions == 0
    change(workbook, B6=datetime(2022, 1, 10))  # noqa: DTZ001 - as Excel keeps it
    assert bring(workbook, all_or_nothing=True).written == 4


@pytest.mark.parametrize(
    ("cells", "column", "word"),
    [
        ({"A6": 1}, Column.NUMBER, "đã có ở dòng 5"),
        ({"A6": None}, Column.NUMBER, "Thiếu stt"),
        ({"A6": "hai"}, Column.NUMBER, "số nguyên dương"),
        ({"B6": None}, Column.DAY, "Thiếu ngày tiếp"),
        ({"B6": "29/6/2024"}, Column.DAY, "sau hôm nay"),
        ({"B6": "31/3/20202"}, Column.DAY, "31/3/20202"),
        ({"C6": None}, Column.PERSON, "thiếu họ tên"),
        ({"C6": "12345, thôn 1"}, Column.PERSON, "không phải họ tên"),
        ({"D6": "1234"}, Column.IDENTITY, "6 đến 12"),
        ({"E6": None}, Column.CONTENT, "Thiếu nội dung"),
        ({"F6": "xin việc"}, Column.KIND, "xin việc"),
        ({"G6": 1}, Column.PEOPLE, "ít hơn"),
        ({"G6": "mấy"}, Column.PEOPLE, "mấy"),
        ({"I6": "có lẽ"}, Column.COMPETENT, "chỉ ghi"),
        ({"I6": "x"}, Column.GUIDED, "Vừa thuộc thẩm quyền"),
        ({"N6": None}, Column.SESSION, "Thiếu kỳ"),
        ({"O6": "ai đó"}, Column.CHAIR, "Không rõ ai chủ trì"),
        ({"O6": None}, Column.CHAIR, "Thiếu chủ trì"),
        ({"P6": "thường xuyên"}, Column.CHAIR, "cán bộ tiếp"),
        ({"Q6": "gia đình"}, Column.DUTY, "gia đình"),
        ({"C7": "Người Mới", "E7": "x", "N7": "Kỳ 1", "B7": "10/01/2022", "A5": 50, "C5": None, "D5": None, "E5": None,
          "F5": None, "G5": None, "C6": None, "E6": None, "F6": None, "G6": None, "J6": None},
         Column.PERSON, "chỗ có, chỗ không"),
    ],
)  # fmt: skip
def test_every_fault_is_named_beside_its_cell(workbook, app, make_tenant, entered, cells, column, word):
    change(workbook, **cells)
    tenant = make_tenant()
    with entered(tenant):
        rows = list(RegisterWorkbook(workbook, tenant_by_id(tenant.id), on=ON).rows())
    faults = [fault for row in rows for fault in row.faults]
    assert any(fault.column is column and word in fault.message for fault in faults), faults


def test_a_body_of_the_state_has_no_duty_of_the_party(workbook, bring, make_tenant):
    outcome = bring(workbook, tenant=make_tenant(branch="state"))
    assert len(outcome.faults) == 4
    assert outcome.written == 0


def test_a_line_that_was_changed_since_is_kept_and_told(workbook, bring):
    bring(workbook)
    change(workbook, E5="Nội dung khác hẳn")
    outcome = bring(workbook)
    assert (outcome.written, outcome.unchanged, outcome.changed) == (0, 3, 1)
    assert set(outcome.faults) == {5}


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2022, 1, 10, 8), date(2022, 1, 10)),  # noqa: DTZ001 - as Excel keeps it
        (date(2022, 1, 10), date(2022, 1, 10)),
        (44571, date(2022, 1, 10)),
        (44571.0, date(2022, 1, 10)),
        ("10/01/2022", date(2022, 1, 10)),
        (" 5-6-2022 ", date(2022, 6, 5)),
        ("5.6.2022", date(2022, 6, 5)),
        ("2022", None),
        ("31/02/2022", None),
        (12, None),
        (True, None),
        (None, None),
    ],
)
def test_days_are_read_as_people_write_them(value, day):
    assert read_day(value) == day


def test_a_differing_workbook_is_read_with_a_mapping(tmp_path, bring, figures):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tờ 1"
    other = {Column.NUMBER: "Số hiệu", Column.SESSION: "Đợt"}
    kept = [column for column in WRITTEN if column not in (Column.DUTY, Column.MATTER)]
    sheet.append(["ĐẢNG ỦY XÃ THỬ"])
    sheet.append([other.get(column, HEADINGS[column].upper()) for column in kept])
    row = {
        Column.NUMBER: 7, Column.DAY: "05/05/2022", Column.PERSON: "Lục Văn Thử, bản Thử", Column.CONTENT: "Đất đai",
        Column.KIND: "KN", Column.SESSION: "Đợt 5", Column.CHAIR: "BT", Column.FORM: "ĐK",
    }  # fmt: skip
    sheet.append([row.get(column) for column in kept])
    path = tmp_path / "khac.xlsx"
    book.save(path)
    with pytest.raises(Invalid) as fault:
        bring(path)
    assert set(fault.value.errors) == {"stt", "session", "duty"}
    mapping = tmp_path / "anh-xa.toml"
    mapping.write_text(
        """
        book = "Sổ 2022"
        [columns]
        stt = "Số hiệu"
        session = "Đợt"
        [values.form]
        "ĐK" = "định kỳ"
        [values.chair]
        "BT" = "Người đứng đầu: Bí thư Thử"
        [defaults]
        duty = "đảng"
        """
    )
    outcome = bring(path, mapping=read_mapping(mapping))
    assert (outcome.book, outcome.written, outcome.faults) == ("Sổ 2022", 1, {})
    assert figures(bring.tenant).visits == 1


def test_a_wrong_mapping_names_every_key(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text('header_row = "ba"\nthừa = 1\n'.replace("thừa", "extra") + '[columns]\nwrong = "X"\nday = 3\n')
    with pytest.raises(Invalid) as fault:
        read_mapping(path)
    assert set(fault.value.errors) == {"header_row", "extra", "columns.wrong", "columns.day"}


def test_a_register_may_name_its_body_by_a_former_name(workbook, app, make_tenant, entered, superuser):
    tenant = make_tenant("district")
    superuser.execute("UPDATE tenant SET unit_code = '183', name = 'Huyện ủy Huyện Cao Lộc' WHERE id = %s", [tenant.id])
    book = openpyxl.load_workbook(workbook)
    sheet = book.active
    place = len(WRITTEN) + 1
    sheet.cell(3, place, "Đơn vị")
    sheet.cell(5, place, "Huyện Cao Lộc")
    sheet.cell(6, place, "Huyện Văn Lãng")
    book.save(workbook)
    with entered(tenant):
        rows = list(RegisterWorkbook(workbook, tenant_by_id(tenant.id), on=ON).rows())
    assert rows[0].faults == ()
    assert [fault.column for fault in rows[1].faults] == [Column.BODY]


@pytest.mark.parametrize("name", ["so.xlsx", "so.txt"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, bring, name):
    path = tmp_path / name
    path.write_text("không phải Excel")
    with pytest.raises(Invalid, match=name):
        bring(path)


def test_an_import_needs_its_right(workbook, entered, make_tenant):
    with entered(make_tenant(), "receptions.view") as actor, pytest.raises(Forbidden):
        import_register(workbook, actor=actor, on=ON)


def test_the_command_tells_what_it_did(workbook, app, bring, monkeypatch):
    monkeypatch.setattr("tiepdan.receptions.commands.resolve_name", lambda _name: lambda: app)
    slug = bring.tenant.slug
    change(workbook, B6="?")
    answer = CliRunner().invoke(imports, ["register", str(workbook), "--tenant", slug])
    assert answer.exit_code == 1
    assert "nhập 3 dòng" in answer.output
    assert "dòng 6" in answer.output
    answer = CliRunner().invoke(imports, ["register", str(workbook), "--tenant", slug, "--json"])
    told = json.loads(answer.output)
    assert (told["written"], told["unchanged"], told["faults"][0]["row"]) == (0, 3, 6)
    answer = CliRunner().invoke(imports, ["register", str(workbook), "--tenant", "khong-co"])
    assert answer.exit_code == 1
    assert "khong-co" in answer.output


def test_long_files_are_read_twice_instead_of_remembered(workbook, bring, figures, monkeypatch):
    monkeypatch.setattr("tiepdan.receptions.register_import.REMEMBERED", 1)
    monkeypatch.setattr("tiepdan.receptions.workbook_copy.KEPT_WHOLE", 1)
    change(workbook, B6="?")
    outcome = bring(workbook)
    assert outcome.written == 3
    marked = openpyxl.load_workbook(copy_path(workbook)).active
    assert marked["B6"].fill.fgColor.rgb == "00F8CBAD"
    assert marked["B5"].value == datetime(2022, 1, 10)  # noqa: DTZ001
    assert "“?”" in marked.cell(6, len(WRITTEN) + 1).value


@pytest.mark.parametrize("kept_whole", [0, 20_000])
def test_a_text_that_looks_like_a_formula_stays_a_text_in_the_copy(workbook, bring, monkeypatch, kept_whole):
    monkeypatch.setattr("tiepdan.receptions.workbook_copy.KEPT_WHOLE", kept_whole)
    book = openpyxl.load_workbook(workbook)
    sheet = book.active
    cell = next(cell for cell in sheet[5] if cell.value == FIRST.content)
    cell.value = '=HYPERLINK("http://evil.example")'
    cell.data_type = "s"
    sheet["B6"] = "?"
    book.save(workbook)
    assert bring(workbook).faults
    assert openpyxl.load_workbook(copy_path(workbook)).active[cell.coordinate].data_type == "s"
