"""Forms made from a plugin's own schema of settings."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, Field, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from tiepdan.extensions.bilingual import in_language
from tiepdan.sdk import Manifest
from tiepdan.web.forms import Form

PREFIX = "set_"
WHEN = (
    SelectChoice("inherit", _l("Theo cấp trên")),
    SelectChoice("on", _l("Bật")),
    SelectChoice("off", _l("Tắt")),
)
WHEN_BELOW = (
    SelectChoice("none", _l("Không quyết định")),
    SelectChoice("on", _l("Bật, đơn vị tự đổi được")),
    SelectChoice("on_locked", _l("Bật và khóa")),
    SelectChoice("off", _l("Tắt, đơn vị tự đổi được")),
    SelectChoice("off_locked", _l("Tắt và khóa")),
)


def choice_form(manifest: Manifest, place: str, *, below: bool, held: Mapping[str, object]) -> Form:
    """Make the form of a decision about a plugin.

    place: tells the forms of a page apart. held: settings in force, shown as the start.
    """
    fields: dict[str, Field] = {
        "when": SelectField(_l("Quyết định"), choices=list(WHEN_BELOW if below else WHEN), id=f"{place}-when"),
    }
    for name, schema in _properties(manifest).items():
        value = held.get(name, schema.get("default"))
        fields[f"{PREFIX}{name}"] = _field(name, schema, value, f"{place}-{name}")
    return type("ChoiceForm", (Form,), fields)()  # type: ignore[no-any-return]  # a subclass of Form


def settings_in(form: Form, manifest: Manifest) -> dict[str, object]:
    """Read the settings out of a form; what was left empty is not set."""
    found: dict[str, object] = {}
    for name, schema in _properties(manifest).items():
        value = form[f"{PREFIX}{name}"].data
        if value is None or value == "":
            continue
        found[name] = float(value) if schema.get("type") == "number" else value
    return found


def setting_fields(form: Form) -> list[Field]:
    """Return the fields of the settings, for the page."""
    return [field for field in form if field.name.startswith(PREFIX)]


def _properties(manifest: Manifest) -> dict[str, dict[str, Any]]:
    found: Any = manifest.settings.get("properties", {})
    return dict(found)


def _field(name: str, schema: Mapping[str, Any], value: object, field_id: str) -> Field:
    label = _said(schema.get("x-label"), name)
    options = {
        "description": _said(schema.get("x-help"), ""),
        "default": value,
        "validators": [Optional()],
        "id": field_id,
    }
    if "enum" in schema:
        return SelectField(label, choices=[SelectChoice(str(each), str(each)) for each in schema["enum"]], **options)
    match schema.get("type"):
        case "boolean":
            return BooleanField(label, **options)
        case "integer":
            return IntegerField(label, **options)
        case "number":
            return DecimalField(label, **options)
        case _:
            return StringField(label, **options)


def _said(words: object, otherwise: str) -> str:
    """Return a text of a schema, which nobody has checked yet."""
    return in_language(words) if isinstance(words, Mapping) and "vi" in words else otherwise
