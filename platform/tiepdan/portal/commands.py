"""`tiepdan docs …`: documentation that is written from the tables the program runs by."""

from pathlib import Path

import click

from tiepdan.portal.hook_reference import write_hooks
from tiepdan.portal.permission_table import write_document

HOOKS = Path(__file__).parents[2] / "docs" / "hooks.md"
DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"


@click.group(help="Viết tài liệu từ chính các bảng của hệ thống. / Write documentation from the tables themselves.")
def docs() -> None:
    """Write documentation from the tables themselves."""


@docs.command(help="Bảng vai trò và quyền. / The role × permission table.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DOCUMENT,
    help="Tệp sẽ ghi. / Where to write.",
)
def permissions(output: Path) -> None:
    """Write docs/permissions.md."""
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(write_document())
    click.echo(output)


@docs.command(help="Các hook cho plugin. / The hooks for plugins.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=HOOKS,
    help="Tệp sẽ ghi. / Where to write.",
)
def hooks(output: Path) -> None:
    """Write docs/hooks.md."""
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(write_hooks(), encoding="utf-8")
    click.echo(output)
