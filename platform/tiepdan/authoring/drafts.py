"""Read a plugin written as data as the platform will: every answer it can give, at the table that gives it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, get_type_hints

from tiepdan import hookspecs
from tiepdan.authoring.manifest_checks import check_settings_schema
from tiepdan.authoring.previews import preview_plugin
from tiepdan.authoring.samples import NoSample, calls_of, close_days, coarse_days, sample_settings, sample_tenants
from tiepdan.authoring.tighten_only import bound_of, can_tighten, find_loosened
from tiepdan.core.actor import Actor
from tiepdan.core.plugins import check_of
from tiepdan.declared.faults import DataFault, FaultKind, MalformedError
from tiepdan.declared.plugin import DeclaredItem, DeclaredPlugin
from tiepdan.extensions.draft_desk import PreviewPart
from tiepdan.sdk import DeadlineRule, Level, Tenant

MOST_LIMITS = 40  # tables [[deadline]]; each is compared over ten years
MOST_CALLS = 4_000  # of one hook; a page waits for them
_REFUSALS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
_FEW_DAYS = 30  # of the coarse ones, every so many

type Settings = Mapping[str, object]


class AuthoringDesk:
    """The desk of drafts, with everything the slices above know."""

    def examine(self, plugin: DeclaredPlugin) -> Sequence[DataFault]:
        """Return what would be refused: settings nobody can fill in, answers no slice takes, limits past the law's."""
        faults = [
            plugin.fault_of_head("settings", FaultKind.SETTINGS_WORD, finding.vi)
            for finding in check_settings_schema(plugin.manifest)
            if not finding.ok
        ]
        if faults:
            return faults
        settings = sample_settings(plugin.manifest) or [{}]
        limits = [item for item in plugin.items if item.table.value is DeadlineRule]
        if len(limits) > MOST_LIMITS:
            return [plugin.fault_of(limits[MOST_LIMITS], "", FaultKind.TOO_MANY, str(MOST_LIMITS))]
        faults = [fault for item in plugin.items if (fault := _item_fault(plugin, item, settings)) is not None]
        if not faults:
            faults = [fault for hook in plugin.functions for fault in _answer_faults(plugin, hook, settings)]
        return faults

    def preview(self, plugin: DeclaredPlugin, name: str, on: date, actor: Actor) -> Sequence[PreviewPart]:
        """Show what the plugin would add for the committee in scope."""
        return preview_plugin(plugin, name, on, actor)


def _item_fault(plugin: DeclaredPlugin, item: DeclaredItem, settings: Sequence[Settings]) -> DataFault | None:
    """Return the first thing that is wrong with a table alone, for any settings."""
    check = check_of(item.table.hook)
    seen: list[Any] = []
    for values in settings:
        try:
            filled = item.filled(values)
            if filled is None or filled[1] in seen:
                continue
            seen.append(filled[1])
            if check is not None:
                check([filled[1]])
        except MalformedError as fault:
            return fault.faults[0]
        except _REFUSALS as fault:
            return plugin.fault_of(item, "", FaultKind.ANSWER, str(fault))
        if isinstance(filled[1], DeadlineRule):
            found = _limit_fault(plugin, item, values)
            if found is not None:
                return found
    return None


def _limit_fault(plugin: DeclaredPlugin, item: DeclaredItem, settings: Settings) -> DataFault | None:
    """Compare a limit with the law's over ten years, on the days and for the committees for which it holds."""
    filled = item.filled(settings)
    assert filled is not None
    condition, rule = filled
    bound, _days = bound_of(rule)
    if bound is None:
        return None  # it only warns
    if not can_tighten(rule.duty, bound):
        return plugin.fault_of(item, "duty", FaultKind.POINTLESS, rule.duty)
    compared: set[tuple[Level, date]] = set()  # the law asks for a committee's level only
    for tenant in _committees(plugin):
        for day in close_days():
            if (tenant.level, day) in compared or not condition.holds({"tenant": tenant, "on": day}, settings):
                continue
            compared.add((tenant.level, day))
            found = find_loosened(rule, day, tenant.level)
            if found is not None:
                detail = f"{found.start:%d/%m/%Y}: {found.due_on:%d/%m/%Y} > {found.law_due_on:%d/%m/%Y}"
                return plugin.fault_of(item, bound.value, FaultKind.LOOSER, detail)
    return None


def _committees(plugin: DeclaredPlugin) -> list[Tenant]:
    return sample_tenants(plugin.manifest.level)


def _answer_faults(plugin: DeclaredPlugin, hook: str, settings: Sequence[Settings]) -> Iterator[DataFault]:
    """Ask with samples of everything, as the tables may be wrong together: two of one key, or too many."""
    check = check_of(hook)
    if check is None:
        return
    first = plugin.items_of(hook)[0]
    answered: list[Any] = []
    for arguments in islice(_calls(plugin, hook, settings), MOST_CALLS):
        try:
            answer = plugin.functions[hook](**arguments)
            if not answer or answer in answered:
                continue
            answered.append(answer)
            check(answer)
        except _REFUSALS as fault:
            yield plugin.fault_of(first, "", FaultKind.ANSWER, str(fault))
            return


def _calls(plugin: DeclaredPlugin, hook: str, settings: Sequence[Settings]) -> Iterator[dict[str, Any]]:
    hints = get_type_hints(getattr(hookspecs, hook))
    function = plugin.functions[hook]
    wanted = function.__code__.co_varnames[: function.__code__.co_argcount]
    try:
        yield from calls_of(
            {name: hints[name] for name in wanted}, {}, _committees(plugin), settings, coarse_days()[::_FEW_DAYS]
        )
    except NoSample:
        return  # what no sample can be made of is only counted with; its shape was looked at already
