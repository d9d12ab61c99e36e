"""What a loaded plugin says of itself: settings somebody can fill in, in both languages."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from tiepdan.authoring.quality import Finding, Words, judge_faults
from tiepdan.authoring.source_checks import LANGUAGES
from tiepdan.core.plugin_loading import InstalledPlugin, Problem
from tiepdan.sdk import API_VERSION, Manifest

_PLACES = {
    Problem.NO_MANIFEST: (
        "manifest",
        "Mô-đun phải có PLUGIN = Manifest(…) với title và summary đủ vi, en",
        "The module must hold PLUGIN = Manifest(…) with title and summary in vi and en",
    ),
    Problem.NAME: (
        "entry_point",
        "Tên ở điểm vào phải giống PLUGIN.name: chữ thường, số, gạch nối",
        "The entry point must be called like PLUGIN.name: small letters, digits, dashes",
    ),
    Problem.API: (
        "api",
        f'api phải chứa phiên bản SDK {API_VERSION}, ví dụ ">=1.0,<2"',
        f'api must include version {API_VERSION} of the SDK, such as ">=1.0,<2"',
    ),
    Problem.DATA: ("data", "plugin.toml có lỗi", "plugin.toml has faults"),
    Problem.PRIVATE_IMPORT: ("private_imports", "Chỉ được dùng tiepdan.sdk", "Import tiepdan.sdk only"),
    Problem.HOOKS: (
        "hooks",
        "Hook hoặc tham số không có, hoặc dùng wrapper, specname, tryfirst, trylast; xem platform/docs/hooks.md",
        "No such hook or argument, or a wrapper, specname, tryfirst, trylast; see platform/docs/hooks.md",
    ),
}


def say_problem(plugin: InstalledPlugin, problem: Problem) -> Finding:
    """Put into words why a plugin was not loaded."""
    check, vi, en = _PLACES.get(problem, ("import", "Không nạp được", "It cannot be loaded"))
    return Finding(check, False, f"{vi}: {plugin.detail}.", f"{en}: {plugin.detail}.")


def check_settings_schema(manifest: Manifest) -> list[Finding]:
    """Check the schema of the settings and the labels of every one."""
    schema: Any = manifest.settings
    if not schema:
        return [Finding("settings", True, "plugin không có thiết lập", "the plugin has no settings")]
    fine = ("lược đồ đúng, mỗi thiết lập có nhãn", "the schema is valid, every setting has its labels")
    return judge_faults("settings", _schema_faults(schema), fine)


def _schema_faults(schema: Mapping[str, Any]) -> Iterator[Words]:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as fault:
        where = "/".join(map(str, fault.path)) or "settings"
        yield (
            f"{where}: không phải JSON Schema 2020-12 ({fault.message}).",
            f"{where}: no JSON Schema 2020-12 ({fault.message}).",
        )
        return
    if schema.get("type") != "object":
        yield 'Thiết lập phải là "type": "object".', 'Settings must be of "type": "object".'
    for name, each in schema.get("properties", {}).items():
        yield from _property_faults(name, each)


def _property_faults(name: str, schema: object) -> Iterator[Words]:
    if not isinstance(schema, Mapping):
        yield f"{name}: phải là một lược đồ.", f"{name}: must be a schema."
        return
    for word in ("x-label", "x-help"):
        if word in schema or word == "x-label":
            words = schema.get(word)
            given = {key for key, text in words.items() if text} if isinstance(words, Mapping) else set()
            if not given >= LANGUAGES:
                missing = ", ".join(sorted(LANGUAGES - given))
                yield f"{name}: {word} thiếu {missing}.", f"{name}: {word} lacks {missing}."
    if "default" in schema and not Draft202012Validator(dict(schema)).is_valid(schema["default"]):
        yield (
            f"{name}: giá trị mặc định không hợp lược đồ của chính nó.",
            f"{name}: its default does not fit its own schema.",
        )
