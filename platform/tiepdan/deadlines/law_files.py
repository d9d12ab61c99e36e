"""Read and check the law: `law/*.toml` in, rules by id out, every fault named with its file and rule."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import Any

from tiepdan.deadlines.limits import Bound, Direction, Limit, Unit
from tiepdan.deadlines.provisions import (
    NORMAL,
    Band,
    Event,
    Extension,
    Kind,
    Period,
    Quota,
    Rule,
    Status,
    Variant,
)
from tiepdan.sdk import Level

REQUIRED = {"key", "subject", "english", "source", "status"}
OPTIONAL = {
    *("kind", "text", "note", "levels", "applies_to", "valid_from", "valid_to"),
    *("variant", "limit", "variants", "extensions", "quota", "threshold", "bands"),
    *("predecessor", "competes_with"),
}
LIMIT_KEYS = {"count", "unit", "from", "direction", "bound", "moves"}


class LawFileError(ValueError):
    """The law files contradict themselves; carries all faults, each with file and rule."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_law(folder: Traversable | None = None) -> dict[str, Rule]:
    """Read every law file of a folder, the platform's own if none is given.

    Raises LawFileError with all faults: unknown or missing keys, bad dates or words, an id given
    twice, links to nowhere, two rules in force on one day for one key, variant and level.
    """
    folder = folder or files("tiepdan.deadlines") / "law"
    rules: dict[str, Rule] = {}
    file_by_id: dict[str, str] = {}
    faults: list[str] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for rule_id, row in _tables(file, faults):
            if rule_id in rules:
                faults.append(f"{file.name}: {rule_id}: already in {file_by_id[rule_id]}")
                continue
            try:
                rules[rule_id] = _read_rule(rule_id, row)
                file_by_id[rule_id] = file.name
            except (ValueError, TypeError, KeyError) as fault:
                faults.append(f"{file.name}: {rule_id}: {fault}")
    faults += [f"{file_by_id[rule_id]}: {rule_id}: {fault}" for rule_id, fault in _contradictions(rules)]
    if faults:
        raise LawFileError(faults)
    return _with_successors(rules)


