"""Hai Bà Trưng: cases under instruction, what is in effect, 18 wards, the inspectorate's monthly report.

After Công văn 446/UBND-TTr of 20/4/2020. The district keeps the registers; its wards get the form, the route to the
inspectorate and the checks. Whom the letter does not name by day or body is a setting.
"""

from collections.abc import Mapping, Sequence

from tiepdan.sdk import (
    Command,
    DocumentTemplate,
    EscalationStep,
    Form,
    Handling,
    Hint,
    Level,
    Manifest,
    Objection,
    Overdue,
    Page,
    Record,
    Register,
    ReplyRule,
    ReportDefinition,
    Tenant,
    hookimpl,
)
from tiepdan_hai_ba_trung.cases import CASES
from tiepdan_hai_ba_trung.checking_off import COMMANDS
from tiepdan_hai_ba_trung.enforcement import ENFORCEMENTS, INSPECTIONS
from tiepdan_hai_ba_trung.handling import HINTS, ORIGIN, REPLY_RULES, objections_to
from tiepdan_hai_ba_trung.letter import SOURCE
from tiepdan_hai_ba_trung.monthly import DUE_DAY, monthly_report
from tiepdan_hai_ba_trung.wards import ANSWERS, PAGE, REMINDER

_SLUG = {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 63}

PLUGIN = Manifest(
    name="hai-ba-trung",
    title={"vi": "Hai Bà Trưng: theo dõi sau tiếp dân", "en": "Hai Bà Trưng: follow-up"},
    summary={
        "vi": "Sổ vụ việc có ý kiến chỉ đạo, quyết định có hiệu lực, thanh tra trách nhiệm, 18 phường; báo cáo tháng "
        "của Thanh tra quận.",
        "en": "Registers of cases under instruction, effective decisions, inspections and the 18 wards; the monthly "
        "report of the inspectorate.",
    },
    api=">=1.1,<2",
    settings={
        "type": "object",
        "properties": {
            "inspectorate": {
                **_SLUG,
                "x-label": {"vi": "Thanh tra quận: được báo việc quá hạn", "en": "Inspectorate told of overdue work"},
                "x-help": {
                    "vi": "Mã đơn vị, như phần sau /t/ trong địa chỉ trang. Bỏ trống: chỉ báo theo bậc của nền tảng.",
                    "en": "Its code, as after /t/ in its address. Empty: only as the platform's ladder says.",
                },
            },
            "overdue_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "default": 1,
                "x-label": {"vi": "Báo Thanh tra quận từ ngày quá hạn thứ", "en": "Told from the day overdue"},
            },
            "report_to": {
                **_SLUG,
                "x-label": {"vi": "Nơi nhận báo cáo tháng", "en": "Who receives the monthly report"},
                "x-help": {
                    "vi": "Mã đơn vị. Bỏ trống: báo cáo lưu tại đơn vị.",
                    "en": "Its code. Empty: the report stays here.",
                },
            },
            "report_due_day": {
                "type": "integer",
                "minimum": 1,
                "maximum": 28,
                "default": DUE_DAY,
                "x-label": {"vi": "Ngày gửi báo cáo tháng", "en": "Day the monthly report is due"},
                "x-help": {"vi": "Ngày của tháng sau.", "en": "Of the following month."},
            },
        },
    },
)


@hookimpl
def registers(tenant: Tenant) -> Sequence[Register]:
    """Give the district its four registers; a ward keeps none of them."""
    return [CASES, ENFORCEMENTS, INSPECTIONS, ANSWERS] if tenant.level is Level.DISTRICT else []


@hookimpl
def report_definitions(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the district the monthly report, sent where the setting says."""
    if tenant.level is not Level.DISTRICT:
        return []
    to = str(settings.get("report_to", ""))
    # The committee that receives the report keeps its own.
    receiver = f"body:{to}" if to and to != tenant.slug else ""
    return [monthly_report(due_day=int(str(settings.get("report_due_day", DUE_DAY))), to=receiver)]


@hookimpl
def pages(tenant: Tenant) -> Sequence[Page]:
    """Show the district its 18 wards."""
    return [PAGE] if tenant.level is Level.DISTRICT else []


@hookimpl
def documents(tenant: Tenant) -> Sequence[DocumentTemplate]:
    """Offer the letter that urges a ward, where the wards are checked off."""
    return [REMINDER] if tenant.level is Level.DISTRICT else []


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask, when a petition is registered, whether it is new and what was done where it arose."""
    return [ORIGIN] if record is Record.PETITION else []


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell the inspectorate, which follows and urges, where one is configured."""
    body = str(settings.get("inspectorate", ""))
    if not body or tenant.slug == body:
        return []
    return [EscalationStep(int(str(settings.get("overdue_days", 1))), f"body:{body}", SOURCE)]


@hookimpl
def classification_hints() -> Sequence[Hint]:
    """Point to matters that were decided already, and to land."""
    return HINTS


@hookimpl
def competence_objections(handling: Handling) -> Sequence[Objection]:
    """Ask for a second thought before a crowd's petition is sent away."""
    return objections_to(handling)


@hookimpl
def reply_checks() -> Sequence[ReplyRule]:
    """Ask a reply for its legal basis and for a result."""
    return REPLY_RULES


@hookimpl
def commands() -> Sequence[Command]:
    """Print the wards from the command line."""
    return COMMANDS
