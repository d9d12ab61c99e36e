"""Settings of plugins: checked by the plugin's own schema, with its defaults filled in."""

from collections.abc import Mapping

from flask_babel import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

from tiepdan.core.errors import Invalid
from tiepdan.sdk import Manifest


def complete_settings(manifest: Manifest, given: Mapping[str, object]) -> dict[str, object]:
    """Return settings with the schema's defaults for what is not given."""
    properties = manifest.settings.get("properties", {})
    defaults = {
        name: each["default"]
        for name, each in (properties.items() if isinstance(properties, Mapping) else ())
        if isinstance(each, Mapping) and "default" in each
    }
    return {**defaults, **given}


def check_settings(manifest: Manifest, given: Mapping[str, object]) -> None:
    """Raise Invalid, field by field, for settings the plugin's schema refuses."""
    schema = {"type": "object", "additionalProperties": False, **manifest.settings}
    try:
        faults = list(Draft202012Validator(schema).iter_errors(complete_settings(manifest, given)))
    except SchemaError as fault:
        raise Invalid(_("Lược đồ thiết lập của plugin bị lỗi; hãy báo người viết plugin.")) from fault
    if faults:
        raise Invalid(
            _("Thiết lập chưa đúng."),
            {str(each.path[0]) if each.path else "settings": say_fault(each) for each in faults},
        )


def say_fault(fault: ValidationError) -> str:
    """Say in the reader's language what a schema has against a value."""
    wanted = fault.validator_value
    match fault.validator:
        case "type":
            return str(_("Giá trị phải thuộc kiểu %(kind)s.", kind=wanted))
        case "enum":
            return str(_("Chỉ nhận: %(values)s.", values=", ".join(map(str, wanted))))
        case "minimum":
            return str(_("Nhỏ nhất là %(number)s.", number=wanted))
        case "maximum":
            return str(_("Lớn nhất là %(number)s.", number=wanted))
        case "minLength":
            return str(_("Cần ít nhất %(min)d ký tự.", min=wanted))
        case "maxLength":
            return str(_("Nhiều nhất %(max)d ký tự.", max=wanted))
        case "required":
            return str(_("Còn thiếu thiết lập bắt buộc."))
        case "additionalProperties":
            return str(_("Plugin không có thiết lập này."))
        case _:
            return str(_("Giá trị không hợp lệ (%(rule)s).", rule=str(fault.validator)))
