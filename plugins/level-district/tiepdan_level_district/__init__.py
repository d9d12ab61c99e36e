"""What every district's committee needs beside the platform: urging its communes, and its own stricter rules."""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    Card,
    Command,
    DayUnit,
    DeadlineRule,
    DocumentTemplate,
    EscalationStep,
    Form,
    Level,
    Manifest,
    Overdue,
    Page,
    Record,
    Records,
    Register,
    ReplyRule,
    ReportDefinition,
    Tenant,
    hookimpl,
)
from tiepdan_level_district import urging
from tiepdan_level_district.assessment import ASSESSMENT
from tiepdan_level_district.consolidation import DUE_DAY, monthly_report
from tiepdan_level_district.instruction import INSTRUCTION
from tiepdan_level_district.tasks import RESULT, TASK

# Reports of Quy định 11-QĐi/TW go up twice a year, so the communes are urged in these months.
REPORT_MONTHS = (6, 12)
FIRST_DAY = 10

PLUGIN = Manifest(
    name="level-district",
    title={"vi": "Cấp huyện", "en": "District level"},
    summary={
        "vi": "Sổ, trang và báo cáo đôn đốc cấp xã; hạn thông báo ngắn hơn và điều phải có trong văn bản trả lời.",
        "en": "Register, page and report of urging the communes; a shorter notice limit and what a reply must say.",
    },
    api=">=1.1,<2",
    level=Level.DISTRICT,
    settings={
        "type": "object",
        "properties": {
            "urge_from_day": {
                "type": "integer",
                "minimum": 1,
                "maximum": 28,
                "default": FIRST_DAY,
                "x-label": {"vi": "Nhắc đôn đốc từ ngày", "en": "Urge from day"},
                "x-help": {"vi": "Ngày trong tháng 6 và tháng 12.", "en": "Day of June and December."},
            },
            "notice_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10,
                "x-label": {"vi": "Hạn thông báo cho người gửi đơn", "en": "Limit of the notice to the sender"},
                "x-help": {
                    "vi": "Số ngày làm việc; bỏ trống: theo luật.",
                    "en": "Working days; empty: as the law says.",
                },
            },
            "notice_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản quy định hạn đó", "en": "Document that orders it"},
            },
            "second_body": {
                "type": "string",
                "pattern": "^[a-z0-9-]+$",
                "maxLength": 100,
                "x-label": {"vi": "Cơ quan cùng được báo khi quá hạn", "en": "Body that is told of overdue work too"},
                "x-help": {
                    "vi": "Mã đơn vị, như phần sau /t/ trong địa chỉ trang; ví dụ thanh tra huyện.",
                    "en": "Its code, as after /t/ in its address; such as the district inspectorate.",
                },
            },
            "second_body_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "default": 1,
                "x-label": {"vi": "Báo cơ quan đó từ ngày quá hạn thứ", "en": "Told from the day overdue"},
            },
            "second_body_unless": {
                "type": "boolean",
                "default": False,
                "x-label": {
                    "vi": "Chỉ báo cơ quan đó khi chưa cấp nào ghi nhận",
                    "en": "Tell that body only while nobody has acknowledged",
                },
            },
            "second_body_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản quy định việc báo", "en": "Document that orders it to be told"},
            },
            "report_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản yêu cầu báo cáo đôn đốc", "en": "Document that orders the report on urging"},
                "x-help": {
                    "vi": "Có văn bản thì báo cáo gửi lên cấp trên; bỏ trống: lưu tại đơn vị.",
                    "en": "Named: the report goes to the superior. Empty: it stays here.",
                },
            },
            "report_due_day": {
                "type": "integer",
                "minimum": 1,
                "maximum": 28,
                "default": DUE_DAY,
                "x-label": {"vi": "Ngày gửi báo cáo đôn đốc", "en": "Day the report on urging is due"},
                "x-help": {"vi": "Ngày của tháng sau kỳ báo cáo.", "en": "Of the month after the period."},
            },
            "reply_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản quy định nội dung trả lời", "en": "Document on what a reply must say"},
                "x-help": {
                    "vi": "Có văn bản thì nhắc nêu căn cứ và nơi liên hệ trong mọi văn bản trả lời.",
                    "en": "Named: every reply is reminded of its legal basis and of whom to contact.",
                },
            },
        },
    },
)


