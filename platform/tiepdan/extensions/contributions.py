"""What a plugin adds here, counted by asking it as the platform would; nothing is remembered against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from tiepdan.core.deprecations import DeprecatedUse, deprecated_uses
from tiepdan.core.plugin_calls import call_plugin
from tiepdan.core.plugins import HookFunction, check_of, hook_kinds, registered_function
from tiepdan.extensions.service import PluginStanding
from tiepdan.extensions.settings import complete_settings
from tiepdan.sdk import Record
from tiepdan.tenancy.service import own_tenant, plugin_tenant

_ASKED = {"contribute", "decide"}  # news is not told for a count


@dataclass(frozen=True, slots=True)
class Contribution:
    """What stands behind one hook. count: None where it depends on what happens; failed: it could not be asked."""

    hook: str
    count: int | None
    failed: bool = False


def contributions_of(standing: PluginStanding, on: date) -> list[Contribution]:
    """Return what a plugin adds, by hook; numbers only while it is enabled here."""
    manifest, verdict = standing.installed.manifest, standing.verdict
    settings = complete_settings(manifest, verdict.settings) if manifest and verdict else {}
    return [
        _ask(standing.installed.name, hook, function, settings, on)
        if standing.enabled and function is not None
        else Contribution(hook, None)
        for hook, function in _functions_of(standing).items()
    ]


def deprecations_of(standing: PluginStanding) -> Sequence[DeprecatedUse]:
    """Return the arguments a plugin still names that will go."""
    return [
        use
        for hook, function in _functions_of(standing).items()
        if function is not None
        for use in deprecated_uses(hook, function.argnames)
    ]


def _functions_of(standing: PluginStanding) -> Mapping[str, HookFunction | None]:
    plugin = standing.installed
    if standing.upload is not None:
        return dict(standing.upload.functions)
    return {hook: registered_function(plugin.name, hook) for hook in plugin.hooks}


def _ask(plugin: str, hook: str, function: HookFunction, settings: Mapping[str, object], on: date) -> Contribution:
    """Ask about this committee today, of every record there is."""
    known: dict[str, Sequence[Any]] = {
        "tenant": (plugin_tenant(own_tenant()),), "on": (on,), "record": tuple(Record), "settings": (settings,),
    }  # fmt: skip
    if hook_kinds()[hook] not in _ASKED or not set(function.argnames) <= set(known):
        return Contribution(hook, None)
    found = 0
    for arguments in product(*(known[name] for name in function.argnames)):
        answer, fault = call_plugin(plugin, hook, function.function, arguments, check_of(hook))
        if fault is not None:
            return Contribution(hook, None, failed=True)
        found += len(answer or ())
    return Contribution(hook, found)
