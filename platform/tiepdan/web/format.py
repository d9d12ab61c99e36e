"""How values read on screen: Jinja filters and the few globals every template may use.

Days read dd/mm/yyyy and numbers 1.433 in both languages of the screen: the records are Vietnamese.
"""

from datetime import date, datetime
from decimal import Decimal

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tiepdan.core.clock import TIMEZONE
from tiepdan.web.assets import asset_url
from tiepdan.web.repeats import blank_entry

WEEKDAYS = (
    _l("Thứ Hai"),
    _l("Thứ Ba"),
    _l("Thứ Tư"),
    _l("Thứ Năm"),
    _l("Thứ Sáu"),
    _l("Thứ Bảy"),
    _l("Chủ nhật"),
)

LEVEL_NAMES = {
    "province": _l("Cấp tỉnh"),
    "district": _l("Cấp huyện"),
    "commune": _l("Cấp xã"),
}


def format_date(day: date | None) -> str:
    """Write a day as 28/06/2024; an instant by its day in Asia/Ho_Chi_Minh; None as nothing."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day:%d/%m/%Y}"


def format_datetime(instant: datetime | None) -> str:
    """Write an aware instant as 14:05, 28/06/2024 in Asia/Ho_Chi_Minh; None as nothing."""
    return "" if instant is None else f"{_local(instant):%H:%M, %d/%m/%Y}"


def format_time(instant: datetime | None) -> str:
    """Write an aware instant's hour as 14:05 in Asia/Ho_Chi_Minh; None as nothing."""
    return "" if instant is None else f"{_local(instant):%H:%M}"


def format_number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a number the Vietnamese way: 1433 as 1.433, and 1433.5 with one decimal as 1.433,5."""
    if value is None:
        return ""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def format_weekday(day: date) -> str:
    """Name the day of the week: Thứ Sáu."""
    return str(WEEKDAYS[day.weekday()])


def format_document_date(day: date) -> str:
    """Write a day as official documents do: ngày 05 tháng 02 năm 2024.

    Days below 10 and months 1 and 2 get a leading zero.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 4.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def count_days_left(due_on: date, on: date) -> int:
    """Count the calendar days from `on` to the due day: 0 on the day itself, negative once overdue."""
    return (due_on - on).days


def describe_days_left(due_on: date, on: date) -> str:
    """Say how far away a due day is: "Còn 3 ngày", "Đến hạn hôm nay", "Quá hạn 2 ngày"."""
    days = count_days_left(due_on, on)
    if days == 0:
        return str(_("Đến hạn hôm nay"))
    if days > 0:
        return str(_("Còn %(days)s ngày", days=format_number(days)))
    return str(_("Quá hạn %(days)s ngày", days=format_number(-days)))


def name_level(level: str) -> str:
    """Name a level of the hierarchy: "province" as Cấp tỉnh; an unknown one as it is."""
    return str(LEVEL_NAMES.get(str(level), level))


def initials(name: str) -> str:
    """Take the two letters of an avatar: a Vietnamese name is known by its last two words."""
    words = name.split()
    return "".join(word[0] for word in words[-2:]).upper()


def init_format(app: Flask) -> None:
    """Give an application's templates our filters and globals."""
    app.jinja_env.filters.update(
        date_vi=format_date,
        datetime_vi=format_datetime,
        time_vi=format_time,
        number_vi=format_number,
        weekday_vi=format_weekday,
        document_date=format_document_date,
        days_left=count_days_left,
        days_left_vi=describe_days_left,
        level_vi=name_level,
        initials=initials,
    )
    app.jinja_env.globals.update(asset=asset_url, blank_entry=blank_entry)


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"instant must be aware, got {instant!r}")
    return instant.astimezone(TIMEZONE)
