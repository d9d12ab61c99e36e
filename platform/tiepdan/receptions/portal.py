"""Citizens' page of the slice: the posted calendar of this body, with postponements and their reasons."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.receptions.month import month_of
from tiepdan.receptions.queries import posted_receptions
from tiepdan.receptions.words import DAY_STATUSES, FORMS, STATUS_TONES, STATUSES
from tiepdan.web.blueprints import public, public_blueprint

citizens = public_blueprint("calendar", __name__, url_prefix="/calendar")


@citizens.get("/")
@public
def show() -> ResponseReturnValue:
    """Show when and where this body receives citizens in a month."""
    month = month_of(request.args.get("month", ""), today())
    return render_template(
        "receptions/calendar.html",
        month=month,
        posted=posted_receptions(month.first_on, month.last_on),
        forms_of=FORMS,
        statuses=STATUSES,
        tones=STATUS_TONES,
        day_statuses=DAY_STATUSES,
    )
