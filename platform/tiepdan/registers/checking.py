"""What somebody wants to enter, checked against the register's schema, whichever door it comes in by."""

from collections.abc import Mapping
from datetime import date
from math import isfinite

from flask_babel import gettext as _

from tiepdan.core.errors import Invalid
from tiepdan.extensions.settings import say_fault
from tiepdan.formparts.rules import NO, YES, FieldKind, PartField, asked_fields
from tiepdan.registers.rules import EARLIEST_YEAR, YEARS_AHEAD, RegisterType, is_usual_day


def check_values(register: RegisterType, values: Mapping[str, object], on: date) -> dict[str, object]:
    """Return the values to keep: those of fields that are asked, in the schema's order.

    on: the business day. Raises Invalid, by field; ValueError for a field the register does not have.
    """
    unknown = set(values) - {each.name for each in register.schema.fields}
    if unknown:
        raise ValueError(f"{register.plugin}/{register.register.key} has no field {', '.join(sorted(unknown))}")
    given = {name: _tidy(value) for name, value in values.items()}
    kept: dict[str, object] = {}
    errors: dict[str, object] = {}
    for each in asked_fields(register.schema, "", {name: _as_typed(value) for name, value in given.items()}):
        value = given.get(each.name)
        if value is None:
            if each.required:
                errors[each.name] = _("Mục này cần được điền.")
        elif fault := explain_fault(each, value):
            errors[each.name] = fault
        else:
            kept[each.name] = value
    day = kept.get(register.register.date_field)
    if isinstance(day, str) and not is_usual_day(date.fromisoformat(day), on):
        errors[register.register.date_field] = _(
            "Hãy xem lại năm: sổ nhận ngày từ năm %(first)s đến năm %(last)s.",
            first=EARLIEST_YEAR,
            last=on.year + YEARS_AHEAD,
        )
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)
    return kept


def _tidy(value: object) -> object:
    return value.strip() or None if isinstance(value, str) else value


def _as_typed(value: object) -> str:
    """Say a value as a form sends it, which is what conditions are written for."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def explain_fault(field: PartField, value: object) -> str:
    """Say what a field has against a value; "" for nothing."""
    fault = next(field.validator.iter_errors(value), None)
    if fault is not None:
        return say_fault(fault)
    if isinstance(value, float) and not isfinite(value):
        return str(_("Hãy ghi một số."))
    if field.kind is FieldKind.DATE:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return str(_("Hãy ghi một ngày có trong lịch."))
    return ""
