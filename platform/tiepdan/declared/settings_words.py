"""Settings of a plugin written as data: a small part of JSON Schema, and how other tables speak of a setting.

`"$setting:name"` stands for a setting's value; at the end of a longer text it stands for the value as text.
A pattern is no part of it: a pattern of somebody else's can keep a process busy for hours.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tiepdan.declared.collecting import Place
from tiepdan.declared.faults import FaultKind
from tiepdan.declared.parsing import is_plain

MOST_SETTINGS = 60
MOST_VALUES = 200  # of one setting
LONGEST = 20_000  # letters of a value; a plugin is tried with texts as long as it asks for
SETTING = re.compile(r"\$setting:([A-Za-z0-9_]+)\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_OF_SCHEMA = {"$schema", "type", "title", "description", "properties", "required", "additionalProperties"}
_OF_EVERY = {"type", "title", "description", "x-label", "x-help", "default", "examples", "enum"}
_MORE = {
    "string": {"minLength", "maxLength", "format"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "boolean": set[str](),
}
TYPES: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}


def read_settings(schema: Any, place: Place) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - as it was written
    """Check a schema of settings; return those that can be used, by name."""
    if schema == {}:
        return {}
    if not isinstance(schema, dict) or schema.get("type") != "object" or not is_plain(schema):
        place.fault(FaultKind.WRONG_TYPE, 'JSON Schema, type = "object"')
        return {}
    for word in sorted(set(schema) - _OF_SCHEMA):
        place.inside(word).fault(FaultKind.SETTINGS_WORD, word)
    properties = schema.get("properties", {})
    if not isinstance(properties, dict) or len(properties) > MOST_SETTINGS:
        place.inside("properties").fault(FaultKind.TOO_MANY, str(MOST_SETTINGS))
        return {}
    required = schema.get("required", [])
    if not isinstance(required, list) or not all(name in properties for name in required):
        place.inside("required").fault(FaultKind.NOT_ONE_OF, ", ".join(properties))
    within = place.inside("properties")
    return {name: each for name, each in properties.items() if _read_one(name, each, within.inside(name))}


def _read_one(name: str, schema: Any, place: Place) -> bool:  # noqa: ANN401 - as it was written
    if not _NAME.fullmatch(name):
        place.fault(FaultKind.SETTINGS_WORD, name)
        return False
    if not isinstance(schema, dict) or schema.get("type") not in _MORE:
        place.fault(FaultKind.WRONG_TYPE, f"type = {' | '.join(_MORE)}")
        return False
    kind = schema["type"]
    for word in ("x-label", "x-help"):
        words = schema.get(word)
        if (words is not None or word == "x-label") and not _is_bilingual(words):
            place.inside(word).fault(FaultKind.LANGUAGES)
    for word in sorted(set(schema) - _OF_EVERY - _MORE[kind]):
        place.inside(word).fault(FaultKind.SETTINGS_WORD, word)
    _check_values(kind, schema, place)
    for word in _MORE[kind] & set(schema) - {"format", "minLength", "maxLength"}:
        if type(schema[word]) not in (int, float):
            place.inside(word).fault(FaultKind.WRONG_TYPE, "number")
    return True


def _check_values(kind: str, schema: dict[str, Any], place: Place) -> None:
    for word in ("default", "enum", "examples"):
        values = schema.get(word, [])
        values = [values] if word == "default" and word in schema else values
        if not isinstance(values, list) or not all(fits_type(value, kind) for value in values):
            place.inside(word).fault(FaultKind.WRONG_TYPE, kind)
        elif len(values) > MOST_VALUES:
            place.inside(word).fault(FaultKind.TOO_MANY, str(MOST_VALUES))
    for word in ("minLength", "maxLength"):
        if word in schema and (type(schema[word]) is not int or not 0 <= schema[word] <= LONGEST):
            place.inside(word).fault(FaultKind.WRONG_TYPE, f"0-{LONGEST}")


def _is_bilingual(words: object) -> bool:
    return (
        isinstance(words, dict)
        and set(words) == {"vi", "en"}
        and all(isinstance(text, str) and text.strip() for text in words.values())
    )


def fits_type(value: object, kind: str) -> bool:
    """Say whether a value is of a type of JSON Schema."""
    if kind == "number":
        return type(value) in (int, float)
    return type(value) is TYPES[kind]


def settings_in(value: object) -> Iterator[str]:
    """Yield the names of settings that a table speaks of."""
    if isinstance(value, str):
        found = SETTING.search(value)
        if found:
            yield found[1]
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from settings_in(each)


def put_settings(value: Any, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - plain data
    """Return a table with the values of settings in their places."""
    if isinstance(value, str):
        found = SETTING.search(value)
        if found is None:
            return value
        setting = values[found[1]]
        return setting if found.start() == 0 else f"{value[: found.start()]}{setting}"
    if isinstance(value, dict):
        return {key: put_settings(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [put_settings(each, values) for each in value]
    return value


def is_set(values: Mapping[str, object], name: str) -> bool:
    """Say whether a setting has a value; blank text is none."""
    value = values.get(name)
    return bool(value.strip()) if isinstance(value, str) else value is not None
