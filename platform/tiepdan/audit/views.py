"""The journal's page: who did what, when, on what."""

from uuid import UUID

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from tiepdan.audit import words
from tiepdan.audit.service import list_events
from tiepdan.core.errors import Invalid
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.paging import PAGE_SIZE, Page, decode_cursor, encode_cursor

journal = desk_blueprint("journal", __name__, url_prefix="/journal")


@journal.get("/")
@requires("journal.read")
def index() -> ResponseReturnValue:
    """List the newest events, a page at a time."""
    cursor = decode_cursor(request.args.get("cursor"), 1)
    try:
        before = UUID(cursor[0]) if cursor else None
    except ValueError as error:
        raise Invalid("cursor") from error
    events = list_events(actor=g.actor, before=before, action=request.args.get("action"), limit=PAGE_SIZE + 1)
    following = encode_cursor(str(events[PAGE_SIZE - 1].id)) if len(events) > PAGE_SIZE else None
    accounts = {event.account_id for event in events if event.account_id is not None}
    names = current_app.extensions["tiepdan_account_names"](accounts)
    return render_template("audit/index.html", page=Page(events[:PAGE_SIZE], following), names=names, words=words)
