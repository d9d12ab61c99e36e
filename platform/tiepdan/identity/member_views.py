"""The members of a tenant: invite, confirm, limit a role in time, take it away."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.identity.forms import ROLE_LABELS, InviteForm, LimitForm
from tiepdan.identity.memberships import (
    confirm_membership,
    end_membership,
    invite_member,
    limit_membership,
    list_members,
    member_by_id,
)
from tiepdan.identity.permissions import Role
from tiepdan.web.blueprints import desk_blueprint, requires

members = desk_blueprint("members", __name__, url_prefix="/members")


@members.get("/")
@requires("members.view")
def index() -> ResponseReturnValue:
    """List who works here and as what; appointments that wait for the head come first."""
    return render_template("identity/members.html", members=list_members(actor=g.actor), role_labels=ROLE_LABELS)


@members.get("/invite")
@requires("members.manage")
def invite_form() -> ResponseReturnValue:
    """Show the invitation form."""
    return render_template("identity/invite.html", form=InviteForm())


@members.post("/invite")
@requires("members.manage")
def invite() -> ResponseReturnValue:
    """Invite a person; the link is shown once."""
    form = InviteForm()
    if form.validate():
        try:
            with transaction():
                _account_id, token = invite_member(
                    form.login.data,
                    form.full_name.data,
                    [Role(role) for role in form.roles.data or ()],
                    actor=g.actor,
                    until=form.until.data,
                )
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            if token is None:
                flash(_("Đã thêm vai trò cho tài khoản đang có."), "success")
                return redirect(url_for(".index"), 303)
            link = url_for("identity.invitation_form", token=token, _external=True)
            return render_template("identity/invited.html", link=link, login=form.login.data)
    return render_template("identity/invite.html", form=form), 422


@members.post("/<uuid:membership_id>/confirm")
@requires("members.confirm")
def confirm(membership_id: UUID) -> ResponseReturnValue:
    """Confirm an appointment: its rights over cases begin."""
    with transaction():
        confirm_membership(membership_id, actor=g.actor)
    flash(_("Đã xác nhận vai trò."), "success")
    return redirect(url_for(".index"), 303)


@members.get("/<uuid:membership_id>/limit")
@members.post("/<uuid:membership_id>/limit", endpoint="limit_sent")
@requires("members.view")
def limit(membership_id: UUID) -> ResponseReturnValue:
    """Change until when a role counts."""
    member = member_by_id(membership_id, actor=g.actor)
    form = LimitForm(until=member.until)
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with transaction():
                    limit_membership(membership_id, form.until.data, actor=g.actor)
            except Invalid as fault:
                form.show_errors(fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(_("Đã đổi thời hạn của vai trò."), "success")
                return redirect(url_for(".index"), 303)
    return render_template("identity/limit.html", form=form, member=member, role_labels=ROLE_LABELS), status


@members.post("/<uuid:membership_id>/end")
@requires("members.view")
def end(membership_id: UUID) -> ResponseReturnValue:
    """Take a role away, or refuse an appointment that waits."""
    with transaction():
        end_membership(membership_id, actor=g.actor)
    flash(_("Đã kết thúc vai trò."), "success")
    return redirect(url_for(".index"), 303)
