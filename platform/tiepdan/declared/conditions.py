"""When a part of a plugin holds: a short list of comparisons, all of which must fit. No language, nothing to run away.

Of the committee: levels, kinds, branches. Of the day: from, until, months, from_day, to_day. Of the settings: settings,
set. Of what the hook tells: `record`, or a table of its fields (`overdue`, `handling`, `event`). On the first page also
`count`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, get_args, get_origin

from tiepdan.declared.collecting import Place
from tiepdan.declared.conversion import Converter, hints_of
from tiepdan.declared.faults import FaultKind
from tiepdan.declared.settings_words import is_set
from tiepdan.sdk import Branch, Count, Level, Records, Tenant, TenantKind

type Arguments = Mapping[str, Any]
type Test = Callable[[Arguments, Mapping[str, object]], bool]
type _Read = Callable[[Any, Place], Test]

_OF_TENANT: dict[str, tuple[str, type[Enum]]] = {
    "levels": ("level", Level), "kinds": ("kind", TenantKind), "branches": ("branch", Branch),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """What must fit. arguments: as the hook was asked."""

    tests: tuple[Test, ...] = ()

    def holds(self, arguments: Arguments, settings: Mapping[str, object]) -> bool:
        """Say whether everything fits."""
        return all(test(arguments, settings) for test in self.tests)


class ConditionReader:
    """Reads the conditions of one kind of table. arguments: of its hook, with their types."""

    def __init__(self, converter: Converter, arguments: Mapping[str, Any]) -> None:
        self.converter = converter
        self.known: dict[str, _Read] = {}
        for key, (attribute, words) in _OF_TENANT.items():
            self.known[key] = lambda given, place, attribute=attribute, words=words: self._of_tenant(  # type: ignore[misc]
                attribute, words, given, place
            )
        if arguments.keys() & {"on", "event", "overdue"}:
            self.known |= {"from": self._from, "until": self._until, "months": self._months,
                           "from_day": self._from_day, "to_day": self._to_day}  # fmt: skip
        self.known |= {"settings": self._settings, "set": self._set}
        for name, kind in arguments.items():
            if isinstance(kind, type) and issubclass(kind, Enum):
                self.known[name] = lambda given, place, name=name, kind=kind: self._word(name, kind, given, place)  # type: ignore[misc]
            elif is_dataclass(kind) and kind is not Tenant:
                self.known[name] = lambda given, place, name=name, kind=kind: self._fields(name, kind, given, place)  # type: ignore[misc]
            elif kind is Records:
                self.known["count"] = self._count

    def read(self, given: Any, place: Place, needs: Sequence[str]) -> Condition:  # noqa: ANN401 - as it was written
        """Read a table `when`. needs: conditions without which the part would hold everywhere."""
        if not isinstance(given, dict):
            place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
            return Condition()
        for key in needs:
            if key not in given:
                place.inside(key).fault(FaultKind.MISSING)
        tests = []
        for key, wanted in given.items():
            reader = self.known.get(key)
            if reader is None:
                place.inside(key).fault(FaultKind.NO_CONDITION, ", ".join(self.known))
            else:
                tests.append(reader(wanted, place.inside(key)))
        return Condition(tuple(tests))

    def _of_tenant(self, attribute: str, words: type[Enum], given: Any, place: Place) -> Test:  # noqa: ANN401
        values = self._values(words, given, place)
        return lambda arguments, _settings: getattr(_tenant_of(arguments), attribute) in values

    def _word(self, name: str, words: type[Enum], given: Any, place: Place) -> Test:  # noqa: ANN401
        values = self._values(words, given, place)
        return lambda arguments, _settings: arguments[name] in values

    def _from(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        first = self.converter.value(date, given, place)
        return lambda arguments, _settings: _day_of(arguments) >= first

    def _until(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        last = self.converter.value(date, given, place)
        return lambda arguments, _settings: _day_of(arguments) <= last

    def _months(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        months = self._numbers(given, place, 1, 12)
        return lambda arguments, _settings: _day_of(arguments).month in months

    def _from_day(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        first = self._number(given, place, 1, 31)
        return lambda arguments, _settings: _day_of(arguments).day >= first

    def _to_day(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        last = self._number(given, place, 1, 31)
        return lambda arguments, _settings: _day_of(arguments).day <= last

    def _settings(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        if not isinstance(given, dict):
            place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
            return _never
        wanted: dict[str, Sequence[object]] = {}
        for name, each in given.items():
            if name not in self.converter.settings:
                place.inside(name).fault(FaultKind.SETTING, name)
            wanted[name] = each if isinstance(each, list) else [each]
        return lambda _arguments, settings: all(_same(settings.get(name), each) for name, each in wanted.items())

    def _set(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        names = given if isinstance(given, list) else [given]
        for name in names:
            if not isinstance(name, str) or name not in self.converter.settings:
                place.fault(FaultKind.SETTING, str(name))
        return lambda _arguments, settings: all(is_set(settings, name) for name in names)

    def _fields(self, name: str, kind: type, given: Any, place: Place) -> Test:  # noqa: ANN401
        """Read conditions on the fields of what the hook tells, whatever fields it has."""
        if not isinstance(given, dict):
            place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
            return _never
        hints = hints_of(kind)
        usable = [each.name for each in fields(kind) if hints[each.name] is not Tenant and hints[each.name] is not date]
        tests: list[tuple[str, Callable[[Any], bool]]] = []
        for key, wanted in given.items():
            if key not in usable:
                place.inside(key).fault(FaultKind.NO_CONDITION, ", ".join(usable))
            else:
                tests.append((key, self._field(hints[key], wanted, place.inside(key))))
        return lambda arguments, _settings: all(test(getattr(arguments[name], key)) for key, test in tests)

    def _field(self, hint: Any, given: Any, place: Place) -> Callable[[Any], bool]:  # noqa: ANN401
        if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
            if not isinstance(given, dict):
                place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
                return lambda _value: False
            facts = {key: each if isinstance(each, list) else [each] for key, each in given.items()}
            return lambda value: all(_same(value.get(key), each) for key, each in facts.items())
        if hint is int and isinstance(given, dict):
            return self._bounds(given, place)
        values = self._values(hint, given, place)
        return lambda value: _same(value, values)

    def _bounds(self, given: dict[str, Any], place: Place) -> Callable[[Any], bool]:
        for key in sorted(set(given) - {"at_least", "at_most"}):
            place.inside(key).fault(FaultKind.UNKNOWN_KEY, "at_least, at_most")
        bounds = {key: self.converter.value(int, each, place.inside(key)) for key, each in given.items()}
        return lambda value: bounds.get("at_least", value) <= value <= bounds.get("at_most", value)

    def _count(self, given: Any, place: Place) -> Test:  # noqa: ANN401
        """Read `count = {of = …, months = 12, at_least = 1}`: a figure of the months up to today."""
        own = {"months", "at_least", "at_most"}
        what = self.converter.record(Count, given, place, besides=sorted(own))
        if not isinstance(given, dict):
            return _never
        months = self._number(given.get("months", 12), place.inside("months"), 1, 120)
        bounds = self._bounds({key: given[key] for key in ("at_least", "at_most") if key in given}, place)

        def test(arguments: Arguments, _settings: Mapping[str, object]) -> bool:
            on: date = arguments["on"]
            first = on.year * 12 + on.month - months
            return bounds(arguments["records"].count(what, date(first // 12, first % 12 + 1, 1), on))

        return test

    def _values(self, hint: Any, given: Any, place: Place) -> tuple[Any, ...]:  # noqa: ANN401
        """Read one value or a list of them."""
        each = given if isinstance(given, list) else [given]
        wanted = [inner for inner in get_args(hint) if inner is not type(None)] or [hint]
        return tuple(self.converter.value(wanted[0], value, place) for value in each)

    def _number(self, given: Any, place: Place, least: int, most: int) -> int:  # noqa: ANN401
        return next(iter(self._numbers([given], place, least, most)))

    def _numbers(self, given: Any, place: Place, least: int, most: int) -> tuple[int, ...]:  # noqa: ANN401
        values = self._values(int, given, place)
        if any(type(value) is int and not least <= value <= most for value in values):
            place.fault(FaultKind.WRONG_TYPE, f"{least}-{most}")
        return values


def _tenant_of(arguments: Arguments) -> Tenant:
    tenant: Tenant = arguments["tenant"] if "tenant" in arguments else arguments["event"].tenant
    return tenant


def _day_of(arguments: Arguments) -> date:
    """Return the day the question is about: the business day, of the event, or on which something was due."""
    if "on" in arguments:
        on: date = arguments["on"]
    elif "event" in arguments:
        on = arguments["event"].on
    else:
        on = arguments["overdue"].due_on
    return on


def _same(value: object, wanted: Sequence[object]) -> bool:
    """Say whether a value is one of those wanted; `true` is not 1."""
    return any(value == each and isinstance(value, bool) is isinstance(each, bool) for each in wanted)


def _never(_arguments: Arguments, _settings: Mapping[str, object]) -> bool:
    return False
