"""Load a plugin from its folder and ask it everything, in a process of its own.

This is what `tiepdan plugin check` starts beside itself: a plugin that ends the process, hangs or prints spoils
only this one. Answers are asked for as the platform does, through its one caller and with its own checks.
"""

import inspect
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import EntryPoint
from itertools import chain
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self, get_type_hints

from tiepdan import hookspecs
from tiepdan.authoring.answers import Asked, say_answers, words_in
from tiepdan.authoring.manifest_checks import check_settings_schema, say_problem
from tiepdan.authoring.quality import Finding, Words, judge_faults
from tiepdan.authoring.samples import (
    TOGETHER,
    NoSample,
    calls_of,
    close_days,
    coarse_days,
    sample_settings,
    sample_tenants,
    untried_settings,
)
from tiepdan.authoring.source_checks import LANGUAGES
from tiepdan.authoring.tighten_only import bound_of, can_tighten, find_loosened
from tiepdan.core.deprecations import deprecated_uses
from tiepdan.core.plugin_calls import BUDGET, call_plugin
from tiepdan.core.plugin_loading import GROUP, InstalledPlugin, load_plugin
from tiepdan.core.plugins import check_of, hook_kinds, manager
from tiepdan.extensions.delivery import BUDGET as OBSERVER_BUDGET
from tiepdan.portal.hook_reference import documented_words, read_hooks
from tiepdan.sdk import DeadlineRule, Manifest, Tenant, TenantKind

MOST_FAULTS = 8  # failed calls of one hook; more of the same help nobody
_REPEATED = (
    "cùng một tin, lần thứ hai trả lời khác lần đầu; tin có thể đến hai lần.",
    "the same news got another answer the second time; news may come twice.",
)
PATIENCE = 90.0  # seconds for all calls together


def examine(path: Path, module: str, name: str) -> list[Finding]:
    """Load the plugin of a folder and check what it says and answers.

    Whatever importing it raises ends this process; the command reads its last words.
    """
    sys.path.insert(0, str(path))
    point = EntryPoint(name, module, GROUP)
    point.load()
    found = load_plugin(point)
    if found.problem is not None or found.manifest is None:
        return [say_problem(found, found.problem)] if found.problem else []
    loaded = manager.get_plugin(name)
    assert isinstance(loaded, ModuleType)
    return examine_module(loaded, found)


def examine_module(loaded: ModuleType, found: InstalledPlugin) -> list[Finding]:
    """Check what a loaded plugin says and answers. found: with a manifest and without a problem."""
    assert found.manifest is not None
    findings = [
        Finding("manifest", True, "bản khai đủ", "the manifest is complete"),
        Finding("api", True, f"hỗ trợ SDK ({found.manifest.api})", f"supports the SDK ({found.manifest.api})"),
        *judge_faults(
            "hooks",
            [] if found.hooks else [("Plugin không có hook nào.", "The plugin implements no hook.")],
            (", ".join(found.hooks), ", ".join(found.hooks)),
        ),
        *check_settings_schema(found.manifest),
        *_warn_of_deprecations(loaded, found.hooks),
    ]
    if not all(finding.ok for finding in findings):
        return findings
    settings = sample_settings(found.manifest)
    untried = untried_settings(found.manifest, settings)
    if untried or not settings:
        named = ", ".join(untried) or "PLUGIN.settings"
        words = (
            f'{named}: không tìm được giá trị hợp lược đồ để hỏi thử; hãy thêm "default" hoặc "examples".',
            f'{named}: no value to try fits the schema; add "default" or "examples".',
        )
        return findings + judge_faults("settings", [words], words)
    until = time.perf_counter() + PATIENCE
    asked = {hook: _ask(hook, loaded, found.manifest, settings, until) for hook in found.hooks}
    return [*findings, *say_answers(asked)]


def _warn_of_deprecations(module: ModuleType, hooks: Sequence[str]) -> Iterator[Finding]:
    for hook in hooks:
        for use in deprecated_uses(hook, inspect.signature(getattr(module, hook)).parameters):
            yield Finding(
                "deprecated",
                True,
                f"{hook}: tham số {use.argument} sắp bị bỏ (từ SDK {use.since}); thay bằng: {use.instead}.",
                f"{hook}: argument {use.argument} is deprecated since SDK {use.since}; instead: {use.instead}.",
                warning=True,
            )


