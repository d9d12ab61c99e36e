"""Arguments of hooks that will go: whoever still names one is told where authors look, and the plugin works on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeprecatedArgument:
    """An argument that will go. since: version of the SDK; instead: what to name instead, or how to do without."""

    argument: str
    since: str
    instead: str


@dataclass(frozen=True, slots=True)
class DeprecatedUse:
    """That a plugin still names one."""

    hook: str
    argument: str
    since: str
    instead: str


DEPRECATED_ARGUMENTS: Mapping[str, Collection[DeprecatedArgument]] = {}
"""By hook. An argument stands here for a minor version of the SDK at least before it goes with the next major one."""


def deprecated_uses(hook: str, argnames: Iterable[str]) -> list[DeprecatedUse]:
    """Return which deprecated arguments an implementation of a hook names."""
    named = set(argnames)
    return [
        DeprecatedUse(hook, each.argument, each.since, each.instead)
        for each in DEPRECATED_ARGUMENTS.get(hook, ())
        if each.argument in named
    ]
