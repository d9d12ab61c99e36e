"""Urging the communes, its report and letter; stricter rules only with their document."""

from datetime import date

import pytest
import tiepdan_level_district as plugin
from tiepdan_level_district.consolidation import monthly_report
from tiepdan_level_district.urging import PAGE

from tiepdan.sdk import (
    Branch,
    Call,
    DayUnit,
    DeadlineRule,
    Entry,
    EscalationStep,
    Level,
    Overdue,
    Record,
    Tenant,
    TenantKind,
)
from tiepdan.testing import ask
from tiepdan.testing.live import LiveTenant, LiveTenants

PARTY = Tenant("huyen-uy", "Huyện ủy", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.DISTRICT, "183")
STATE = Tenant("ubnd-huyen", "UBND huyện", TenantKind.PEOPLES_COMMITTEE, Branch.STATE, Level.DISTRICT, "183")
ON = date(2024, 5, 20)
MAY = (date(2024, 5, 1), date(2024, 5, 31))


class Written:
    """Records of a district that has urged a few communes."""

    def __init__(self, *rows: dict[str, object]) -> None:
        self.rows = rows

    def count(self, *_what: object) -> int:
        return sum(row["state"] != "answered" for row in self.rows)

    def entries(self, register: str, *days: date, **_limit: int) -> list[Entry]:
        return [Entry(register, days[-1], row) for row in self.rows]


def a_line(commune: str, **values: object) -> dict[str, object]:
    return {
        "commune": commune, "urged_on": "2024-05-06", "matter": "report", "due_on": "2024-05-10", "state": "waiting",
        **values,
    }  # fmt: skip


@pytest.fixture
def district(live_tenants: LiveTenants) -> LiveTenant:
    live_tenants.district.enable("level-district")
    return live_tenants.district


@pytest.mark.parametrize(
    ("on", "shown"),
    [(date(2024, 6, 9), False), (date(2024, 6, 10), True), (date(2024, 7, 10), False), (date(2024, 12, 31), True)],
)
def test_the_communes_are_urged_in_june_and_december(on: date, shown: bool) -> None:
    asked = {"tenant": PARTY, "on": on, "records": Written(), "settings": {"urge_from_day": 10}}
    assert [card.key for card in ask("home_cards", plugin, **asked)] == (["urge"] if shown else [])


def test_missing_answers_are_on_the_first_page() -> None:
    records = Written(a_line("Đảng ủy xã Bắc Lãng"), a_line("Đảng ủy xã Lâm Ca", state="answered"))
    [card] = ask("home_cards", plugin, tenant=PARTY, on=ON, records=records)
    assert card.title["vi"].startswith("1 lần đôn đốc")


def test_the_report_counts_what_was_urged_and_answered(district: LiveTenant) -> None:
    for values in (
        a_line("Đảng ủy xã Bắc Lãng"),
        a_line("Đảng ủy xã Bắc Lãng", matter="petition", state="in_part", answered_on="2024-05-12"),
        a_line("Đảng ủy xã Lâm Ca", state="answered", answered_on="2024-05-09"),
        a_line("Đảng ủy xã Kiên Mộc", urged_on="2024-04-02"),
    ):
        district.add_entry("level-district", "urgings", values, ON)
    report = monthly_report(Branch.PARTY, source="", due_day=5)
    assert report is not None
    counted = {
        figure.code: district.count("level-district", figure.count, *MAY)
        for figure in report.figures
        if figure.code < "DD-07"
    }
    assert counted == {"DD-01": 3, "DD-02": 2, "DD-03": 3, "DD-04": 1, "DD-05": 3, "DD-06": 2}
    [owing, lines, urged] = [district.count("level-district", each.count, *MAY) for each in PAGE.blocks[0].numbers]
    assert (owing, lines, urged) == (2, 3, 3)


def test_the_platform_takes_report_page_and_letter(district: LiveTenant) -> None:
    assert district.ask("report_definitions", on=ON)
    assert district.ask("pages", on=ON)
    assert district.ask("documents")
    assert district.ask("home_cards", on=ON) == {}


def test_the_report_goes_up_once_its_document_is_named() -> None:
    [report] = ask("report_definitions", plugin, tenant=PARTY, on=ON)
    assert (report.to, report.source) == ("", "Quy định 11-QĐi/TW, Điều 3 khoản 3, khoản 8")
    settings = {"report_source": "CV 7-CV/TU", "report_due_day": 3}
    [report] = ask("report_definitions", plugin, tenant=PARTY, on=ON, settings=settings)
    assert (report.to, report.source, report.due_day) == ("superior", "CV 7-CV/TU", 3)
    assert ask("report_definitions", plugin, tenant=STATE, on=ON) == []
    assert len(ask("report_definitions", plugin, tenant=STATE, on=ON, settings=settings)) == 1


