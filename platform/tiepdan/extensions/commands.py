"""`tiepdan plugins …`: see what is installed, allow it, and stop a plugin when the site is broken.

None of these makes the application: a broken plugin must not keep anybody from switching it off.
"""

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import entry_points

import click
import sqlalchemy as sa

from tiepdan.config import ConfigError, load_settings
from tiepdan.core.plugin_loading import GROUP, InstalledPlugin, load_plugins
from tiepdan.extensions.keeper import start_everywhere, stop_everywhere
from tiepdan.extensions.offered_commands import NAME_TAKEN, ask_for_commands
from tiepdan.extensions.uploaded import owner_of, uploads_of

_NO_COMMANDS = {NAME_TAKEN: "trùng tên lệnh của nền tảng / the platform has a command of this name"}


@click.group("plugins")
def plugins_group() -> None:
    """Plugin: xem, cho phép, dừng. / See, allow and stop plugins."""


@plugins_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho phần mềm khác đọc. / Print JSON.")
def list_command(*, as_json: bool) -> None:
    """Liệt kê plugin đã cài và vì sao cái nào không nạp được. / List installed plugins."""
    root = click.get_current_context().find_root().command
    with redirect_stdout(sys.stderr):  # a plugin that fails is logged; what is printed here may be read by a program
        found = load_plugins()
        refused = ask_for_commands(found, root.commands if isinstance(root, click.Group) else ()).refused
    if as_json:
        rows = [{**_as_json(plugin), "commands_refused": refused.get(plugin.name, "")} for plugin in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("Chưa cài plugin nào. / No plugin is installed.")
    for plugin in found:
        state = f"KHÔNG NẠP: {plugin.problem} {plugin.detail}" if plugin.problem else ", ".join(plugin.hooks)
        mark = " [chỉ là dữ liệu / data only]" if plugin.declared else ""
        click.echo(f"{plugin.name:<20} {plugin.version:<10} {state}{mark}")
    for name, why in refused.items():
        click.echo(f"{name:<20} KHÔNG CÓ LỆNH: {_NO_COMMANDS.get(why, why)}")


@plugins_group.command("allow")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi plugin đã cài. / Every installed plugin.")
def allow_command(names: tuple[str, ...], *, everything: bool) -> None:
    """In các dòng cho tệp TIEPDAN_PLUGINS_ALLOWED sau khi đã xem mã. / Print lines for the allow-list."""
    found = {plugin.name: plugin for plugin in load_plugins()}
    wanted = list(found) if everything else list(names)
    unknown = [name for name in wanted if name not in found]
    if unknown or not wanted:
        click.echo(f"Không có plugin {', '.join(unknown) or '(hãy nêu tên, hoặc --all)'}.", err=True)
        click.echo(f"Đã cài: {', '.join(found) or 'không có'}.", err=True)
        sys.exit(2)
    for name in wanted:
        plugin = found[name]
        click.echo(f'[[plugin]]\nname = "{plugin.name}"\nversion = "{plugin.version}"\nsha256 = "{plugin.digest}"\n')


@plugins_group.command("disable")
@click.argument("name")
@click.option("--everywhere", is_flag=True, required=True, help="Ở mọi đơn vị. / In every tenant.")
def disable_command(name: str, *, everywhere: bool) -> None:  # noqa: ARG001 - the flag is there to be typed
    """Dừng một plugin ở mọi nơi, kể cả khi trang web đang hỏng. / Stop a plugin everywhere."""
    made = _change(lambda connection: stop_everywhere(connection, name))
    if not _is_known(name):
        click.echo(
            f"Chú ý: máy này không cài plugin {name}; xem lại tên bằng tiepdan plugins list. Lệnh dừng vẫn được ghi."
            f" / No plugin {name} is installed here; the stop is kept all the same.",
            err=True,
        )
    click.echo(f"{name}: {'đã dừng ở mọi nơi' if made else 'đã dừng từ trước'}.")


def _is_known(name: str) -> bool:
    """Say whether a name may be one of a plugin's, without importing any: this is said while the site is broken."""
    return owner_of(name) is not None or name in {point.name for point in entry_points(group=GROUP)}


@plugins_group.command("enable")
@click.argument("name")
@click.option("--everywhere", is_flag=True, required=True, help="Ở mọi đơn vị. / In every tenant.")
def enable_command(name: str, *, everywhere: bool) -> None:  # noqa: ARG001 - the flag is there to be typed
    """Bỏ lệnh dừng ở mọi nơi. / Take the stop back."""
    made = _change(lambda connection: start_everywhere(connection, name))
    click.echo(f"{name}: {'đã bỏ lệnh dừng' if made else 'không có lệnh dừng nào'}.")
    sys.exit(0 if made else 1)


@plugins_group.command("uploaded")
@click.argument("slug")
def uploaded_command(slug: str) -> None:
    """Liệt kê plugin một đơn vị đã tải lên và đang dùng, với tên để dừng. / List what a tenant uploaded."""
    found = _with_database(lambda connection: uploads_of(connection, slug))
    if found is None:
        click.echo(f"Không có đơn vị {slug}. / No such tenant.", err=True)
        sys.exit(2)
    if not found:
        click.echo("Đơn vị chưa dùng plugin nào tải lên. / The tenant uses no uploaded plugin.")
    for name, number, withdrawn in found:
        click.echo(f"{name:<30} {number:<6} {'đã rút / withdrawn' if withdrawn else 'đang dùng / in use'}")


def _change(change: Callable[[sa.Connection], bool]) -> bool:
    return _with_database(change)


def _with_database[T](work: Callable[[sa.Connection], T]) -> T:
    try:
        settings = load_settings()
    except ConfigError as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    url = sa.make_url(settings.database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.begin() as connection:
            return work(connection)
    except sa.exc.OperationalError:
        click.echo("Không nối được cơ sở dữ liệu; chạy `tiepdan doctor`. / The database is unreachable.", err=True)
        sys.exit(2)


def _as_json(plugin: InstalledPlugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "sha256": plugin.digest,
        "declared": plugin.declared,
        "hooks": list(plugin.hooks),
        "level": plugin.manifest.level if plugin.manifest else None,
        "problem": plugin.problem,
        "detail": plugin.detail,
    }
