"""The page on which a tenant's administrator makes and revokes keys."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.api.forms import KeyForm
from tiepdan.api.keys import list_keys, make_key, revoke_key
from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

keys = desk_blueprint("keys", __name__, url_prefix="/keys")


@keys.get("/")
@requires("keys.manage")
def index() -> ResponseReturnValue:
    """List the keys and offer a new one."""
    return _page(KeyForm())


@keys.post("/")
@requires("keys.manage")
def create() -> ResponseReturnValue:
    """Make a key and show it, once."""
    form = KeyForm()
    if form.validate():
        try:
            with transaction():
                made = make_key(form.label.data, expires_on=form.expires_on.data, actor=g.actor, on=today())
                lead_to(url_for(".index"))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            return render_template("api/made.html", secret=made.secret, address=_address())
    return _page(form), 422


@keys.post("/<uuid:key_id>/revoke")
@requires("keys.manage")
def revoke(key_id: UUID) -> ResponseReturnValue:
    """Revoke a key."""
    with transaction():
        revoke_key(key_id, actor=g.actor)
    flash(_("Đã thu hồi khóa; chương trình dùng khóa này không còn đọc được."), "success")
    return redirect(url_for(".index"), 303)


def _page(form: KeyForm) -> str:
    return render_template("api/keys.html", form=form, keys=list_keys(actor=g.actor), today=today(), address=_address())


def _address() -> str:
    return request.url_root.rstrip("/") + url_for("api.petitions").removeprefix(request.script_root)
