"""How the words of reports read on screen and on paper."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tiepdan.reports.definitions import Indicator, MeasureKind
from tiepdan.reports.periods import PeriodKind
from tiepdan.reports.rules import Measure, Punctuality, Standing, share_percent
from tiepdan.web.format import format_number

STANDING_LABELS = {
    Standing.DRAFT: _l("Đang lập"),
    Standing.FROZEN: _l("Đã chốt số liệu"),
    Standing.SUBMITTED: _l("Đã gửi"),
    Standing.RETURNED: _l("Bị trả lại"),
    Standing.ACCEPTED: _l("Được chấp nhận"),
}
STANDING_TONES = {
    Standing.DRAFT: "neutral",
    Standing.FROZEN: "info",
    Standing.SUBMITTED: "progress",
    Standing.RETURNED: "danger",
    Standing.ACCEPTED: "success",
}
PUNCTUALITY_LABELS = {
    Punctuality.ON_TIME: _l("Đúng hạn"),
    Punctuality.LATE: _l("Gửi muộn"),
    Punctuality.WAITING: _l("Chưa gửi, chưa đến hạn"),
    Punctuality.MISSING: _l("Chưa gửi, đã quá hạn"),
}
PUNCTUALITY_TONES = {
    Punctuality.ON_TIME: "success",
    Punctuality.LATE: "warning",
    Punctuality.WAITING: "neutral",
    Punctuality.MISSING: "danger",
}
PERIOD_KIND_LABELS = {
    PeriodKind.MONTH: _l("Tháng"),
    PeriodKind.QUARTER: _l("Quý"),
    PeriodKind.HALF_YEAR: _l("6 tháng"),
    PeriodKind.NINE_MONTHS: _l("9 tháng"),
    PeriodKind.YEAR: _l("Năm"),
    PeriodKind.YEARS: _l("Nhiều năm"),
}
FORM_LABELS = {"periodic": _l("Định kỳ"), "extraordinary": _l("Đột xuất"), "regular": _l("Thường xuyên")}
DUTY_LABELS = {"party": _l("Đảng"), "state": _l("Nhà nước")}
RECEIVER_LABELS = {
    "head": _l("Người đứng đầu"),
    "substitute": _l("Người tiếp thay"),
    "desk": _l("Cán bộ tiếp dân"),
}


def describe_measure(indicator: Indicator, measure: Measure) -> str:
    """Write a figure with its own arithmetic: 1.433; 12/15 (80,0%); 890/2.400, thiếu 1.510.

    A share never stands without numerator and denominator.
    """
    value = format_number(measure.value)
    if indicator.measure is MeasureKind.COUNT or measure.of is None:
        return value
    whole = format_number(measure.of)
    if indicator.measure is MeasureKind.QUOTA:
        if not measure.short:
            return f"{value}/{whole}"
        short = format_number(measure.short)
        return str(_("%(value)s/%(whole)s, thiếu %(short)s", value=value, whole=whole, short=short))
    percent = share_percent(measure.value, measure.of)
    return f"{value}/{whole}" + (f" ({format_number(percent, 1)}%)" if percent is not None else "")


def name_month(month: str) -> str:
    """Name a month of a chart: "2022-03" as T3."""
    return str(_("T%(month)d", month=int(month[5:])))
