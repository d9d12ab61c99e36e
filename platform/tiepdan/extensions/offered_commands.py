"""Commands that plugins offer: asked for without a tenant or a database, because the command line is built so.

What is wrong with a plugin's commands costs it its commands and nothing else.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiepdan.core.plugin_calls import Fault, call_plugin
from tiepdan.core.plugin_loading import InstalledPlugin, load_plugins, read_allowed
from tiepdan.core.plugins import answer_check, manager
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words
from tiepdan.sdk import Command

HOOK = "commands"
MOST = 20  # of one plugin
NAME_TAKEN = "name_taken"  # the platform has a command of the plugin's name
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


@dataclass(frozen=True, slots=True)
class OfferedCommands:
    """What the plugins offer. by_plugin: commands by plugin; refused: why a plugin has none, a word, by plugin."""

    by_plugin: Mapping[str, Sequence[Command]]
    refused: Mapping[str, str]


def ask_for_commands(plugins: Collection[InstalledPlugin], taken: Collection[str]) -> OfferedCommands:
    """Ask loaded plugins for their commands.

    plugins: as they were found; those that were not loaded are not asked. taken: names of the platform's own commands.
    """
    loaded = {plugin.name for plugin in plugins if plugin.problem is None}
    offered: dict[str, Sequence[Command]] = {}
    refused: dict[str, str] = {}
    for found in sorted(manager.hook.commands.get_hookimpls(), key=lambda each: each.plugin_name):
        name = found.plugin_name
        if name not in loaded:
            continue
        if name in taken:
            refused[name] = NAME_TAKEN
            continue
        answer, fault = call_plugin(name, HOOK, found.function, [], _check)
        if isinstance(fault, Fault):
            refused[name] = fault.kind
        elif answer:
            offered[name] = tuple(answer)
    return OfferedCommands(offered, refused)


def load_allowed(environ: Mapping[str, str] = os.environ) -> tuple[InstalledPlugin, ...]:
    """Load the plugins whose commands may be run: in production those on the operator's list, elsewhere all.

    Needs no other setting, so that `--help` works anywhere. A list that cannot be read allows nothing.
    """
    if (environ.get("TIEPDAN_ENVIRONMENT", "").strip() or "production") != "production":
        return load_plugins()
    listed = environ.get("TIEPDAN_PLUGINS_ALLOWED", "").strip()
    try:
        return load_plugins(read_allowed(Path(listed)) if listed else frozenset())
    except (OSError, ValueError, LookupError):
        return load_plugins(frozenset())


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Command, HOOK, MOST)
    check_distinct((each.name for each in answer), "command")
    for each in answer:
        if not isinstance(each.name, str) or not _NAME.fullmatch(each.name):
            raise ValueError("the name of a command is small letters, digits and dashes")
        check_words(each.help, "the help of a command")
        if not callable(each.run):
            raise TypeError("a command runs a function")
