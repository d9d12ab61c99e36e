"""Blueprints whose guards are already on: an endpoint without a mark is refused."""

from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect

from tiepdan.core.errors import Conflict, Forbidden, NotFound
from tiepdan.web.idempotency import check_form_token
from tiepdan.web.marks import mark_of, public, requires

__all__ = [
    "anywhere_blueprint",
    "api_blueprint",
    "csrf",
    "desk_blueprint",
    "platform_blueprint",
    "public",
    "public_blueprint",
    "requires",
]

csrf = CSRFProtect()


def desk_blueprint(name: str, import_name: str, **options: Any) -> Blueprint:  # noqa: ANN401 - Flask's own options
    """Staff pages of a tenant: tenant, sign-in, membership, CSRF and permission are checked."""
    return _armed(name, import_name, _guard_desk, options)


def public_blueprint(name: str, import_name: str, **options: Any) -> Blueprint:  # noqa: ANN401
    """Citizens' pages of a tenant: tenant and CSRF are checked; every endpoint is marked public."""
    return _armed(name, import_name, _guard_public, options)


def platform_blueprint(name: str, import_name: str, **options: Any) -> Blueprint:  # noqa: ANN401
    """Pages that belong to no tenant: sign-in, directory, fleet."""
    return _armed(name, import_name, _guard_platform, options)


def anywhere_blueprint(name: str, import_name: str, **options: Any) -> Blueprint:  # noqa: ANN401
    """Pages that work with and without a tenant: sign-in, invitation, password, switching."""
    return _armed(name, import_name, _guard_anywhere, options)


def api_blueprint(name: str, import_name: str, **options: Any) -> Blueprint:  # noqa: ANN401
    """JSON for machines: the API key was read by the `api` slice into g.actor; no cookies, so no CSRF."""
    return _armed(name, import_name, _guard_api, options)


def _armed(name: str, import_name: str, guard: Any, options: dict[str, Any]) -> Blueprint:  # noqa: ANN401
    options.setdefault("template_folder", "templates")
    blueprint = Blueprint(name, import_name, **options)
    blueprint.before_request(guard)
    blueprint.before_request(check_form_token)  # who may not do it learns nothing about a form either
    return blueprint


def _permission() -> str | None:
    """Return the permission the endpoint asks for; an unmarked endpoint is refused."""
    view = current_app.view_functions[request.endpoint or ""]
    mark = mark_of(view)
    if mark is None:
        raise Forbidden(f"endpoint {request.endpoint} carries no mark")
    return mark.permission


def _guard_desk() -> ResponseReturnValue | None:
    permission = _permission()
    if g.tenant is None:
        abort(404)
    if permission is None:
        csrf.protect()
        return None
    if g.actor is None:
        if g.signed_in_elsewhere is not None and g.memberships:
            return redirect(url_for("identity.switch_form", next=request.full_path))
        if g.signed_in_elsewhere is not None:
            raise NotFound("not a member")
        return _to_sign_in()
    csrf.protect()
    _refuse_writes_when_suspended()
    g.actor.require(permission)
    return None


def _guard_public() -> ResponseReturnValue | None:
    permission = _permission()
    if g.tenant is None:
        abort(404)
    if permission is not None:
        raise Forbidden(f"endpoint {request.endpoint} is not public")
    if g.tenant.state != "active" and g.actor is None:
        abort(503)
    csrf.protect()
    return None


def _guard_platform() -> ResponseReturnValue | None:
    permission = _permission()
    if g.tenant is not None or g.get("unknown_tenant"):
        abort(404)
    csrf.protect()
    if permission is None:
        return None
    if g.actor is None:
        return _to_sign_in()
    g.actor.require(permission)
    return None


def _guard_anywhere() -> ResponseReturnValue | None:
    permission = _permission()
    if g.get("unknown_tenant"):
        abort(404)
    csrf.protect()
    if permission is None:
        return None
    if g.actor is None and g.signed_in_elsewhere is None:
        return _to_sign_in()
    return None


def _guard_api() -> ResponseReturnValue | None:
    permission = _permission()
    if g.tenant is None:
        abort(404)
    if permission is None:
        return None
    if g.actor is None:
        abort(401)
    _refuse_writes_when_suspended()
    g.actor.require(permission)
    return None


def _refuse_writes_when_suspended() -> None:
    """A suspended tenant is read-only to its staff."""
    if g.tenant.state != "active" and request.method not in {"GET", "HEAD", "OPTIONS"}:
        raise Conflict(_("Đơn vị đang tạm ngừng hoạt động trên hệ thống: chỉ xem được, chưa ghi được."))


def _to_sign_in() -> ResponseReturnValue:
    if request.method != "GET":
        abort(401)
    return redirect(url_for("identity.sign_in_form", next=request.script_root + request.full_path))
