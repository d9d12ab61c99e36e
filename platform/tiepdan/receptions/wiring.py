"""What the application hangs in: pages, menu entries, the hook it joins, and how clocks name a visit."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import click
from flask import Flask, g, url_for
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.deadlines.service import SubjectLink, describe_subjects_as
from tiepdan.receptions import closing_views, desk_views, head_views, hooks, portal, views, visit_views
from tiepdan.receptions.refusals import SUBJECT, codes_of_visits
from tiepdan.web.navigation import NavItem, add_to_nav

_PAGES = (closing_views, desk_views, visit_views)  # their endpoints belong to the blueprint of `views`


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.receptions)
    app.register_blueprint(head_views.head)
    app.register_blueprint(portal.citizens)
    register_slice(hooks, "receptions")
    describe_subjects_as(SUBJECT, _describe)
    add_to_nav(
        app,
        NavItem("head.index", "head.view", _l("Người đứng đầu"), "flag", 5),
        NavItem("receptions.index", "receptions.view", _l("Tiếp công dân"), "calendar-event", 20),
    )


def _describe(visit_ids: Iterable[UUID]) -> dict[UUID, SubjectLink]:
    may_open = g.get("actor") is not None and g.actor.may("receptions.view")
    return {
        visit_id: SubjectLink(code, url_for("receptions.show_visit", visit_id=visit_id) if may_open else None)
        for visit_id, code in codes_of_visits(visit_ids).items()
    }


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan import …`."""
    from tiepdan.receptions.commands import imports

    yield imports
