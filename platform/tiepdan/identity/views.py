"""Sign in, begin by invitation, change the password, switch between memberships."""

from urllib.parse import urlsplit

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.db import db, transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.identity.accounts import accept_invitation, change_password, open_invitation
from tiepdan.identity.door import COOKIE_TOKEN, SignedIn
from tiepdan.identity.forms import NewPasswordForm, PasswordForm, SignInForm
from tiepdan.identity.memberships import own_tenants
from tiepdan.identity.sessions import open_session, sign_in, sign_out, switch_tenant
from tiepdan.tenancy.addresses import tenant_url
from tiepdan.tenancy.service import TenantView
from tiepdan.web.blueprints import anywhere_blueprint, public, requires

identity = anywhere_blueprint("identity", __name__)


@identity.get("/signin")
@public
def sign_in_form() -> ResponseReturnValue:
    """Show the sign-in form."""
    return render_template("identity/sign_in.html", form=SignInForm(), next=_safe_next(request.args.get("next")))


@identity.post("/signin")
@public
def sign_in_now() -> ResponseReturnValue:
    """Check login and password, and lead the person to their work."""
    form = SignInForm()
    target = _safe_next(request.form.get("next"))
    status = 422
    if form.validate():
        with transaction():
            outcome = sign_in(form.login.data, form.password.data, address=request.remote_addr or "")
        if outcome.token is not None:
            _remember(outcome.token)
            return redirect(target or url_for(".switch_form"), 303)
        if outcome.wait is not None:
            status = 429
            seconds = max(1, round(outcome.wait.total_seconds()))
            form.form_errors.append(
                _("Đăng nhập sai quá nhiều lần. Hãy đợi %(count)d giây rồi thử lại.", count=seconds)
            )
        else:
            form.form_errors.append(_("Tên đăng nhập hoặc mật khẩu không đúng."))
    return render_template("identity/sign_in.html", form=form, next=target), status


@identity.post("/signout")
@public
def sign_out_now() -> ResponseReturnValue:
    """End the session."""
    signed_in = _signed_in()
    token = session.pop(COOKIE_TOKEN, None)
    if signed_in is not None and token is not None:
        with transaction():
            sign_out(token, account_id=signed_in.account_id)
    session.clear()
    flash(_("Bạn đã đăng xuất."), "success")
    return redirect("/", 303)


@identity.get("/invitation/<token>")
@public
def invitation_form(token: str) -> ResponseReturnValue:
    """Show an invited person where to choose a password."""
    _invitation, account = open_invitation(token)
    return render_template("identity/invitation.html", form=NewPasswordForm(), account=account)


@identity.post("/invitation/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """Set the first password and sign in."""
    form = NewPasswordForm()
    if form.validate():
        try:
            with transaction():
                account = accept_invitation(token, form.password.data)
                cookie = open_session(account.id)
        except Invalid as fault:
            form.show_errors(fault)
        else:
            _remember(cookie)
            return redirect(url_for(".switch_form"), 303)
    _invitation, account = open_invitation(token)
    return render_template("identity/invitation.html", form=form, account=account), 422


@identity.get("/password")
@requires("password.change")
def password_form() -> ResponseReturnValue:
    """Show where to change one's password."""
    return render_template("identity/password.html", form=PasswordForm())


@identity.post("/password")
@requires("password.change")
def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = PasswordForm()
    signed_in = _signed_in()
    status = 422
    if signed_in is None:
        abort(401)
    if form.validate():
        try:
            with transaction():
                change_password(
                    signed_in.account_id,
                    old=form.old.data,
                    new=form.password.data,
                    keep=session.get(COOKIE_TOKEN),
                )
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            status = 429
            form.form_errors.append(str(fault.message))
        else:
            flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."), "success")
            return redirect(url_for(".switch_form"), 303)
    return render_template("identity/password.html", form=form), status


@identity.get("/switch")
@requires("password.change")
def switch_form() -> ResponseReturnValue:
    """List the person's committees; a person with one place of work goes straight there."""
    signed_in = _signed_in()
    if signed_in is None:
        abort(401)
    tenants = _own_tenants(signed_in)
    platform_roles = g.actor.roles if g.tenant is None and g.actor is not None else frozenset()
    if platform_roles and not tenants:
        return redirect(url_for("fleet.index"))
    if len(tenants) == 1 and not platform_roles and "choose" not in request.args:
        return _work_in(signed_in, tenants[0].id, tenants[0].slug)
    target = _safe_next(request.args.get("next"))
    return render_template("identity/switch.html", tenants=tenants, active=signed_in.active_tenant_id, next=target)


@identity.post("/switch")
@requires("password.change")
def switch() -> ResponseReturnValue:
    """Work in another committee from now on; openly, and written down."""
    signed_in = _signed_in()
    if signed_in is None:
        abort(401)
    wanted = request.form.get("tenant", "")
    for tenant in _own_tenants(signed_in):
        if str(tenant.id) == wanted:
            return _work_in(signed_in, tenant.id, tenant.slug)
    abort(404)
    return None


@identity.post("/locale")
@public
def locale() -> ResponseReturnValue:
    """Choose the language of the pages."""
    wanted = request.form.get("locale")
    session["locale"] = wanted if wanted in {"vi", "en"} else "vi"
    return redirect(_safe_next(request.form.get("next")) or request.script_root + "/", 303)


def _signed_in() -> SignedIn | None:
    found: SignedIn | None = g.get("signed_in") or g.signed_in_elsewhere
    return found


def _own_tenants(signed_in: SignedIn) -> list[TenantView]:
    db.session.remove()
    with enter(PlatformScope(signed_in.account_id)):
        tenants = own_tenants(signed_in.account_id)
        db.session.remove()
    return tenants


def _work_in(signed_in: SignedIn, tenant_id: int, slug: str) -> ResponseReturnValue:
    if signed_in.active_tenant_id != tenant_id:
        with transaction():
            switch_tenant(session[COOKIE_TOKEN], tenant_id, account_id=signed_in.account_id)
    target = _safe_next(request.values.get("next"))
    prefix = tenant_url(slug)
    return redirect(target if target and target.startswith(prefix) else tenant_url(slug, "/desk"), 303)


def _remember(token: str) -> None:
    """Put the token into the cookie; whatever the browser carried before is dropped (session fixation)."""
    chosen = session.get("locale")
    session.clear()
    session[COOKIE_TOKEN] = token
    if chosen:
        session["locale"] = chosen


def _safe_next(target: str | None) -> str | None:
    """Accept a path of this installation only: no other site, no scheme-relative address."""
    if not target:
        return None
    parts = urlsplit(target)
    own_host = not parts.scheme and not parts.netloc
    base_domain = current_app.config["TIEPDAN"].base_domain
    if base_domain and (parts.hostname or "").endswith(f".{base_domain}"):
        own_host = True
    return target if own_host and target.startswith("/") and not target.startswith(("//", "/\\")) else None
