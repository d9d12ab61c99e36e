"""Ask the law: which rule is in force for a subject on a day, and what it demands.

The version is chosen by the day of the counting event (received, accepted, issued …), unless a
transition rule (TRN-…) says otherwise. A case keeps the id of the rule it was decided by.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from tiepdan.deadlines.law_files import read_law
from tiepdan.deadlines.provisions import NORMAL, Period, Rule, Status
from tiepdan.sdk import Branch, Level, TenantKind

PARTY_RECEPTION = "reception.periodic.party"
STATE_RECEPTION = "reception.periodic.state"
BODY_RECEPTION = "reception.periodic.body"
REPRESENTATIVES = "reception.representatives"
CROWD = "reception.crowd"


class UnknownRule(LookupError):
    """No rule has this id or key."""


class NoRuleInForce(LookupError):
    """The subject is known, but nothing regulates it on that day, at that level, in that variant."""


@cache
def all_rules() -> dict[str, Rule]:
    """Return every rule by id, read and checked once per process. Do not change the result."""
    return read_law()


@cache
def _rules_by_key() -> dict[str, tuple[Rule, ...]]:
    by_key: defaultdict[str, list[Rule]] = defaultdict(list)
    for each in all_rules().values():
        by_key[each.key].append(each)
    return {key: tuple(rules) for key, rules in by_key.items()}


def rule(rule_id: str, on: date | None = None) -> Rule:
    """Return the rule of an id; with a day, the version of it that was in force then.

    Raises UnknownRule, or NoRuleInForce when neither it nor another version was in force on that day.
    """
    try:
        found = all_rules()[rule_id]
    except KeyError:
        raise UnknownRule(f"no rule has the id {rule_id!r}") from None
    if on is None or found.in_force(on):
        return found
    level = min(found.levels) if found.levels else None
    return rule_in_force(found.key, on, level=level, variant=found.variants[0].name)


def rule_in_force(subject_key: str, on: date, *, level: Level | None = None, variant: str = NORMAL) -> Rule:
    """Return the rule for a subject on the day of the counting event.

    subject_key: such as "complaint.acceptance"; the same for all versions and variants.
    level: needed where levels are regulated apart.
    variant: such as "complex" or "remote"; read the number with `rule.limit(variant)`.
    Raises UnknownRule for an unknown key, NoRuleInForce when nothing is in force.
    """
    candidates = _rules_by_key().get(subject_key)
    if candidates is None:
        raise UnknownRule(f"no rule regulates {subject_key!r}")
    for each in candidates:
        if each.in_force(on) and each.binds(level) and each.has_variant(variant):
            return each
    raise NoRuleInForce(f"nothing regulates {subject_key!r} ({variant}, level {level or 'any'}) on {on}")


def versions(subject_key: str) -> tuple[Rule, ...]:
    """Return all versions and variants of a subject, the oldest first. Raises UnknownRule."""
    try:
        return tuple(sorted(_rules_by_key()[subject_key], key=lambda each: each.valid_from or date.min))
    except KeyError:
        raise UnknownRule(f"no rule regulates {subject_key!r}") from None


@dataclass(frozen=True, slots=True)
class ReceptionDuty:
    """How often the head of a body must receive citizens in person (tiếp công dân định kỳ).

    days: least number of days in each period.
    """

    rule_id: str
    days: int
    per: Period
    valid_from: date | None
    valid_to: date | None
    source: str
    status: Status


def reception_duty(branch: Branch, level: Level, on: date, *, kind: TenantKind | None = None) -> ReceptionDuty | None:
    """Say how often the head of a body must receive citizens, by the rule in force on a day.

    kind: an agency of the State, as every judicial body, follows the rule for heads of other bodies;
        without it a State body is taken for a people's committee.
    Returns None where no rule binds: a district after 2025-06-30, any body before its law.
    Source: Quy định 11-QĐi/TW, Điều 4 khoản 1 (PTY-01..03); Luật Tiếp công dân 42/2013/QH13,
    Điều 12, 13, 15, 18 and Luật 136/2025/QH15 (REC-01..05).
    """
    if branch is Branch.PARTY:
        key = PARTY_RECEPTION
    elif branch is Branch.JUDICIAL or kind in (TenantKind.AGENCY, TenantKind.JUDICIAL_BODY):
        key = BODY_RECEPTION
    else:
        key = STATE_RECEPTION
    try:
        found = rule_in_force(key, on, level=level)
    except NoRuleInForce:
        return None
    assert found.quota is not None
    return ReceptionDuty(
        rule_id=found.id,
        days=found.quota.count,
        per=found.quota.per,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        source=found.source,
        status=found.status,
    )


class Representatives(NamedTuple):
    """How many people a group may send in."""

    at_least: int
    at_most: int


def representatives_allowed(people: int, on: date | None = None) -> Representatives | None:
    """Say how many representatives a group of that many people appoints.

    on: day of the reception; without it, the rule that has no end.
    Returns None for fewer than five: they are no group, and each is received.
    Source: Luật Tiếp công dân 42/2013/QH13, Điều 29 (REC-18).
    """
    for band in _representatives_rule(on).bands:
        if people >= band.first and (band.last is None or people <= band.last):
            return Representatives(band.at_least, band.at_most)
    return None


def crowd_threshold(on: date) -> int:
    """Say from how many people on a group counts as a crowd (đoàn đông người).

    Before Thông tư 06/2025/TT-TTCP no text that we read gave a number for the count itself; the law's
    smallest group that must send representatives stands in for it.
    Source: Thông tư 06/2025/TT-TTCP, note to form 01/TCD (CRW-01); before, Luật Tiếp công dân
    42/2013/QH13, Điều 29 (REC-18).
    """
    try:
        threshold = rule_in_force(CROWD, on).threshold
    except NoRuleInForce:
        return _representatives_rule(on).bands[0].first
    assert threshold is not None
    return threshold


def _representatives_rule(on: date | None) -> Rule:
    if on is not None:
        return rule_in_force(REPRESENTATIVES, on)
    return next(each for each in versions(REPRESENTATIVES) if each.valid_to is None)