def _tables(file: Traversable, faults: list[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        faults.append(f"{file.name}: {fault}")
        return
    for rule_id, row in tables.items():
        if isinstance(row, dict):
            yield rule_id, row
        else:
            faults.append(f"{file.name}: {rule_id}: expected a rule, got {row!r}")


def _read_rule(rule_id: str, row: dict[str, Any]) -> Rule:
    _check_keys(row, REQUIRED | OPTIONAL, REQUIRED)
    valid_from, valid_to = _day(row, "valid_from"), _day(row, "valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        raise ValueError(f"valid_to {valid_to} is before valid_from {valid_from}")
    return Rule(
        id=rule_id,
        key=row["key"],
        kind=_read_kind(row),
        subject=row["subject"],
        english=row["english"],
        source=row["source"],
        status=Status(row["status"]),
        text=row.get("text", ""),
        note=row.get("note", ""),
        levels=frozenset(Level(level) for level in row.get("levels", ())),
        applies_to=row.get("applies_to", ""),
        variants=tuple(_read_variants(row)),
        quota=_read_quota(row.get("quota")),
        threshold=row.get("threshold"),
        bands=tuple(_read_bands(row.get("bands", ()))),
        extensions=tuple(_read_extensions(row.get("extensions", ()))),
        valid_from=valid_from,
        valid_to=valid_to,
        predecessor=row.get("predecessor"),
        competes_with=tuple(row.get("competes_with", ())),
    )


def _check_keys(row: Mapping[str, Any], allowed: set[str], required: set[str]) -> None:
    if unknown := set(row) - allowed:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if missing := required - set(row):
        raise ValueError(f"missing keys {sorted(missing)}")


def _day(row: Mapping[str, Any], key: str) -> date | None:
    day = row.get(key)
    if day is None or type(day) is date:
        return day
    raise ValueError(f"{key} must be a date such as 2026-07-01, got {day!r}")


def _read_kind(row: Mapping[str, Any]) -> Kind:
    numbered = [kind for kind in (Kind.LIMIT, Kind.QUOTA, Kind.THRESHOLD) if kind in row]
    if "bands" in row:
        numbered.append(Kind.THRESHOLD)
    stated = Kind(row["kind"]) if "kind" in row else None
    if len(numbered) > 1:
        raise ValueError(f"one of limit, quota, threshold and bands, got {[str(kind) for kind in numbered]}")
    if numbered:
        if stated not in (None, numbered[0]):
            raise ValueError(f"kind is {stated} but it carries a {numbered[0]}")
        return numbered[0]
    if stated is None or stated in (Kind.LIMIT, Kind.QUOTA, Kind.THRESHOLD):
        raise ValueError("a rule without numbers needs a kind, such as duty or event")
    return stated


def _read_variants(row: Mapping[str, Any]) -> Iterable[Variant]:
    name = row.get("variant", NORMAL)
    base = row.get("limit")
    if base is None:
        if "variants" in row or "extensions" in row:
            raise ValueError("variants and extensions need a limit")
        yield Variant(name, None, None)
        return
    yield _read_limit(name, base)
    for other, changes in row.get("variants", {}).items():
        if other == name:
            raise ValueError(f"variant {name} is given twice")
        yield _read_limit(other, {**base, **changes})


def _read_limit(name: str, row: Mapping[str, Any]) -> Variant:
    _check_keys(row, LIMIT_KEYS, {"count", "unit", "from"})
    direction = Direction(row.get("direction", Direction.FORWARD))
    limit = Limit(
        count=_whole(row, "count"),
        unit=Unit(row["unit"]),
        direction=direction,
        bound=Bound(row.get("bound", Bound.AT_MOST)),
        moves=row.get("moves", True),
    )
    if direction is Direction.BACKWARD and limit.bound is Bound.AT_MOST:
        raise ValueError(f"variant {name}: a backward limit needs bound = at_least")
    return Variant(name, limit, Event(row["from"]))


def _whole(row: Mapping[str, Any], key: str) -> int:
    number = row[key]
    if type(number) is not int or number < 1:
        raise ValueError(f"{key} must be a whole number of 1 or more, got {number!r}")
    return number


def _read_quota(row: Mapping[str, Any] | None) -> Quota | None:
    if row is None:
        return None
    _check_keys(row, {"count", "per"}, {"count", "per"})
    return Quota(_whole(row, "count"), Period(row["per"]))


def _read_bands(rows: Iterable[Mapping[str, Any]]) -> Iterable[Band]:
    next_first: int | None = None
    for row in rows:
        _check_keys(row, {"from", "to", "at_least", "at_most"}, {"from", "at_least", "at_most"})
        band = Band(_whole(row, "from"), row.get("to"), _whole(row, "at_least"), _whole(row, "at_most"))
        if next_first is not None and band.first != next_first:
            raise ValueError(f"a band starts at {band.first}, expected {next_first}")
        if band.at_most < band.at_least:
            raise ValueError(f"the band from {band.first} allows fewer than it asks")
        next_first = None if band.last is None else band.last + 1
        yield band


def _read_extensions(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Extension]]:
    for row in rows:
        _check_keys(row, {"variant", "times", "count"}, {"variant", "times", "count"})
        yield row["variant"], Extension(_whole(row, "times"), _whole(row, "count"))


def _contradictions(rules: Mapping[str, Rule]) -> Iterable[tuple[str, str]]:
    """Yield (id, fault) for what only shows when the rules stand side by side."""
    for rule in rules.values():
        yield from ((rule.id, fault) for fault in _broken_links(rule, rules))
    by_subject: defaultdict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules.values():
        for each in rule.variants:
            by_subject[rule.key, each.name].append(rule)
    for (key, variant), same in by_subject.items():
        for one, other in combinations(same, 2):
            if _overlap(one, other):
                yield other.id, f"in force together with {one.id} for {key} ({variant})"


def _broken_links(rule: Rule, rules: Mapping[str, Rule]) -> Iterable[str]:
    for competitor in rule.competes_with:
        if competitor not in rules or rule.id not in rules[competitor].competes_with:
            yield f"competes with {competitor}, which does not say so"
    if rule.predecessor is None:
        return
    before = rules.get(rule.predecessor)
    if before is None:
        yield f"unknown predecessor {rule.predecessor}"
    elif before.valid_to is None or rule.valid_from is None or before.valid_to >= rule.valid_from:
        yield f"predecessor {before.id} does not end before it begins"


def _overlap(one: Rule, other: Rule) -> bool:
    if one.levels and other.levels and not one.levels & other.levels:
        return False
    if one.applies_to != other.applies_to:
        return False
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def _with_successors(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    successors: defaultdict[str, list[str]] = defaultdict(list)
    for rule in rules.values():
        if rule.predecessor:
            successors[rule.predecessor].append(rule.id)
    return {rule_id: replace(rule, successors=tuple(sorted(successors[rule_id]))) for rule_id, rule in rules.items()}
