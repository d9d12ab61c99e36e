"""What the application hangs in: pages, the menu entry, the hook the slice joins, and how clocks name its work."""

from collections.abc import Iterable
from uuid import UUID

from flask import Flask, g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.deadlines.service import SubjectLink, describe_subjects_as
from tiepdan.directives import hooks, jobs, period_views, views  # noqa: F401 - jobs register themselves
from tiepdan.directives.due_days import SUBJECT, describe_received
from tiepdan.web.format import format_date
from tiepdan.web.navigation import NavItem, add_to_nav

_PAGES = (period_views,)  # its endpoint belongs to the blueprint of `views`


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.desk)
    register_slice(hooks, "directives")
    describe_subjects_as(SUBJECT, _describe)
    add_to_nav(app, NavItem("directives.index", "directives.view", _l("Giao việc"), "clipboard-list", 40))


def _describe(assignment_ids: Iterable[UUID]) -> dict[UUID, SubjectLink]:
    may_open = g.get("actor") is not None and g.actor.may("directives.view")
    return {
        assignment_id: SubjectLink(
            _("Việc %(body)s giao ngày %(day)s", body=body, day=format_date(issued_on)),
            url_for("directives.show", assignment_id=assignment_id) if may_open else None,
        )
        for assignment_id, (body, issued_on) in describe_received(assignment_ids).items()
    }
