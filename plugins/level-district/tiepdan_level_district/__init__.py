"""What every district's committee needs beside the platform: urging its communes, and its own shorter limits."""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    Card,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Form,
    Level,
    Manifest,
    Overdue,
    Record,
    Tenant,
    hookimpl,
)

# Reports of Quy định 11-QĐi/TW go up twice a year, so the communes are urged in these months.
REPORT_MONTHS = (6, 12)
FIRST_DAY = 10

PLUGIN = Manifest(
    name="level-district",
    title={"vi": "Cấp huyện", "en": "District level"},
    summary={
        "vi": "Nhắc đôn đốc các xã gửi báo cáo 6 tháng; đặt hạn thông báo ngắn hơn cho chính cấp huyện.",
        "en": "Reminds to urge the communes' six-month reports; sets a shorter notice limit for the district itself.",
    },
    api=">=1.0,<2",
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
            "second_body_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản quy định việc báo", "en": "Document that orders it to be told"},
            },
        },
    },
)

# Crowded, complex and prolonged matters are followed under a superior's instruction (KH 363/KH-TTCP of 20/3/2019,
# QĐ 1849/QĐ-TTg of 27/12/2018), which is registered with the petition it is about.
INSTRUCTION = Form(
    key="instruction",
    version=1,
    title={"vi": "Chỉ đạo của cấp trên", "en": "Instruction from above"},
    schema={
        "type": "object",
        "properties": {
            "instructed": {
                "type": "boolean",
                "x-label": {
                    "vi": "Vụ việc đông người, phức tạp, kéo dài có chỉ đạo của cấp trên",
                    "en": "A crowded, complex or prolonged matter under instruction",
                },
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-label": {"vi": "Số văn bản chỉ đạo", "en": "Number of the document"},
                "x-help": {"vi": "Ví dụ 1094/UBND-BTCD. Ghi khi có chỉ đạo.", "en": "Such as 1094/UBND-BTCD."},
                "x-when": {"instructed": True},
            },
            "document_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày văn bản chỉ đạo", "en": "Day of the document"},
                "x-when": {"instructed": True},
            },
            "issuer": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Cơ quan chỉ đạo", "en": "Body that instructs"},
                "x-when": {"instructed": True},
            },
        },
        "required": ["document_number", "document_on", "issuer"],
    },
)


@hookimpl
def home_cards(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[Card]:
    """Remind of the communes' reports in the months they are due."""
    if on.month not in REPORT_MONTHS or on.day < int(str(settings.get("urge_from_day", FIRST_DAY))):
        return []
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
        )
    ]


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order a shorter notice where the district has set one and names the document."""
    source = str(settings.get("notice_source", "")).strip()
    if not source or "notice_days" not in settings:
        return []
    return [DeadlineRule("party.notice", int(str(settings["notice_days"])), DayUnit.WORKING, source)]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask, when a petition is registered, under whose instruction the matter is."""
    return [INSTRUCTION] if record is Record.PETITION else []


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell a second body of the district's overdue work, where one is set and the document named."""
    body, source = (str(settings.get(name, "")).strip() for name in ("second_body", "second_body_source"))
    if not body or not source:
        return []
    return [EscalationStep(int(str(settings.get("second_body_days", 1))), f"body:{body}", source)]
