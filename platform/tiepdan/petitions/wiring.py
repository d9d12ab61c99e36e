"""What the application hangs in: pages, menu entries, hooks, and how clocks name a petition."""

from collections.abc import Iterable
from uuid import UUID

from flask import Flask, g, url_for
from flask_babel import lazy_gettext as _l

from tiepdan.core.plugins import register_slice
from tiepdan.deadlines.service import SubjectLink, describe_subjects_as
from tiepdan.petitions import hooks, intake_views, matter_views, news_views, step_views, views
from tiepdan.petitions.history import SUBJECT
from tiepdan.petitions.queries import petitions_by_id
from tiepdan.petitions.words import FIELDS, STATUS_TONES, STATUSES
from tiepdan.sharing.words import lend_words
from tiepdan.web.navigation import NavItem, add_to_nav

_PAGES = (intake_views, news_views, step_views)  # their endpoints belong to the blueprint of `views`


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.petitions)
    app.register_blueprint(matter_views.matters)
    register_slice(hooks, "petitions")
    describe_subjects_as(SUBJECT, _describe)
    lend_words(
        app,
        statuses={word.value: label for word, label in STATUSES.items()},
        tones={word.value: tone for word, tone in STATUS_TONES.items()},
        fields={word.value: label for word, label in FIELDS.items()},
    )
    add_to_nav(
        app,
        NavItem("petitions.index", "petitions.view", _l("Đơn thư"), "mail", 30),
        NavItem("matters.index", "petitions.view", _l("Vụ việc"), "folder", 35),
    )


def _describe(petition_ids: Iterable[UUID]) -> dict[UUID, SubjectLink]:
    may_open = g.get("actor") is not None and g.actor.may("petitions.view")
    return {
        row.id: SubjectLink(row.code, url_for("petitions.show", petition_id=row.id) if may_open else None)
        for row in petitions_by_id(list(petition_ids)).values()
    }
