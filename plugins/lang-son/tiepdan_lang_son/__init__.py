"""Lạng Sơn: the meeting on Quy định 11, dialogues and areas, and the province's own limits, routes and sharing.

Days and documents are the province's settings, not ours: nothing is ordered until both are set.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    DayUnit,
    DeadlineRule,
    DocumentTemplate,
    EscalationStep,
    Event,
    EventName,
    Form,
    Level,
    Manifest,
    Notice,
    Overdue,
    Page,
    PetitionKind,
    Record,
    Register,
    ReportDefinition,
    ShareLevel,
    ShareRule,
    Tenant,
    hookimpl,
)
from tiepdan_lang_son.dialogues import AREAS, DIALOGUES, INVITATION
from tiepdan_lang_son.giao_ban import PAGE, report_of
from tiepdan_lang_son.persistence import PERSISTENCE, routes_for

# At most the law's own time: ten working days for a notice (Quy định 11-QĐi/TW, Điều 6) and for initial handling
# (Luật Tiếp công dân 42/2013/QH13, Điều 28), seven for a denunciation (Luật Tố cáo 25/2018/QH14, Điều 24). A complaint
# is accepted within ten calendar days, seven working days from 2026-07-01 (Luật 136/2025/QH15): it is counted in
# calendar days here, for around Tết two working days may end later than ten calendar days.
_DUTIES = {
    "notice_days": ("party.notice", DayUnit.WORKING),
    "handling_days": ("petition.initial_handling", DayUnit.WORKING),
    "complaint_acceptance_days": ("complaint.acceptance", DayUnit.CALENDAR),
    "denunciation_days": ("denunciation.initial_processing", DayUnit.WORKING),
}


def _days(vi: str, en: str, *, at_most: int, unit: DayUnit = DayUnit.WORKING) -> dict[str, object]:
    of = {DayUnit.WORKING: ("ngày làm việc", "Working days"), DayUnit.CALENDAR: ("ngày", "Calendar days")}[unit]
    return {
        "type": "integer",
        "minimum": 1,
        "maximum": at_most,
        "x-label": {"vi": vi, "en": en},
        "x-help": {
            "vi": f"Số {of[0]}, nhiều nhất {at_most} (luật). Bỏ trống: theo luật.",
            "en": f"{of[1]}, at most {at_most} (the law's). Empty: as the law says.",
        },
    }


PLUGIN = Manifest(
    name="lang-son",
    title={"vi": "Lạng Sơn: giao ban, hạn nội bộ", "en": "Lạng Sơn: meetings and internal limits"},
    summary={
        "vi": "Báo cáo giao ban Quy định 11, sổ đối thoại, địa bàn phức tạp; hạn ngắn hơn luật và nơi báo quá hạn theo "
        "chỉ đạo của tỉnh.",
        "en": "Report for the meeting on Regulation 11, dialogues, areas; shorter limits and routes as ordered.",
    },
    api=">=1.1,<2",
    settings={
        "type": "object",
        "properties": {
            "source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Văn bản quy định", "en": "Ordering document"},
                "x-help": {
                    "vi": "Số, ngày và điểm của văn bản; hiện ở mục «Vì sao ngày này».",
                    "en": "Number, day and point; shown under “Why this date”.",
                },
            },
            "notice_days": _days(
                "Thông báo cho người gửi đơn (cấp ủy)", "Notice to the sender (party committee)", at_most=10
            ),
            "complaint_notice_days": _days(
                "Thông báo cho người khiếu nại (cấp ủy)", "Notice to a complainant (party committee)", at_most=10
            ),
            "handling_days": _days("Xử lý đơn ban đầu", "Initial handling", at_most=10),
            "complaint_acceptance_days": _days(
                "Thụ lý khiếu nại", "Accepting a complaint", at_most=7, unit=DayUnit.CALENDAR
            ),
            "denunciation_days": _days("Xử lý ban đầu đơn tố cáo", "Initial processing of a denunciation", at_most=7),
            "in_force_year": {
                "type": "integer",
                "minimum": 2020,
                "maximum": 2100,
                "x-label": {"vi": "Hạn nội bộ áp dụng từ đầu năm", "en": "Internal limits in force from the year"},
                "x-help": {
                    "vi": "Cho việc bắt đầu tính hạn từ ngày 01/01 năm đó. Bỏ trống: mọi việc.",
                    "en": "For what begins in that year or later. Empty: for everything.",
                },
            },
            "communes_only": {
                "type": "boolean",
                "default": False,
                "x-label": {"vi": "Hạn nội bộ chỉ cho cấp xã", "en": "Internal limits for communes only"},
            },
            "warn_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 30,
                "x-label": {"vi": "Nhắc thêm trước hạn", "en": "Warn besides, days before"},
                "x-help": {
                    "vi": "Số ngày trước ngày đến hạn. Bỏ trống: theo nền tảng.",
                    "en": "Days before the due day. Empty: as the platform does.",
                },
            },
            "takeover_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 365,
                "x-label": {
                    "vi": "Đề nghị cấp trên trực tiếp nhận việc khi quá hạn từ ngày thứ",
                    "en": "The direct superior is asked to take over from the day overdue",
                },
                "x-help": {"vi": "Bỏ trống: không đề nghị.", "en": "Empty: it is not asked."},
            },
            "hot_to": {
                "type": "string",
                "enum": ["superior", "superior+1"],
                "x-label": {"vi": "Điểm nóng quá hạn: báo ngay", "en": "Overdue hot spots: told at once"},
                "x-help": {
                    "vi": "superior: cấp trên trực tiếp; superior+1: cấp trên của cấp đó. Bỏ trống: không báo riêng.",
                    "en": "superior: the direct one; superior+1: the one above it. Empty: nobody besides.",
                },
            },
            "hot_words": {
                "type": "string",
                "maxLength": 300,
                "x-label": {"vi": "Từ khóa báo ngay cơ quan theo dõi", "en": "Words that tell the body at once"},
                "x-help": {
                    "vi": "Cách nhau bằng dấu phẩy, tìm trong ô «Tình hình tại chỗ». Ví dụ: tụ tập, cưỡng chế.",
                    "en": "Separated by commas, looked for in “The situation on the spot”.",
                },
            },
            "overdue_body": {
                "type": "string",
                "pattern": "^[a-z0-9-]+$",
                "maxLength": 100,
                "x-label": {
                    "vi": "Cơ quan theo dõi việc quá hạn của xã",
                    "en": "Body told of communes' overdue work",
                },
                "x-help": {
                    "vi": "Mã đơn vị, như phần sau /t/ trong địa chỉ trang. Bỏ trống: chỉ báo theo bậc của nền tảng.",
                    "en": "Its code, as after /t/ in its address. Empty: only as the platform's ladder says.",
                },
            },
            "overdue_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "default": 5,
                "x-label": {"vi": "Báo khi quá hạn từ ngày thứ", "en": "Told from the day overdue"},
                "x-help": {"vi": "Số ngày sau ngày đến hạn.", "en": "Days after the due day."},
            },
            "persistent_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "default": 1,
                "x-label": {
                    "vi": "Đơn kéo dài, vượt cấp: báo từ ngày thứ",
                    "en": "Prolonged, level-skipping: told from the day",
                },
                "x-help": {"vi": "Ở mọi cấp, cho cùng cơ quan đó.", "en": "At every level, to the same body."},
            },
            "share_counts_only": {
                "type": "boolean",
                "default": False,
                "x-label": {"vi": "Chỉ gửi số đếm của đơn lên cấp trên", "en": "Share counts of petitions only"},
                "x-help": {
                    "vi": "Chỉ có hiệu lực khi nêu văn bản quy định.",
                    "en": "It holds only when the ordering document is named.",
                },
            },
            "party_committee": {
                "type": "string",
                "pattern": "^[a-z0-9-]+$",
                "maxLength": 63,
                "x-label": {"vi": "Cấp ủy tỉnh nhận báo cáo giao ban", "en": "Who receives the report for the meeting"},
                "x-help": {
                    "vi": "Cho cơ quan hành chính, tư pháp. Bỏ trống: báo cáo lưu tại đơn vị.",
                    "en": "For administrative and judicial bodies. Empty: the report stays here.",
                },
            },
        },
    },
)


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order what the province has set, if it names the document that orders it."""
    source = str(settings.get("source", "")).strip()
    if not source:
        return []
    given = {
        "levels": (Level.COMMUNE,) if settings.get("communes_only") else (),
        "warn_before": (int(str(settings["warn_days"])),) if "warn_days" in settings else (),
        "valid_from": date(int(str(settings["in_force_year"])), 1, 1) if "in_force_year" in settings else None,
    }
    orders: list[DeadlineRule] = [
        DeadlineRule(duty, int(str(settings[name])), unit, source, **given)  # type: ignore[arg-type]
        for name, (duty, unit) in _DUTIES.items()
        if name in settings
    ]
    if "complaint_notice_days" in settings:
        days = int(str(settings["complaint_notice_days"]))
        kinds = (PetitionKind.COMPLAINT,)
        orders.append(DeadlineRule("party.notice", days, DayUnit.WORKING, source, kinds=kinds, **given))  # type: ignore[arg-type]
    return orders


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell the province's own office of what is overdue, sooner of what is prolonged or skips a level."""
    return routes_for(tenant, overdue, settings)


