"""Staff pages of clocks: the list, and why a date is what it is."""

from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.deadlines import law_words
from tiepdan.deadlines.changes import PERMISSION
from tiepdan.deadlines.clock_words import CHECK_LABELS, EVENT_LABELS, STATE_LABELS, ClockState
from tiepdan.deadlines.explanation import explain_clock
from tiepdan.deadlines.ledger import ledger_of, reason_of, skipped_days
from tiepdan.deadlines.limits import Direction
from tiepdan.deadlines.listing import ClockFilter, count_open_clocks, open_clocks
from tiepdan.deadlines.subjects import link_subjects
from tiepdan.identity.accounts import names_by_account
from tiepdan.web.blueprints import desk_blueprint, requires

clocks = desk_blueprint("clocks", __name__, url_prefix="/clocks")


@clocks.get("/")
@requires("clocks.view")
def index() -> ResponseReturnValue:
    """List open clocks, the nearest due date first."""
    which = _filter(request.args.get("filter"))
    cursor = request.args.get("cursor")
    page = open_clocks(which, on=today(), actor=g.actor, cursor=cursor)
    return render_template(
        "deadlines/clocks.html",
        page=page,
        which=which,
        counts=count_open_clocks(on=today(), actor=g.actor),
        links=link_subjects((clock.subject_type, clock.subject_id) for clock in page.items),
        words=law_words,
        paged=cursor is not None,
    )


@clocks.get("/<uuid:clock_id>")
@requires("clocks.view")
def show(clock_id: UUID) -> ResponseReturnValue:
    """Show why the date is this one."""
    told = explain_clock(clock_id, actor=g.actor)
    clock = told.clock
    return render_template(
        "deadlines/clock.html",
        told=told,
        clock=clock,
        ledger=ledger_of(told),
        skipped=skipped_days(told.steps),
        reason_of=reason_of,
        backward=told.limit is not None and told.limit.direction is Direction.BACKWARD,
        decidable=clock.state is ClockState.OPEN and clock.given_on is None and g.actor.may(PERMISSION),
        link=link_subjects([(clock.subject_type, clock.subject_id)]).get(clock.subject_id),
        names=names_by_account({item.account_id for item in told.history if item.account_id is not None}),
        words=law_words,
        check_labels=CHECK_LABELS,
        event_labels=EVENT_LABELS,
        state_labels=STATE_LABELS,
    )


def _filter(word: str | None) -> ClockFilter:
    try:
        return ClockFilter(word or ClockFilter.ALL)
    except ValueError:
        return ClockFilter.ALL
