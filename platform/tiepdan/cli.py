"""The way in for people at a terminal: `tiepdan …`."""

import click

from tiepdan.app import command_groups


@click.group(help="Tiếp Dân: tiếp công dân và xử lý đơn thư.")
@click.version_option(package_name="tiepdan")
def main() -> None:
    """Gather the commands of every slice."""


for _command in command_groups():
    main.add_command(_command)
