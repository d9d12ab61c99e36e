"""The head's page: who comes today, what is owed and held, what is late, who waits for confirmation."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.directives.rules import Side
from tiepdan.directives.service import overdue_assignments
from tiepdan.identity.forms import ROLE_LABELS
from tiepdan.identity.memberships import pending_members
from tiepdan.receptions.head import expected_visitors, head_duty
from tiepdan.receptions.words import DUTIES, FORMS, RECEIVED_BY
from tiepdan.sharing.below import overdue_below
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.charts import measure_quota

SHOWN_BELOW = 999  # a province may have very many; the page below counts them all

head = desk_blueprint("head", __name__, url_prefix="/head")


@head.get("/")
@requires("head.view")
def index() -> ResponseReturnValue:
    """Show what the head of the body needs to know this morning."""
    on = today()
    duty = head_duty(on)
    actor = g.actor
    return render_template(
        "receptions/head.html",
        expected=expected_visitors(on),
        duty=duty,
        month=measure_quota(duty.month.met, duty.month.owed),
        half_year=measure_quota(duty.half_year.met, duty.half_year.owed),
        given=overdue_assignments(Side.SENDER, actor=actor, on=on),
        received=overdue_assignments(Side.RECEIVER, actor=actor, on=on),
        pending=pending_members(actor=actor),
        below=overdue_below(on, at_most=SHOWN_BELOW + 1) if actor.may("shared.view") else 0,
        shown_below=SHOWN_BELOW,
        role_labels=ROLE_LABELS,
        duties=DUTIES,
        forms_of=FORMS,
        received_by=RECEIVED_BY,
    )
