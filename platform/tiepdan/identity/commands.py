"""`tiepdan accounts …`: how the first people of an installation get in, and whoever forgot a password."""

from pkgutil import resolve_name

import click
import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.db import db, transaction
from tiepdan.core.errors import DomainError
from tiepdan.core.scope import platform_scope
from tiepdan.identity.accounts import create_account, find_account, grant_platform_role, issue_invitation
from tiepdan.identity.permissions import PlatformRole
from tiepdan.tenancy.models import ProvinceRow

APPLICATION = "tiepdan.app:create_app"  # above every slice, so it is found by name


@click.group(help="Tài khoản quản trị. / Administrators' accounts.")
def accounts() -> None:
    """Look after the accounts that belong to no committee."""


@accounts.command("operator", help="Mời một người vận hành nền tảng. / Invite a platform operator.")
@click.argument("login")
@click.argument("full_name")
def operator(login: str, full_name: str) -> None:
    """Create an operator and print the path of the invitation, which is shown once."""
    with resolve_name(APPLICATION)().app_context():
        _say_link(_invite(login, full_name, PlatformRole.PLATFORM_OPERATOR, None))


@accounts.command("province-admin", help="Mời quản trị CNTT của một tỉnh. / Invite a province's IT administrator.")
@click.argument("login")
@click.argument("full_name")
@click.option("--province", "slug", required=True, help="Slug của tỉnh, ví dụ lang-son.")
def province_admin(login: str, full_name: str, slug: str) -> None:
    """Create an IT administrator of one province and print the path of the invitation."""
    with resolve_name(APPLICATION)().app_context():
        with platform_scope():
            province_id = db.session.scalar(sa.select(ProvinceRow.id).where(ProvinceRow.slug == slug))
            db.session.remove()
        if province_id is None:
            raise click.ClickException(_("Không có tỉnh “%(slug)s”; xem tiepdan tenants list.", slug=slug))
        _say_link(_invite(login, full_name, PlatformRole.PROVINCE_ADMIN, province_id))


@accounts.command("reset", help="Cấp liên kết đặt lại mật khẩu. / Issue a link to set a new password.")
@click.argument("login")
def reset(login: str) -> None:
    """Print the path of a fresh invitation for an account that exists; the old password works until it is used."""
    with resolve_name(APPLICATION)().app_context(), platform_scope():
        with transaction():
            account = find_account(login)
            if account is None:
                raise click.ClickException(_("Không có tài khoản “%(login)s”.", login=login))
            token = issue_invitation(account.id, issued_by=None)
        _say_link(token)


def _invite(login: str, full_name: str, role: PlatformRole, province_id: int | None) -> str:
    try:
        with platform_scope(), transaction():
            account = create_account(login, full_name)
            grant_platform_role(account.id, role, province_id=province_id)
            return issue_invitation(account.id, issued_by=None)
    except DomainError as error:
        raise click.ClickException(str(error.message)) from error


def _say_link(token: str) -> None:
    click.echo(f"/invitation/{token}")
    click.echo(_("Liên kết dùng được một lần, trong 7 ngày; mở trên địa chỉ của hệ thống."), err=True)
