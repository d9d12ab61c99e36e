"""What is chosen on the page of messages → a plan."""

from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from tiepdan.notifications.channels import WaysHere
from tiepdan.notifications.plan import Plan, field_name
from tiepdan.notifications.rules import QUIET_FROM, QUIET_UNTIL, Happening, Language, QuietHours
from tiepdan.notifications.texts import sample
from tiepdan.notifications.words import HAPPENINGS, LANGUAGES
from tiepdan.web.forms import Form

_HOUR = NumberRange(0, 23, _l("Giờ từ 0 đến 23."))


class _PlanForm(Form):
    """Language and quiet hours; a field for each event is added below."""

    language = RadioField(
        _l("Ngôn ngữ của tin"),
        choices=[SelectChoice(language.value, LANGUAGES[language]) for language in Language],
        default=Language.VI.value,
    )
    quiet_from = IntegerField(
        _l("Không nhắn điện thoại từ giờ"), [InputRequired(_l("Hãy ghi giờ.")), _HOUR], default=QUIET_FROM
    )
    quiet_until = IntegerField(_l("đến giờ"), [InputRequired(_l("Hãy ghi giờ.")), _HOUR], default=QUIET_UNTIL)


@cache
def _form_class() -> type[Any]:
    fields = {
        field_name(event): SelectMultipleField(
            HAPPENINGS[event],
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
            validate_choice=False,  # the service says which channel is none of ours
        )
        for event in Happening
    }
    return type("PlanForm", (_PlanForm,), fields)


def plan_form(ways: WaysHere, plan: Plan) -> Any:  # noqa: ANN401 - a form whose fields are made above
    """Make the form: for each event the channels that suit it, and those that were chosen and are gone."""
    form = _form_class()(
        language=plan.language.value, quiet_from=plan.quiet.first, quiet_until=plan.quiet.until,
        **{field_name(event): list(plan.channels.get(event, ())) for event in Happening},
    )  # fmt: skip
    for event in Happening:
        field = form[field_name(event)]
        suited = [way for way in ways.items if way.suits(event)]
        gone = [key for key in plan.channels.get(event, ()) if ways.find(key) is None]
        field.choices = [
            *(SelectChoice(way.key, way.title) for way in suited),
            *(SelectChoice(key, key) for key in gone),
        ]
        field.description = "" if field.choices else _l("Chưa có kênh nào dùng được; plugin nhắn tin sẽ thêm kênh.")
    return form


def read_plan_form(form: Any) -> Plan:  # noqa: ANN401 - as above
    """Return what was chosen."""
    return Plan(
        {event: tuple(dict.fromkeys(form[field_name(event)].data or ())) for event in Happening},
        Language(form.language.data),
        QuietHours(form.quiet_from.data, form.quiet_until.data),
    )


def texts_of(event: Happening) -> list[str]:
    """Return what a message about an event says in each language."""
    return [sample(event, language) for language in Language]
