"""The one place where hooks are called.

pluggy gives markers, registry and validation. Calling is ours, because each kind of hook fails in its own
way, and because only the plugins a tenant has enabled are asked:

- `collect` asks for contributions; a plugin that fails is left out and named.
- `decide` asks for opinions; the caller's own rule stands beside them, and it says what a failure means.
- `tell` brings one plugin news after the commit (`observe`); `join` is for the platform's own slices, in the same step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol

import pluggy

from tiepdan import hookspecs
from tiepdan.core.plugin_calls import Fault, begin_calls, call_next, call_plugin, end_calls
from tiepdan.sdk import Level, Manifest


class _Manager(pluggy.PluginManager):
    """Forgets what was looked up whenever a plugin comes or goes."""

    def register(self, plugin: object, name: str | None = None) -> str | None:
        _functions.cache_clear()
        _plans.clear()
        return super().register(plugin, name)

    def unregister(self, plugin: object | None = None, name: str | None = None) -> Any:  # noqa: ANN401 - pluggy's own
        _functions.cache_clear()
        _plans.clear()
        return super().unregister(plugin, name)


@cache
def _functions(hook: str) -> dict[str, Any]:
    """Return the implementations of a hook by plugin, of those that are registered."""
    caller: pluggy.HookCaller = getattr(manager.hook, hook)
    return {found.plugin_name: found for found in caller.get_hookimpls()}


def _function_of(each: "Enabled", hook: str) -> Any:  # noqa: ANN401 - pluggy's or ours, with the same two attributes
    """Return how a plugin answers a hook; None if it does not."""
    if each.functions is not None:
        return each.functions.get(hook)
    return _functions(hook).get(each.manifest.name)


manager = _Manager("tiepdan")
manager.add_hookspecs(hookspecs)

_RANK = {None: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


@dataclass(frozen=True, slots=True)
class Enabled:
    """A plugin that is enabled for the tenant in scope, with the settings in force there.

    functions: by hook, of a plugin that is nowhere registered because only some tenants have it; None for the others.
    order: level, priority, name; plugins are asked in this order wherever they were registered.
    """

    manifest: Manifest
    settings: Mapping[str, object]
    functions: Mapping[str, "HookFunction"] | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        """Return what the list of enabled plugins is sorted by."""
        return (_RANK[self.manifest.level], self.manifest.priority, self.manifest.name)


class HookFunction(NamedTuple):
    """A plugin's answer to a hook: the function, and the arguments it wants in their order."""

    function: Callable[..., Any]
    argnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one plugin (or slice of the platform) answered."""

    plugin: str
    value: Any


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers to a question, in the order of asking; failed: names of those whose answer does not count."""

    given: tuple[Answer, ...] = ()
    failed: tuple[str, ...] = ()

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of Answer
        return iter(self.given)


_NOTHING = Answers()


class Keeper(Protocol):
    """Who knows what is enabled where, and keeps count of faults: the slice `extensions`."""

    def enabled(self) -> Sequence[Enabled]:
        """Return the plugins enabled for the tenant in scope, in order; () outside a tenant."""

    def failed(self, fault: Fault) -> None:
        """Take note of a failure."""

    def succeeded(self, plugin: str) -> None:
        """Take note that a plugin answered as it should."""


@dataclass(slots=True)
class _Nobody:
    """Before a keeper is there, nothing is enabled."""

    faults: list[Fault] = field(default_factory=list)

    def enabled(self) -> Sequence[Enabled]:
        return ()

    def failed(self, fault: Fault) -> None:
        self.faults.append(fault)

    def succeeded(self, plugin: str) -> None:
        pass


_keeper: Keeper = _Nobody()


def set_keeper(keeper: Keeper) -> None:
    """Say who knows which plugins are enabled."""
    global _keeper  # noqa: PLW0603 - one per process
    _keeper = keeper


_checks: dict[str, Callable[[Any], object]] = {}


def answer_check(hook: str) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
    """Name the function that raises for an answer to a hook that may not count; used wherever the hook is asked.

    The slice that asks registers it when it is imported, so that authors' tests meet the same check.
    """

    def remember(check: Callable[[Any], object]) -> Callable[[Any], object]:
        _checks[hook] = check
        return check

    return remember


def check_of(hook: str) -> Callable[[Any], object] | None:
    """Return the check of a hook's answers; None while the slice that asks it is not imported or has none."""
    return _checks.get(hook)


def register_slice(module: object, name: str) -> None:
    """Let a slice of the platform join hooks; a second registration of the same name is ignored."""
    if not manager.has_plugin(name):
        manager.register(module, name)
        manager.check_pending()


