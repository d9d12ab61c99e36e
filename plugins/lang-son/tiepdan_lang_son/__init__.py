"""Lạng Sơn: the province's own limits, its route for what a commune leaves overdue, the notice after a reception.

The days and the document are the province's settings, not ours: nothing is ordered until both are set.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Event,
    EventName,
    Level,
    Manifest,
    Notice,
    Overdue,
    Tenant,
    hookimpl,
)

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
    title={"vi": "Lạng Sơn: hạn nội bộ", "en": "Lạng Sơn: internal limits"},
    summary={
        "vi": "Hạn xử lý đơn ngắn hơn luật theo chỉ đạo của cấp ủy tỉnh; chỉ siết, không nới.",
        "en": "Limits shorter than the law's as the provincial committee orders; it only tightens.",
    },
    api=">=1.0,<2",
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
            "handling_days": _days("Xử lý đơn ban đầu", "Initial handling", at_most=10),
            "complaint_acceptance_days": _days(
                "Thụ lý khiếu nại", "Accepting a complaint", at_most=7, unit=DayUnit.CALENDAR
            ),
            "denunciation_days": _days("Xử lý ban đầu đơn tố cáo", "Initial processing of a denunciation", at_most=7),
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
        },
    },
)


@hookimpl
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order what the province has set, if it names the document that orders it."""
    source = str(settings.get("source", "")).strip()
    if not source:
        return []
    return [
        DeadlineRule(duty, int(str(settings[name])), unit, source)
        for name, (duty, unit) in _DUTIES.items()
        if name in settings
    ]


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell the province's own office of what a commune leaves overdue, if the ordering document is named."""
    source, body = (str(settings.get(name, "")).strip() for name in ("source", "overdue_body"))
    if not source or not body or tenant.level is not Level.COMMUNE or tenant.slug == body:
        return []
    return [EscalationStep(int(str(settings.get("overdue_days", 5))), f"body:{body}", source)]


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
