"""What the application hangs in: pages, menu entries, commands, and the journal's ear for refusals."""

from collections.abc import Iterator

import click
from flask import Flask, g, url_for
from flask_babel import lazy_gettext as _l

from tiepdan.audit.service import record_refusal
from tiepdan.core.actor import Actor
from tiepdan.identity import fleet_views, member_views, views
from tiepdan.identity.accounts import names_by_account
from tiepdan.identity.commands import accounts
from tiepdan.identity.forms import ROLE_LABELS
from tiepdan.web.errors import request_refused
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(views.identity)
    app.register_blueprint(member_views.members)
    app.register_blueprint(fleet_views.fleet)
    request_refused.connect(_write_refusal)
    app.context_processor(_frame)
    app.extensions["tiepdan_account_names"] = names_by_account  # the journal lies below and shows names of officials
    add_to_nav(
        app,
        NavItem("members.index", "members.view", _l("Nhân sự"), "users", 90),
        NavItem("fleet.index", "fleet.view", _l("Các đơn vị"), "building", 10, platform=True),
    )


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan accounts …`."""
    yield accounts


def _frame() -> dict[str, object]:
    """Give every page the addresses of account and language, and the words for the actor's roles."""
    actor = g.get("actor")
    return {
        "locale_url": url_for("identity.locale"),
        "sign_in_url": url_for("identity.sign_in_form"),
        "sign_out_url": url_for("identity.sign_out_now"),
        "switch_url": url_for("identity.switch_form", choose=1),
        "account_url": url_for("identity.password_form"),
        "role_names": [str(label) for role, label in ROLE_LABELS.items() if actor is not None and role in actor.roles],
    }


def _write_refusal(actor: Actor, *, permission: str, endpoint: str) -> None:
    record_refusal(actor, permission, endpoint)
