"""`tiepdan registers …`: what an operator does to registers of plugins."""

from pkgutil import resolve_name

import click
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.errors import DomainError
from tiepdan.core.scope import enter, platform_scope
from tiepdan.extensions.purging import PERMISSION
from tiepdan.registers.purging import purge_plugin
from tiepdan.tenancy.service import find_tenant

# The application is above this slice; it is found by name, as gunicorn finds it.
APPLICATION = "tiepdan.app:create_app"


@click.group(name="registers")
def registers_group() -> None:
    """Sổ theo dõi của plugin. / Registers of plugins."""


@registers_group.command("purge")
@click.argument("tenant")
@click.argument("plugin")
@click.option("--confirm", required=True, help="Gõ lại tên plugin. / Type the plugin's name again.")
def purge_command(tenant: str, plugin: str, confirm: str) -> None:
    """Xóa hẳn mọi mục trong sổ của một plugin đã tắt, ở một đơn vị. / Delete a plugin's entries for good."""
    if confirm != plugin:
        raise click.ClickException(f"--confirm phải là {plugin}. / --confirm must be {plugin}.")
    app = resolve_name(APPLICATION)()
    with app.app_context():
        with platform_scope():
            found = find_tenant(tenant)
        forget_session()
        if found is None:
            raise click.ClickException(_("Không có đơn vị “%(slug)s”.", slug=tenant))
        try:
            with enter(found.scope), transaction():
                count = purge_plugin(plugin, actor=Actor.system(PERMISSION, tenant_id=found.id))
        except DomainError as error:
            raise click.ClickException(str(error.message)) from error
        finally:
            forget_session()
    click.echo(f"{plugin}: đã xóa {count} mục. / {count} entries deleted.")
