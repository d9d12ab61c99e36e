"""Values to ask a plugin with: settings from its own schema, committees of its levels, days of ten years."""

import json
import types
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import islice, product
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from jsonschema import Draft202012Validator

from tiepdan.core.clock import TIMEZONE
from tiepdan.core.errors import Invalid
from tiepdan.deadlines.calendar import days_between
from tiepdan.extensions.settings import check_settings, complete_settings
from tiepdan.sdk import Branch, Count, Entry, Level, Manifest, Records, Tenant, TenantKind

FIRST_ON, LAST_ON = date(2019, 1, 1), date(2028, 12, 31)
STRIDE, COARSE_STRIDE = 3, 29  # days; neither is a multiple of seven, so every weekday comes
# Around Tết, 30/4 and 2/9, where working days and calendar days part furthest: (month, day) to (month, day).
_CLOSE = (((1, 14), (2, 20)), ((4, 22), (5, 4)), ((8, 25), (9, 5)))
_KINDS = (
    (TenantKind.PARTY_COMMITTEE, Branch.PARTY, "Đảng ủy"),
    (TenantKind.PEOPLES_COMMITTEE, Branch.STATE, "Ủy ban nhân dân"),
    (TenantKind.AGENCY, Branch.STATE, "Cơ quan"),
    (TenantKind.JUDICIAL_BODY, Branch.JUDICIAL, "Tòa án nhân dân"),
)
_PLACES = {Level.PROVINCE: ("tỉnh", "20"), Level.DISTRICT: ("huyện", "183"), Level.COMMUNE: ("xã", "06190")}
TOGETHER = 4  # of the sample settings; the others change one setting alone
_MOST_SETTINGS = 24
_UNBOUNDED = 10_000
_TEXT = "Văn bản mẫu số 1"
_TEXTS = ("mau", "MAU", "20", "mau-1", "2024-06-03", _TEXT)  # one of them fits most patterns


class NoRecords:
    """A committee in which nothing has happened yet."""

    def count(self, what: Count, first: date, last: date) -> int:  # noqa: ARG002 - as the protocol says
        """Count nothing."""
        return 0

    def entries(self, register: str, first: date, last: date, *, limit: int = 100) -> Sequence[Entry]:  # noqa: ARG002
        """Return nothing."""
        return ()


class NoSample(TypeError):
    """Nothing is known of a type, so no value of it can be made."""


def sample_tenants(level: Level | None) -> list[Tenant]:
    """Return a committee of each kind at the level a plugin is made for, or at every level."""
    return [
        Tenant(f"mau-{kind}-{each}".replace("_", "-"), f"{name} {place} Mẫu", kind, branch, each, code)
        for each, (place, code) in _PLACES.items()
        if level in (None, each)
        for kind, branch, name in _KINDS
    ]


@cache
def close_days() -> tuple[date, ...]:
    """Return the start dates of ten years on which limits are compared: a stride, and every day around holidays."""
    every = list(days_between(FIRST_ON, LAST_ON))
    near = {day for day in every if any(first <= (day.month, day.day) <= last for first, last in _CLOSE)}
    return tuple(sorted(near | set(every[::STRIDE])))


def coarse_days() -> list[date]:
    """Return a day of each month or so of the same ten years."""
    return list(days_between(FIRST_ON, LAST_ON))[::COARSE_STRIDE]


