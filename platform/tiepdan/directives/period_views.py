"""The page behind a report's figure: the very notices, assignments or matters it counts."""

from datetime import date

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.directives.period import Part, Span, list_given, list_matters_of_work, list_signed
from tiepdan.directives.views import desk
from tiepdan.directives.words import PARTS, STATE_TONES, STATES
from tiepdan.web.blueprints import requires


@desk.get("/period/<part>")
@requires("directives.view")
def period(part: str) -> ResponseReturnValue:
    """List what a figure counts; the period and the day of judging stand in the address."""
    wanted = _part(part)
    span = Span(_day("from", date.min), _day("to", date.max), _day("as_of", today()))
    cursor = request.args.get("after")
    if wanted is Part.NOTICES:
        page: object = list_signed(span, actor=g.actor, cursor=cursor)
    elif wanted in {Part.MATTERS, Part.TOLD}:
        page = list_matters_of_work(span, told_only=wanted is Part.TOLD, actor=g.actor, cursor=cursor)
    else:
        page = list_given(span, wanted, actor=g.actor, cursor=cursor)
    kept = {"from": span.first_on.isoformat(), "to": span.last_on.isoformat(), "as_of": span.as_of.isoformat()}
    here = url_for("directives.period", part=wanted.value, **kept)  # type: ignore[arg-type]  # words of the query
    return render_template(
        "directives/period.html",
        part=wanted.value,
        title=PARTS[wanted],
        span=span,
        page=page,
        here=here,
        states=STATES,
        tones=STATE_TONES,
    )


def _part(word: str) -> Part:
    try:
        return Part(word)
    except ValueError:
        abort(404)


def _day(name: str, otherwise: date) -> date:
    """Read a day from the query; one that is none narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return otherwise
