"""From plain data to the SDK's own values, by the annotations of their classes: a new field needs no line here."""

import types
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

from tiepdan.declared.bundle import LARGEST
from tiepdan.declared.collecting import Place
from tiepdan.declared.faults import FaultKind
from tiepdan.declared.parsing import is_day, is_plain, read_json
from tiepdan.declared.settings_words import SETTING

LANGUAGES = {"vi", "en"}
LONGEST = 20_000  # letters of one text; the platform's own checks are narrower
_NAMES: dict[Any, str] = {str: "chữ / text", int: "số nguyên / a whole number", float: "số / a number",
                          bool: "true | false", date: "ngày / a day: 2026-01-31"}  # fmt: skip


class Unwritable(TypeError):
    """A class has a field that no data can stand for, such as a function."""


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """Return the annotations of a class of the SDK."""
    return get_type_hints(kind)


class Converter:
    """Reads values against annotations. settings: schemas of the plugin's settings by name."""

    def __init__(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        self.settings = settings

    def value(self, hint: Any, given: Any, place: Place) -> Any:  # noqa: ANN401 - any annotation, any data
        """Return a value of an annotation; what does not fit is said at its place, and None returned."""
        if isinstance(hint, TypeAliasType):
            return self.value(hint.__value__, given, place)
        if isinstance(given, str) and (found := SETTING.search(given)) is not None:
            return self._setting(hint, found[1], place, alone=found.start() == 0)
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self._either(inner, given, place)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(inner, given, place)
        if isinstance(origin, type) and issubclass(origin, Collection):
            return self._list(origin, inner, given, place)
        if isinstance(hint, type) and is_dataclass(hint):
            return self.record(hint, given, place)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return self._word(hint, given, place)
        if hint in _NAMES:
            return self._scalar(hint, given, place)
        raise Unwritable(str(hint))

    def record(self, kind: type, given: Any, place: Place, *, besides: Sequence[str] = ()) -> Any:  # noqa: ANN401
        """Return a value of a class from a table. besides: keys that somebody else reads."""
        if not isinstance(given, dict):
            place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
            return None
        hints = hints_of(kind)
        known = {each.name: each for each in fields(kind) if each.init}
        for key in given:
            if key not in known and key not in besides:
                place.inside(key).fault(FaultKind.UNKNOWN_KEY, ", ".join([*known, *besides]))
        values = {}
        for name, each in known.items():
            if name in given:
                values[name] = self.value(hints[name], given[name], place.inside(name))
            elif each.default is MISSING and each.default_factory is MISSING:
                if type(None) in get_args(hints[name]):
                    values[name] = None  # TOML has no word for nothing
                else:
                    place.inside(name).fault(FaultKind.MISSING)
                    values[name] = None
        return kind(**values)

    def _setting(self, hint: Any, name: str, place: Place, *, alone: bool) -> None:  # noqa: ANN401
        """Check that a setting fits where it is spoken of; its value is put in when the plugin is asked."""
        schema = self.settings.get(name)
        if schema is None:
            place.fault(FaultKind.SETTING, name)
        elif not any(_fits(schema, wanted, alone=alone) for wanted in _alternatives(hint)):
            place.fault(FaultKind.SETTING_TYPE, name)

    def _either(self, hints: Sequence[Any], given: Any, place: Place) -> Any:  # noqa: ANN401
        """Try each annotation in silence; a single one says itself what is wrong."""
        wanted = [hint for hint in hints if hint is not type(None)]
        if len(wanted) == 1:
            return self.value(wanted[0], given, place)
        for hint in wanted:
            trial = place.on_trial()
            value = self.value(hint, given, trial)
            if not trial.faults.found:
                return value
        place.fault(FaultKind.WRONG_TYPE, " | ".join(_say(hint) for hint in wanted))
        return None

    def _list(self, origin: type, inner: Sequence[Any], given: Any, place: Place) -> Any:  # noqa: ANN401
        if not isinstance(given, list):
            place.fault(FaultKind.WRONG_TYPE, "danh sách / a list")
            return ()
        if origin is tuple and Ellipsis not in inner:
            if len(given) != len(inner):
                place.fault(FaultKind.WRONG_TYPE, f"danh sách / a list: {len(inner)}")
                return ()
            pairs = zip(inner, given, strict=True)
            return tuple(self.value(hint, each, place.inside(at)) for at, (hint, each) in enumerate(pairs))
        return tuple(self.value(inner[0], each, place.inside(at)) for at, each in enumerate(given))

    def _mapping(self, inner: Sequence[Any], given: Any, place: Place) -> Any:  # noqa: ANN401
        if inner[1] is str:
            return self._words(given, place)
        if inner[1] is object:
            return self._schema(given, place)
        if not isinstance(given, dict):
            place.fault(FaultKind.WRONG_TYPE, "bảng / a table")
            return {}
        return {key: self.value(inner[1], each, place.inside(key)) for key, each in given.items()}

    def _words(self, given: Any, place: Place) -> dict[str, str]:  # noqa: ANN401
        """Read a text in both languages."""
        if not isinstance(given, dict) or set(given) != LANGUAGES:
            place.fault(FaultKind.LANGUAGES)
            return {}
        for language, text in given.items():
            if not isinstance(text, str) or not text.strip():
                place.inside(language).fault(FaultKind.LANGUAGES)
            elif SETTING.search(text):
                self.value(str, text, place.inside(language))
        return dict(given)

    def _schema(self, given: Any, place: Place) -> dict[str, Any]:  # noqa: ANN401
        """Read a schema: a table, or the name of a JSON file of the folder."""
        if isinstance(given, str):
            text = place.faults.files.get(given) if given.endswith(".json") else None
            if text is None:
                place.fault(FaultKind.NO_FILE, given)
                return {}
            place.faults.room -= len(text)
            if place.faults.room < 0:
                place.fault(FaultKind.TOO_LARGE, f"{LARGEST // 1000} kB")
                return {}
            given = read_json(given, text)
        if not isinstance(given, dict) or not is_plain(given):
            place.fault(FaultKind.WRONG_TYPE, "JSON Schema")
            return {}
        return given

    def _word(self, hint: type[Enum], given: Any, place: Place) -> Any:  # noqa: ANN401
        words = {str(each.value): each for each in hint}
        if not isinstance(given, str) or given not in words:
            place.fault(FaultKind.NOT_ONE_OF, ", ".join(words))
            return None
        return words[given]

    def _scalar(self, hint: type, given: Any, place: Place) -> Any:  # noqa: ANN401
        if hint is date and isinstance(given, str):  # of a setting, which is JSON
            try:
                return date.fromisoformat(given)
            except ValueError:
                pass
        fits = {date: is_day(given), float: type(given) in (int, float)}.get(hint, type(given) is hint)
        if not fits or not (hint is date or is_plain(given)) or (hint is str and len(given) > LONGEST):
            place.fault(FaultKind.WRONG_TYPE, _NAMES[hint])
            return None
        return given


def _alternatives(hint: Any) -> list[Any]:  # noqa: ANN401
    if isinstance(hint, TypeAliasType):
        return _alternatives(hint.__value__)
    if get_origin(hint) in (Union, types.UnionType):
        return [each for inner in get_args(hint) for each in _alternatives(inner)]
    return [hint]


def _fits(schema: Mapping[str, Any], hint: Any, *, alone: bool) -> bool:  # noqa: ANN401
    kind = schema.get("type")
    if not alone:
        return hint is str and kind != "boolean"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return kind == "string" and set(schema.get("enum", [""])) <= {each.value for each in hint}
    if hint is date:
        return kind == "string" and schema.get("format") == "date"
    return {str: "string", int: "integer", bool: "boolean"}.get(hint) == kind or (
        hint is float and kind in ("integer", "number")
    )


def _say(hint: Any) -> str:  # noqa: ANN401
    if isinstance(hint, TypeAliasType):
        return _say(hint.__value__)
    if get_origin(hint) in (Union, types.UnionType):
        return " | ".join(_say(each) for each in get_args(hint))
    return _NAMES.get(hint, "danh sách / a list" if get_origin(hint) else str(getattr(hint, "__name__", hint)))