def sample_settings(manifest: Manifest) -> list[dict[str, object]]:
    """Return settings the schema accepts: nothing set, all at their least, all at their most, and each at its most.

    An empty list means that even an unset plugin is refused by its own schema.
    """
    values = {name: found for name, schema in _properties(manifest).items() if (found := _fitting(schema))}
    least = {name: found[0] for name, found in values.items()}
    most = {name: found[-1] for name, found in values.items()}
    middle = {name: found[len(found) // 2] for name, found in values.items()}
    wanted: list[dict[str, object]] = [{}, least, most, middle]
    wanted += [least | {name: value} for name, found in values.items() for value in found[1:]]
    wanted += [{name: found[-1]} for name, found in values.items()]
    completed = [complete_settings(manifest, each) for each in wanted]
    distinct = {json.dumps(each, sort_keys=True, ensure_ascii=False): each for each in completed}
    return list(islice((each for each in distinct.values() if _accepted(manifest, each)), _MOST_SETTINGS))


def untried_settings(manifest: Manifest, tried: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the settings of which no fitting value was found, so that nothing is known of what they do."""
    return sorted(set(_properties(manifest)) - {name for settings in tried for name in settings})


def _fitting(schema: Mapping[str, Any]) -> list[object]:
    """Return the values of a setting that its own schema accepts, the least first."""
    validator = Draft202012Validator(dict(schema))
    return [value for value in _values(schema) if validator.is_valid(value)]


def _accepted(manifest: Manifest, settings: Mapping[str, object]) -> bool:
    try:
        check_settings(manifest, settings)
    except Invalid:
        return False
    return True


def _properties(manifest: Manifest) -> dict[str, Mapping[str, Any]]:
    found: Any = manifest.settings.get("properties", {})
    return {name: schema for name, schema in found.items() if isinstance(schema, Mapping)}


def _values(schema: Mapping[str, Any]) -> list[object]:
    """Return values of a setting, the least first and the most last; [] when none is known."""
    if "enum" in schema:
        return list(schema["enum"])
    given = [schema["default"]] if "default" in schema else []
    match schema.get("type"):
        case "boolean":
            return [False, True]
        case "integer" | "number":
            least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
            most = schema.get("maximum", schema.get("exclusiveMaximum", _UNBOUNDED + 1) - 1)
            return [least, *given, most]
        case "string":
            shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
            fitted = [text.ljust(shortest, text[-1])[:longest] for text in _TEXTS]
            return [*given, *schema.get("examples", [date(2024, 6, 3).isoformat()] if "format" in schema else fitted)]
        case "array":
            items = _values(schema.get("items", {}))
            return [*given, [], *([[items[-1]]] if items else [])]
        case _:
            return [*given, *schema.get("examples", ())]


def samples_of(hint: Any, tenant: Tenant, on: date) -> list[Any]:  # noqa: ANN401 - any type there is
    """Make values of a type, for the arguments of hooks: every word of an enumeration, each variant of a value.

    Raises NoSample.
    """
    known = {
        Tenant: tenant, Level: tenant.level, Branch: tenant.branch, TenantKind: tenant.kind, date: on,
        datetime: datetime(on.year, on.month, on.day, 8, tzinfo=TIMEZONE),
        str: _TEXT, int: 1, float: 1.0, UUID: UUID(int=1), object: _TEXT, Any: _TEXT, Records: NoRecords(),
    }  # fmt: skip
    if hint in known:
        return [known[hint]]
    if hint is bool:
        return [False, True]
    if hint in (None, type(None)):
        return [None]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _variants(hint, tenant, on)
    return _generic_samples(hint, tenant, on)


def _variants(kind: type, tenant: Tenant, on: date) -> list[Any]:
    hints = get_type_hints(kind)
    values = {each.name: samples_of(hints[each.name], tenant, on) for each in fields(kind) if each.init}
    first = {name: found[0] for name, found in values.items()}
    others = [first | {name: value} for name, found in values.items() for value in found[1:]]
    return [kind(**given) for given in (first, *others)]


def _generic_samples(hint: Any, tenant: Tenant, on: date) -> list[Any]:  # noqa: ANN401 - any type there is
    origin, inner = get_origin(hint), get_args(hint)
    if hasattr(hint, "__value__"):  # type X = …
        return samples_of(hint.__value__, tenant, on)
    if origin in (Union, types.UnionType):
        return [value for each in inner for value in samples_of(each, tenant, on)]
    if origin is Literal:
        return list(inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return [{}]
    if isinstance(origin, type) and issubclass(origin, Sequence | AbstractSet):
        made = samples_of(inner[0], tenant, on)
        if issubclass(origin, AbstractSet):
            return [frozenset(made)]
        return [tuple(made) if origin is tuple else made]
    raise NoSample(str(hint))


def calls_of(
    hints: Mapping[str, Any],
    words: Mapping[str, Sequence[str]],
    tenants: Sequence[Tenant],
    settings: Sequence[Mapping[str, object]],
    days: Sequence[date],
) -> Iterator[dict[str, Any]]:
    """Yield the arguments of one call after another. Raises NoSample for a type nothing is known of.

    words: values of an argument that its specification names.
    """
    for tenant in tenants:
        for on in days:
            values = {
                name: words.get(name) or samples_of(hint, tenant, on)
                for name, hint in hints.items()
                if name != "settings"
            }
            if "settings" in hints:
                values["settings"] = list(settings)
            for combination in product(*values.values()):
                yield dict(zip(values, combination, strict=True))
