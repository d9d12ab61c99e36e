"""The staff's first page after signing in."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.extensions.notices import notices_here
from tiepdan.identity.memberships import pending_members
from tiepdan.portal.cards import member_cards, waiting_cards
from tiepdan.portal.plugin_cards import plugin_cards
from tiepdan.portal.plugin_pages import pages_here
from tiepdan.portal.ways import ways_to_begin
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.reach import may_open

desk = desk_blueprint("desk", __name__, url_prefix="/desk")


@desk.get("")
@requires("home.view")
def index() -> ResponseReturnValue:
    """Show what waits for this person today, and where their work begins."""
    on = today()
    from_plugins, failed = plugin_cards(on, g.actor)
    pending = pending_members(actor=g.actor) if g.actor.may("members.confirm") else []
    return render_template(
        "portal/desk.html",
        cards=[*waiting_cards(g.actor, on), *member_cards(pending)],
        ways=ways_to_begin(g.actor),
        appointed_outside=sorted({member.full_name for member in pending if member.granted_from_platform}),
        from_plugins=from_plugins,
        failed_plugins=tuple(dict.fromkeys((*failed, *pages_here(on).failed))),
        notices=notices_here(),
        may_open=may_open,
        on=on,
    )