@cache
def hook_kinds() -> dict[str, str]:
    """Return the kind of every hook, read from the specifications' own words."""
    kinds = {}
    for name, specification in vars(hookspecs).items():
        if hasattr(specification, "tiepdan_spec"):
            words = (specification.__doc__ or "").split("Kind: ", 1)
            kinds[name] = words[1].split(".", 1)[0].strip() if len(words) == 2 else ""
    return kinds


def join(hook: str, **arguments: object) -> None:
    """Let higher slices take part in this step, in name order; an exception rolls the whole step back."""
    caller: pluggy.HookCaller = getattr(manager.hook, hook)
    for implementation in sorted(caller.get_hookimpls(), key=lambda found: found.plugin_name):
        wanted = {name: arguments[name] for name in implementation.argnames}
        implementation.function(**wanted)


@dataclass(frozen=True, slots=True)
class PerPlugin:
    """An argument, or a check, that is made for each plugin that is asked: make(plugin)."""

    make: Callable[[str], Any]


type Check = Callable[[Any], object] | PerPlugin | None


def collect(hook: str, *, check: Check = None, **arguments: object) -> Answers:
    """Ask every enabled plugin for its contribution.

    check: raises for an answer of the wrong shape or with an id that does not exist; such an answer is a failure.
        None for the one that was registered with `answer_check`.
    None, or an empty answer, means "nothing to add" and is left out.
    """
    return _ask(hook, check or check_of(hook), arguments)


def decide(hook: str, *, check: Check = None, **arguments: object) -> Answers:
    """Ask every enabled plugin for its opinion; the caller knows its own rule and what a failed plugin means."""
    return _ask(hook, check or check_of(hook), arguments)


type _Plan = list[tuple[str, Callable[..., Any], tuple[str, ...], Mapping[str, object]]]
_plans: dict[str, tuple[Sequence[Enabled], _Plan]] = {}


def _plan(hook: str) -> _Plan:
    """Say whom to ask what; the last plan of a hook is kept for the tenant that asks again."""
    enabled = _keeper.enabled()
    held = _plans.get(hook)
    if held is not None and held[0] is enabled:
        return held[1]
    plan = [
        (each.manifest.name, found.function, found.argnames, each.settings)
        for each in enabled
        if (found := _function_of(each, hook)) is not None
    ]
    _plans[hook] = (enabled, plan)
    return plan


def _ask(hook: str, check: Check, arguments: dict[str, object]) -> Answers:
    plan = _plan(hook)
    if not plan:
        return _NOTHING
    given: list[Answer] = []
    failed: list[str] = []
    made = [(argument, value.make) for argument, value in arguments.items() if type(value) is PerPlugin]
    call, token = begin_calls()
    try:
        for name, function, wanted, settings in plan:
            arguments["settings"] = settings
            for argument, make in made:
                arguments[argument] = make(name)
            judge = check.make(name) if isinstance(check, PerPlugin) else check
            value, fault = call_next(call, name, hook, function, [arguments[each] for each in wanted], judge)
            if fault is not None:
                failed.append(name)
                _keeper.failed(fault)
                continue
            _keeper.succeeded(name)
            if value:
                given.append(Answer(name, value))
    finally:
        end_calls(token)
    return Answers(tuple(given), tuple(failed))


def registered_function(plugin: str, hook: str) -> HookFunction | None:
    """Return how a registered plugin answers a hook, whether or not it is enabled anywhere."""
    found = _functions(hook).get(plugin)
    return HookFunction(found.function, tuple(found.argnames)) if found is not None else None


def implementers(hook: str) -> Sequence[Enabled]:
    """Return the plugins enabled for the tenant in scope that implement a hook, in order."""
    return [each for each in _keeper.enabled() if _function_of(each, hook) is not None]


def tell(each: Enabled, hook: str, *, budget: timedelta, **arguments: object) -> tuple[Any, Fault | None]:
    """Bring one plugin a piece of news, in a job of its own; return what it answers, or how it failed.

    each: one of `implementers(hook)`. Raises PluginBrokeTransactionError.
    """
    function = _function_of(each, hook)
    arguments["settings"] = each.settings
    wanted = [arguments[argument] for argument in function.argnames]
    value, fault = call_plugin(each.manifest.name, hook, function.function, wanted, check_of(hook), budget)
    if fault is not None:
        _keeper.failed(fault)
    else:
        _keeper.succeeded(each.manifest.name)
    return value, fault
