"""Pages of the provincial IT administrator and the operator."""

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.errors import Conflict, Invalid
from tiepdan.identity.fleet import appoint_in, fleet_tenant, list_provinces, search_tenants
from tiepdan.identity.forms import AppointForm
from tiepdan.web.blueprints import platform_blueprint, requires

fleet = platform_blueprint("fleet", __name__, url_prefix="/platform")


@fleet.get("/")
@requires("fleet.view")
def index() -> ResponseReturnValue:
    """Show the provinces and find a tenant."""
    text = request.args.get("q", "")
    return render_template(
        "identity/fleet.html",
        provinces=list_provinces(actor=g.actor, provinces=g.provinces),
        tenants=search_tenants(text, actor=g.actor, provinces=g.provinces),
        text=text,
    )


@fleet.get("/tenants/<slug>")
@requires("fleet.view")
def show(slug: str) -> ResponseReturnValue:
    """Show one tenant and where to appoint its administrator."""
    tenant = fleet_tenant(slug, actor=g.actor, provinces=g.provinces)
    return render_template("identity/fleet_tenant.html", tenant=tenant, form=AppointForm())


@fleet.post("/tenants/<slug>/administrator")
@requires("fleet.invite")
def appoint(slug: str) -> ResponseReturnValue:
    """Appoint a tenant's administrator; the link is shown once."""
    tenant = fleet_tenant(slug, actor=g.actor, provinces=g.provinces)
    form = AppointForm()
    if form.validate():
        try:
            _account_id, token = appoint_in(tenant, form.login.data, form.full_name.data, actor=g.actor)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            link = url_for("identity.invitation_form", token=token, _external=True) if token else None
            note = _("Người này chưa có quyền nào về đơn thư cho đến khi người đứng đầu xác nhận.")
            return render_template("identity/invited.html", link=link, login=form.login.data, note=note)
    return render_template("identity/fleet_tenant.html", tenant=tenant, form=form), 422
