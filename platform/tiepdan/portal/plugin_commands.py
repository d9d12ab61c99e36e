"""`tiepdan <plugin> <command> --tenant SLUG [ARGUMENT…]`: run a plugin's command for a committee.

A plugin is looked for only when no command of the platform has the name, or when the help lists all: the web server
and the worker start without loading plugins twice.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import click
from flask import Flask

from tiepdan.audit.service import record_event_now
from tiepdan.config import ConfigError
from tiepdan.core.actor import Actor
from tiepdan.core.clock import today
from tiepdan.core.db import db, transaction
from tiepdan.core.plugin_calls import LARGEST_ANSWER, PluginBrokeTransactionError, call_plugin
from tiepdan.core.plugins import Enabled
from tiepdan.core.scope import PlatformScope, Scope, enter
from tiepdan.counting.records import records_for
from tiepdan.extensions.offered_commands import HOOK, OfferedCommands, ask_for_commands, load_allowed
from tiepdan.extensions.service import enabled_here
from tiepdan.sdk import Call, Command
from tiepdan.tenancy.service import find_tenant, own_tenant, plugin_tenant

BUDGET = timedelta(minutes=10)  # somebody sits before it and can stop it


class PlatformGroup(click.Group):
    """The platform's commands, then those of plugins.

    make_app: makes the application, and is called only to run a plugin's command.
    """

    def __init__(self, *arguments: Any, make_app: Callable[[], Flask], **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*arguments, **options)
        self._make_app = make_app
        self._offered: OfferedCommands | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, the plugins' last."""
        return [*super().list_commands(ctx), *sorted(self._from_plugins().by_plugin)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; only for a name the platform does not know are plugins asked."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        commands = self._from_plugins().by_plugin.get(cmd_name)
        return _group_of(cmd_name, commands, self._make_app) if commands else None

    def _from_plugins(self) -> OfferedCommands:
        if self._offered is None:
            with redirect_stdout(sys.stderr):  # what is logged is no part of the help
                self._offered = ask_for_commands(load_allowed(), taken=self.commands)
        return self._offered


def _group_of(plugin: str, commands: Sequence[Command], make_app: Callable[[], Flask]) -> click.Group:
    group = click.Group(plugin, help=f"Lệnh của plugin {plugin}. / Commands of the plugin {plugin}.")
    for command in commands:
        group.add_command(_click_command(plugin, command, make_app))
    return group


def _click_command(plugin: str, command: Command, make_app: Callable[[], Flask]) -> click.Command:
    def run(tenant: str, arguments: tuple[str, ...]) -> None:
        try:
            app = make_app()
        except ConfigError as fault:
            raise click.ClickException(str(fault)) from fault
        answer = run_for_tenant(app, plugin, command, tenant, arguments)
        for line in answer.lines:
            click.echo(line)
        if answer.problem:
            click.echo(answer.problem, err=True)
        sys.exit(answer.code)

    return click.Command(
        command.name,
        callback=run,
        help=f"{command.help['vi']} / {command.help['en']}",
        params=[
            click.Option(["--tenant"], required=True, metavar="SLUG", help="Mã đơn vị. / Code of the committee."),
            click.Argument(["arguments"], nargs=-1, metavar="[ARGUMENT]..."),
        ],
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command. code: 0 done, 1 the plugin failed, 2 it cannot be done as it was asked."""

    lines: Sequence[str] = ()
    problem: str = ""
    code: int = 0


@dataclass(frozen=True, slots=True)
class _Refusal:
    """That the command refused its arguments, and why."""

    message: str


def run_for_tenant(app: Flask, plugin: str, command: Command, slug: str, arguments: Sequence[str]) -> Outcome:
    """Run a plugin's command in a committee's scope; it reads, and what it does in the database is undone.

    The call is written into the committee's journal first, without its arguments: they may name somebody.
    """
    with app.app_context():
        try:
            scope = _scope_of(slug)
            if scope is None:
                return Outcome(problem=f"Không có đơn vị {slug}. / There is no committee {slug}.", code=2)
            with enter(scope), transaction():
                return _run(plugin, command, arguments)
        except PluginBrokeTransactionError:
            return _failed(plugin, "transaction")
        finally:
            db.session.remove()


def _scope_of(slug: str) -> Scope | None:
    with enter(PlatformScope()):
        try:
            tenant = find_tenant(slug)
            return tenant.scope if tenant else None
        finally:
            db.session.remove()


def _run(plugin: str, command: Command, arguments: Sequence[str]) -> Outcome:
    enabled = next((each for each in enabled_here() if each.manifest.name == plugin), None)
    if enabled is None:
        problem = f"Plugin {plugin} không bật ở đơn vị này. / The plugin {plugin} is not enabled for this committee."
        return Outcome(problem=problem, code=2)
    record_event_now(
        "plugin.command_called",
        actor=Actor.system(),
        subject_type="plugin",
        detail={"plugin": plugin, "command": command.name},
    )
    given = _call_of(enabled, arguments)

    def run() -> object:
        try:
            return command.run(given)
        except ValueError as fault:
            return _Refusal(str(fault))

    answer, fault = call_plugin(plugin, HOOK, run, [], _check_lines, BUDGET)
    if fault is not None:
        return _failed(plugin, fault.kind)
    if isinstance(answer, _Refusal):
        return Outcome(problem=answer.message, code=2)
    return Outcome(lines=tuple(answer or ()))


def _call_of(enabled: Enabled, arguments: Sequence[str]) -> Call:
    records = records_for(enabled.manifest.name, today())
    return Call(plugin_tenant(own_tenant()), records, enabled.settings, tuple(arguments))


def _failed(plugin: str, kind: str) -> Outcome:
    return Outcome(problem=f"Plugin {plugin} gặp lỗi ({kind}). / The plugin {plugin} failed ({kind}).", code=1)


def _check_lines(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if isinstance(answer, _Refusal):
        return
    if not isinstance(answer, list | tuple) or not all(isinstance(line, str) for line in answer):
        raise TypeError(f"a command answers with at most {LARGEST_ANSWER} lines of text")