def _ask(hook: str, module: ModuleType, manifest: Manifest, settings: list[dict[str, object]], until: float) -> Asked:
    hints = get_type_hints(getattr(hookspecs, hook))
    limits = "DeadlineRule" in str(hints.pop("return", ""))
    function = getattr(module, hook)
    wanted = [name for name in inspect.signature(function).parameters if name in hints]
    observes = hook_kinds()[hook] == "observe"
    result = Asked(OBSERVER_BUDGET if observes else BUDGET)
    try:
        for arguments in _calls(hook, hints, wanted, manifest, settings, limits=limits):
            answer = _call(hook, manifest.name, function, arguments, wanted, result)
            # News may come twice, and the second time nothing else may follow.
            if observes and _call(hook, manifest.name, function, arguments, wanted, result) != answer:
                result.faults.setdefault("repeat", _REPEATED)
            if result.failed >= MOST_FAULTS:
                break
            if time.perf_counter() > until:
                result.faults["patience"] = (
                    f"không trả lời xong trong {PATIENCE:.0f} giây.",
                    f"did not answer everything within {PATIENCE:.0f} seconds.",
                )
                break
    except NoSample as fault:
        result.note = (f"không hỏi thử được ({fault})", f"cannot be tried ({fault})")
    return result


def _calls(
    hook: str,
    hints: Mapping[str, Any],
    wanted: Sequence[str],
    manifest: Manifest,
    settings: Sequence[Mapping[str, object]],
    *,
    limits: bool,
) -> Iterator[dict[str, Any]]:
    text = next(each for each in read_hooks() if each.name == hook)
    words = {name: documented_words(text, name) for name, hint in hints.items() if hint is str}
    varied = {name: hint for name, hint in hints.items() if name in wanted or hint in (Tenant, date)}
    tenants = sample_tenants(manifest.level)
    if not limits:
        one = len(list(calls_of(varied, words, tenants[:1], settings, coarse_days()[:1])))
        days = coarse_days()[:: max(1, one // 10)]
        return calls_of(varied, words, tenants, settings, days)
    # Every close day for the committees of the Party, with all settings together at their least, middle and most;
    # every fifth with one setting changed, every seventh for the other kinds of bodies.
    party = [tenant for tenant in tenants if tenant.kind is TenantKind.PARTY_COMMITTEE]
    others = [tenant for tenant in tenants if tenant not in party]
    return chain(
        calls_of(varied, words, party, settings[:TOGETHER], close_days()),
        calls_of(varied, words, party, settings[TOGETHER:], close_days()[::5]),
        calls_of(varied, words, others, settings, close_days()[::7]),
    )


def _call(
    hook: str,
    plugin: str,
    function: Callable[..., Any],
    arguments: Mapping[str, Any],
    wanted: Sequence[str],
    result: Asked,
) -> Any:  # noqa: ANN401 - whatever the hook answers
    check = check_of(hook)

    def check_new(answer: object) -> None:
        if check is not None and answer != result.last_answer:  # most days the same is answered
            check(answer)

    given = {name: arguments[name] for name in wanted}
    for _ in range(2):
        started = time.perf_counter()
        answer, fault = call_plugin(plugin, hook, function, list(given.values()), check_new, result.budget)
        seconds = time.perf_counter() - started
        if seconds <= result.budget.total_seconds():
            break  # slow only if slow again: this machine may have been busy with something else
    result.seconds.append(seconds)
    if fault is not None:
        result.failed += 1
        if fault.kind not in result.faults:
            result.faults[fault.kind] = _explain(fault.kind, function, given, check)
        return None
    if answer != result.last_answer:
        result.last_answer = answer
        result.one_tongued = result.one_tongued or not all(set(words) >= LANGUAGES for words in words_in(answer))
    for rule in answer if isinstance(answer, list | tuple) else ():
        if isinstance(rule, DeadlineRule):
            _compare(rule, arguments, result)
    return answer


def _compare(rule: DeadlineRule, arguments: Mapping[str, Any], result: Asked) -> None:
    bound, count = bound_of(rule)
    if bound is None:
        return
    key = (rule.duty, bound.value, count, rule.unit.value)
    if key in result.loosened:
        return
    start, tenant = arguments.get("on"), arguments.get("tenant")
    if not can_tighten(rule.duty, bound):
        result.pointless.add(rule.duty)
    elif isinstance(start, date) and isinstance(tenant, Tenant):
        found = find_loosened(rule, start, tenant.level)
        if found is not None:
            result.loosened[key] = found


class _Ear:
    """Hear what a second, unguarded call says, so that the author reads it."""

    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        self.error = error
        return kind is not None and issubclass(kind, Exception)


def _explain(
    kind: str, function: Callable[..., Any], given: Mapping[str, Any], check: Callable[[Any], object] | None
) -> Words:
    if kind == "slow":
        return "trả lời quá chậm, xem time_budget.", "took too long, see time_budget."
    with _Ear() as ear:
        answer = function(**given)
        if check is not None and answer is not None:
            check(answer)
    said = f"{kind}: {ear.error}" if ear.error is not None else kind
    place = _place(ear.error)
    asked = ", ".join(f"{name}={value}" for name, value in given.items() if name in ("on", "settings"))
    return f"{said}{place} ({asked}).", f"{said}{place} ({asked})."


def _place(error: BaseException | None) -> str:
    trace = error.__traceback__ if error is not None else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f" [{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}]" if trace is not None else ""