@hookimpl
def share_profiles(settings: Mapping[str, object]) -> Sequence[ShareRule]:
    """Share no more than counts where the province's document orders so."""
    source = str(settings.get("source", "")).strip()
    if not source or not settings.get("share_counts_only"):
        return []
    return [ShareRule(kind, ShareLevel.COUNTS, source) for kind in (*PetitionKind, None)]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask, when a petition is registered, whether it is prolonged or skips a level."""
    return [PERSISTENCE] if record is Record.PETITION else []


@hookimpl
def registers() -> Sequence[Register]:
    """Give registers of dialogues and of areas."""
    return [DIALOGUES, AREAS]


@hookimpl
def report_definitions(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the report for the meeting."""
    return [report_of(tenant, party_committee=str(settings.get("party_committee", "")))]


@hookimpl
def pages() -> Sequence[Page]:
    """Show the numbers of the meeting."""
    return [PAGE]


@hookimpl
def documents() -> Sequence[DocumentTemplate]:
    """Offer the invitation to a dialogue."""
    return [INVITATION]


@hookimpl
def event_happened(event: Event, settings: Mapping[str, object]) -> Sequence[Notice]:
    """Remind of the conclusion notice after each reception of the head; the daily desk has none."""
    if event.name is not EventName.RECEPTION_HELD or event.facts.get("form") == "regular":
        return []
    return [
        Notice(
            title={"vi": "Ra thông báo kết luận của kỳ tiếp", "en": "Issue the conclusion notice of the reception"},
            text={
                "vi": "Sau mỗi kỳ tiếp, văn phòng ra thông báo kết luận: giao cơ quan kiểm tra, giải quyết, và báo cho "
                "công dân biết.",
                "en": "After each reception the office issues the conclusions: which body checks and settles, and that "
                "the citizen is told.",
            },
            url="/receptions/",
        )
    ]
