"""A body's front page for citizens: when and where it receives, how to follow a case, what to bring and expect."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from tiepdan.portal.forms import TrackForm
from tiepdan.portal.rights import things_to_bring, things_to_expect
from tiepdan.receptions.rules import DayStatus
from tiepdan.receptions.service import posted_receptions
from tiepdan.tenancy.service import TenantView, tenant_by_id

SHOWN = 4
_MONTHS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class PostedDay:
    """One day on which somebody receives citizens."""

    on: date
    who: str
    place: str


def show_home(tenant: TenantView, on: date) -> ResponseReturnValue:
    """Show the front page as of a day."""
    days = next_posted_days(on)
    return render_template(
        "portal/home.html",
        superior=tenant_by_id(tenant.superior_id) if tenant.superior_id is not None else None,
        days=days[:SHOWN],
        place=next((day.place for day in days if day.place), ""),
        form=TrackForm(formdata=None),
        bring=things_to_bring(on),
        expect=things_to_expect(tenant.branch, on),
    )


def next_posted_days(on: date) -> list[PostedDay]:
    """Return the posted days of reception from a day to the end of the month after next, in order."""
    found = [
        PostedDay(day.day_on, day.official_name or reception.chair_name, reception.place)
        for reception, _changes in posted_receptions(on, _look_until(on))
        for day in reception.days
        if day.day_on >= on and day.status in (DayStatus.PLANNED, DayStatus.OPEN)
    ]
    return sorted(found, key=lambda day: (day.on, day.who))


def _look_until(on: date) -> date:
    months = on.month - 1 + _MONTHS_AHEAD
    year, month = on.year + months // 12, months % 12 + 1
    return date(year, month, monthrange(year, month)[1])
