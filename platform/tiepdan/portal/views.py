"""Pages for everybody: the front page of the platform or of a body, tracking, permissions, files for machines."""

from flask import Response, abort, current_app, g, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.portal.directory_page import show_directory
from tiepdan.portal.forms import TrackForm
from tiepdan.portal.home_page import show_home
from tiepdan.portal.permission_table import platform_table, tenant_table
from tiepdan.portal.tracking import track_case
from tiepdan.web.blueprints import anywhere_blueprint, public, public_blueprint

front = anywhere_blueprint("portal", __name__)
citizens = public_blueprint("track", __name__)

# Staff pages answer nobody without a session; the tracking page and searches are no use to a search engine.
_ROBOTS = """\
User-agent: *
Disallow: /*?
Disallow: /signin
Disallow: /invitation/
Disallow: /platform/
Disallow: /track
Disallow: /desk
Disallow: /t/*/signin
Disallow: /t/*/track
Disallow: /t/*/desk
"""


@front.get("/")
@public
def home() -> ResponseReturnValue:
    """Show the front page of the body in scope; without one, the directory of all bodies."""
    if g.tenant is None:
        return show_directory()
    if g.tenant.state != "active" and g.actor is None:
        abort(503)
    return show_home(g.tenant, today())


@front.get("/about/permissions")
@public
def permissions() -> ResponseReturnValue:
    """Show which role may do what: the table the guards read."""
    return render_template("portal/permissions.html", tenant_table=tenant_table(), platform_table=platform_table())


@front.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Tell search engines what is of no use to them."""
    return Response(_ROBOTS, mimetype="text/plain")


@front.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Answer browsers that ask for an icon by its old name."""
    return send_from_directory(str(current_app.static_folder), "mark.svg", mimetype="image/svg+xml")


@citizens.get("/track")
@public
def ask() -> ResponseReturnValue:
    """Ask for code and PIN; the receipt's QR brings the code along."""
    form = TrackForm(data={"code": request.args.get("code", "")[:40]})
    return render_template("portal/track.html", form=form)


@citizens.post("/track")
@public
def show() -> ResponseReturnValue:
    """Show how the case stands. The PIN never becomes part of an address."""
    form = TrackForm()
    status = 422
    if form.validate() and form.has_readable_code():
        try:
            found = track_case(form.code.data, form.pin.data, address=request.remote_addr or "")
        except Conflict as fault:
            status = 429
            form.form_errors.append(str(fault.message))
        except NotFound as fault:
            form.form_errors.append(str(fault.message))
        else:
            return render_template("portal/tracked.html", found=found)
    return render_template("portal/track.html", form=form), status
