"""Rules of plugins about what goes up: they can only withhold, and the least of all holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.core.db import db
from tiepdan.core.plugins import answer_check, decide, implementers
from tiepdan.extensions.answers import check_source
from tiepdan.sdk import PetitionKind, ShareLevel, ShareRule
from tiepdan.sharing.profiles import UNKNOWN_KIND, Show
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "share_profiles"
_LEAST_FIRST = list(Show)


@dataclass(frozen=True, slots=True)
class Withholding:
    """That a plugin lets less go up than the platform would. source: the document that orders it."""

    plugin: str
    kind: str
    at_most: Show
    source: str


def withholdings_on(received_on: date) -> Sequence[Withholding]:
    """Return the rules of the plugins enabled here for cases received on a day.

    Asked once per session, day and state of the plugins, so that a job that publishes many cases asks once.
    """
    if not implementers(HOOK):
        return ()
    tenant = own_tenant()
    known: dict[object, Sequence[Withholding]] = db.session().info.setdefault("share_rules", {})
    key = (tenant.id, tenant.plugins_epoch, received_on)
    if key not in known:
        answers = decide(HOOK, tenant=plugin_tenant(tenant), on=received_on)
        known[key] = tuple(
            Withholding(answer.plugin, _kind_word(rule), Show(rule.at_most.value), rule.source.strip())
            for answer in answers
            for rule in answer.value
        )
    return known[key]


def withhold(show: Show, kind: str, rules: Iterable[Withholding]) -> tuple[Show, Withholding | None]:
    """Return the least of what the platform shows of a kind and what the rules allow, and the rule that won.

    None where the platform's own profile stands: a rule that would show as much or more has no effect.
    """
    won = None
    for rule in rules:
        if rule.kind == kind and _LEAST_FIRST.index(rule.at_most) < _LEAST_FIRST.index(show):
            show, won = rule.at_most, rule
    return show, won


def _kind_word(rule: ShareRule) -> str:
    return rule.kind.value if rule.kind is not None else UNKNOWN_KIND


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(answer, list | tuple) or not all(isinstance(rule, ShareRule) for rule in answer):
        raise TypeError(f"{HOOK} answers with a list of ShareRule")
    for rule in answer:
        if rule.kind is not None and not isinstance(rule.kind, PetitionKind):
            raise TypeError("kind is a PetitionKind or None")
        if not isinstance(rule.at_most, ShareLevel):
            raise TypeError("at_most is a ShareLevel")
        check_source(rule.source, "source")