def test_the_command_prints_what_is_late_the_oldest_first() -> None:
    records = Written(
        a_line("Đảng ủy xã Lâm Ca", due_on="2024-05-14", subject="báo cáo tháng 4"),
        a_line("Đảng ủy xã Bắc Lãng"),
        a_line("Đảng ủy xã Kiên Mộc", due_on="2024-05-20"),
        a_line("Đảng ủy xã Đồng Thắng", state="answered"),
    )
    [command] = ask("commands", plugin)
    assert command.run(Call(PARTY, records, {}, ("2024-05-20",))) == [
        "2024-05-10  Đảng ủy xã Bắc Lãng: Gửi báo cáo",
        "2024-05-14  Đảng ủy xã Lâm Ca: báo cáo tháng 4",
        "2 việc quá hạn trả lời tính đến 20/05/2024",
    ]


@pytest.mark.parametrize("arguments", [(), ("hôm nay",), ("2024-05-20", "2024-05-21")])
def test_the_command_says_how_it_is_called(arguments: tuple[str, ...]) -> None:
    [command] = ask("commands", plugin)
    with pytest.raises(ValueError, match="level-district late"):
        command.run(Call(PARTY, Written(), {}, arguments))


def test_a_shorter_notice_needs_its_document() -> None:
    asked = {"tenant": PARTY, "on": date(2024, 6, 28)}
    assert ask("deadline_rules", plugin, **asked, settings={"notice_days": 7}) == []
    ordered = ask("deadline_rules", plugin, **asked, settings={"notice_days": 7, "notice_source": "QĐ 3-QĐ/HU"})
    assert ordered == [DeadlineRule("party.notice", 7, DayUnit.WORKING, "QĐ 3-QĐ/HU")]


def test_a_reply_is_reminded_once_a_document_asks_for_it() -> None:
    assert ask("reply_checks", plugin, tenant=PARTY) == []
    rules = ask("reply_checks", plugin, tenant=PARTY, settings={"reply_source": "QC 5-QC/HU"})
    assert [(rule.key, rule.source, rule.blocking) for rule in rules] == [
        ("legal_basis", "QC 5-QC/HU", False),
        ("contact", "QC 5-QC/HU", False),
    ]


def test_the_instruction_is_asked_of_a_petition_only() -> None:
    asked = {"tenant": PARTY, "on": ON}
    assert ask("form_parts", plugin, **asked, record=Record.PETITION) == [plugin.INSTRUCTION]
    assert ask("form_parts", plugin, **asked, record=Record.VISIT) == []


def test_an_instruction_names_its_document_day_and_issuer() -> None:
    properties = plugin.INSTRUCTION.schema["properties"]
    asked = {name for name, given in properties.items() if given.get("x-when") == {"instructed": True}}
    assert asked == {"document_number", "document_on", "issuer"} == set(plugin.INSTRUCTION.schema["required"])


def test_a_second_body_needs_its_document() -> None:
    overdue = Overdue("complaint.settlement", None, date(2024, 6, 24), 1, Level.DISTRICT, sealed=False)
    settings = {"second_body": "thanh-tra-huyen"}
    assert ask("escalation_routes", plugin, tenant=PARTY, overdue=overdue, settings=settings) == []
    settings["second_body_source"] = "QĐ 3-QĐ/HU"
    told = [EscalationStep(1, "body:thanh-tra-huyen", "QĐ 3-QĐ/HU")]
    assert ask("escalation_routes", plugin, tenant=PARTY, overdue=overdue, settings=settings) == told


def test_the_second_body_may_be_told_only_while_nobody_has_acknowledged() -> None:
    overdue = Overdue("complaint.settlement", None, date(2024, 6, 24), 1, Level.DISTRICT, sealed=False)
    settings = {"second_body": "thanh-tra-huyen", "second_body_source": "QĐ 3-QĐ/HU", "second_body_unless": True}
    told = [EscalationStep(1, "body:thanh-tra-huyen", "QĐ 3-QĐ/HU", unless_acknowledged=True)]
    assert ask("escalation_routes", plugin, tenant=PARTY, overdue=overdue, settings=settings) == told


@pytest.mark.parametrize(
    ("record", "key"),
    [(Record.TASK, "task"), (Record.TASK_ANSWER, "result"), (Record.REPORT, "assessment"), (Record.CONCLUSION, None)],
)
def test_work_its_result_and_reports_have_a_form(record: Record, key: str | None) -> None:
    assert [form.key for form in plugin.form_parts(record)] == ([key] if key else [])