@hookimpl
def registers() -> Sequence[Register]:
    """Give the district its register of urging."""
    return [urging.REGISTER]


@hookimpl
def report_definitions(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the report on urging: to a party committee always, to another body once a document orders it."""
    source, due_day = _text(settings, "report_source"), int(str(settings.get("report_due_day", DUE_DAY)))
    report = monthly_report(tenant.branch, source=source, due_day=due_day)
    return [report] if report is not None else []


@hookimpl
def pages() -> Sequence[Page]:
    """Show who still owes an answer."""
    return [urging.PAGE]


@hookimpl
def documents() -> Sequence[DocumentTemplate]:
    """Offer the letter that urges."""
    return [urging.LETTER]


@hookimpl
def commands() -> Sequence[Command]:
    """Print what is late from the command line."""
    return urging.COMMANDS


@hookimpl
def reply_checks(settings: Mapping[str, object]) -> Sequence[ReplyRule]:
    """Remind of what the district's own document asks of a reply."""
    source = _text(settings, "reply_source")
    if not source:
        return []
    return [
        ReplyRule(
            "legal_basis",
            {"vi": "Nêu căn cứ pháp luật của nội dung trả lời.", "en": "Name the legal basis of the reply."},
            source,
            needs=("căn cứ", "theo quy định", "theo điều", "theo khoản"),
        ),
        ReplyRule(
            "contact",
            {"vi": "Nêu nơi, người để công dân liên hệ.", "en": "Say whom the citizen may contact."},
            source,
            needs=("liên hệ", "điện thoại", "địa chỉ"),
        ),
    ]


@hookimpl
def home_cards(on: date, records: Records, settings: Mapping[str, object]) -> Sequence[Card]:
    """Remind of the communes' reports in the months they are due, and of answers that are missing."""
    cards = _missing(records.count(urging.STILL_OPEN, date(on.year, 1, 1), on))
    if on.month not in REPORT_MONTHS or on.day < int(str(settings.get("urge_from_day", FIRST_DAY))):
        return cards
    return [
        Card(
            key="urge",
            title={"vi": "Đôn đốc các xã gửi báo cáo 6 tháng", "en": "Urge the communes' six-month reports"},
            text={
                "vi": "Mở đợt báo cáo để xem xã nào đã gửi, xã nào chậm, rồi tổng hợp lên tỉnh.",
                "en": "Open the round of reports to see who has sent and who is late, then consolidate upwards.",
            },
            url="/reports/",
            tone="warning",
        ),
        *cards,
    ]


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order a shorter notice where the district has set one and names the document."""
    source = _text(settings, "notice_source")
    if not source or "notice_days" not in settings:
        return []
    return [DeadlineRule("party.notice", int(str(settings["notice_days"])), DayUnit.WORKING, source)]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask under whose instruction a petition is, where work comes from and how it ended, and what a report means."""
    forms = {
        Record.PETITION: INSTRUCTION,
        Record.TASK: TASK,
        Record.TASK_ANSWER: RESULT,
        Record.REPORT: ASSESSMENT,
    }
    return [forms[record]] if record in forms else []


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell a second body of the district's overdue work, where one is set and the document named."""
    body, source = _text(settings, "second_body"), _text(settings, "second_body_source")
    if not body or not source:
        return []
    after, only_if_nobody = int(str(settings.get("second_body_days", 1))), settings.get("second_body_unless") is True
    return [EscalationStep(after, f"body:{body}", source, unless_acknowledged=only_if_nobody)]


def _text(settings: Mapping[str, object], name: str) -> str:
    return str(settings.get(name, "")).strip()


def _missing(number: int) -> list[Card]:
    if not number:
        return []
    return [
        Card(
            key="answers",
            title={"vi": f"{number} lần đôn đốc chưa được trả lời đủ", "en": f"{number} urgings without a full answer"},
            text={
                "vi": "Xem đơn vị nào còn nợ, đôn đốc lại hoặc ghi trả lời vào sổ.",
                "en": "See who owes an answer; urge again, or write the answer into the register.",
            },
            url="/registers/",
        )
    ]
