"""Business days and real instants.

A *day* is a `date` in Asia/Ho_Chi_Minh; an *instant* is an aware `datetime`. Sessions, tokens and
the journal use real time; statutory days use the business day, which a demo or a test may set.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the real instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the business day: TIEPDAN_CLOCK where it is set, otherwise the day in Asia/Ho_Chi_Minh.

    Only the edges (views, jobs, commands) ask; services are told the day.
    """
    fixed: date | None = current_app.config["TIEPDAN"].clock
    return fixed or day_of(now())


def day_of(instant: datetime) -> date:
    """Return the day in Asia/Ho_Chi_Minh on which an aware instant falls."""
    if instant.tzinfo is None:
        raise ValueError(f"instant must be aware, got {instant!r}")
    return instant.astimezone(TIMEZONE).date()
