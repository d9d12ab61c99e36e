"""The way in for people at a terminal: `tiepdan …`."""

import click

from tiepdan.app import command_groups, create_app
from tiepdan.portal.plugin_commands import PlatformGroup


@click.group(cls=PlatformGroup, make_app=create_app, help="Tiếp Dân: tiếp công dân và xử lý đơn thư.")
@click.version_option(package_name="tiepdan")
def main() -> None:
    """Gather the commands of every slice; those of plugins follow."""


for _command in command_groups():
    main.add_command(_command)
