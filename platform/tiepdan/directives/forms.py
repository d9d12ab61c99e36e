"""What people type about assignments → checked values."""

from uuid import UUID

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from tiepdan.core.errors import Invalid
from tiepdan.directives.assignments import LONGEST_TITLE, NewAssignment
from tiepdan.directives.receivers import possible_receivers
from tiepdan.petitions.service import find_matter
from tiepdan.web.forms import Form

_OFF = {"autocomplete": "off"}


class AssignmentFields(PlainForm):  # type: ignore[misc]  # wtforms has no types
    """One piece of work; in a conclusion an empty title means no work."""

    receiver = SelectField(_l("Giao cho"), coerce=int, validate_choice=False)
    title = StringField(_l("Việc cần làm"), [Length(max=LONGEST_TITLE)], render_kw=_OFF)
    instruction = TextAreaField(_l("Yêu cầu, hình thức báo cáo"), [Length(max=10_000)], render_kw=_OFF)
    due_on = DateField(_l("Hạn"), [Optional()])
    matter_code = StringField(
        _l("Về vụ việc"),
        [Length(max=30)],
        description=_l("Mã vụ việc hoặc mã một đơn; có thể bỏ trống."),
        render_kw=_OFF,
    )
    tell_citizen = BooleanField(_l("Phải thông báo kết quả cho công dân trước khi kết thúc"), default=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.receiver.choices = receiver_choices()

    def assignment(self) -> NewAssignment:
        """Return the work. Raises Invalid for a code of no matter of this tenant."""
        return NewAssignment(
            receiver_id=self.receiver.data or 0,
            title=self.title.data or "",
            instruction=self.instruction.data or "",
            due_on=self.due_on.data,
            matter_id=_matter_id(self.matter_code.data or ""),
            tell_citizen=self.tell_citizen.data,
        )


class AssignForm(Form, AssignmentFields):
    """Work given by itself, without a conclusion."""


class RefuseForm(Form):
    """Why the work is sent back."""

    reason = TextAreaField(
        _l("Lý do từ chối"),
        [InputRequired(_l("Hãy ghi lý do.")), Length(max=4_000)],
        description=_l("Nơi giao đọc được ngay. Ví dụ: không thuộc thẩm quyền, theo văn bản nào."),
        render_kw=_OFF,
    )


class ReportForm(Form):
    """How far the work has come."""

    note = TextAreaField(_l("Đã làm gì"), [InputRequired(_l("Hãy ghi đã làm gì.")), Length(max=10_000)], render_kw=_OFF)
    percent = IntegerField(
        _l("Hoàn thành khoảng (%)"), [Optional(), NumberRange(0, 100, _l("Ghi số từ 0 đến 100."))], render_kw=_OFF
    )


class DoneForm(Form):
    """The result of the work."""

    note = TextAreaField(_l("Kết quả"), [InputRequired(_l("Hãy ghi kết quả.")), Length(max=10_000)], render_kw=_OFF)


class ToldForm(Form):
    """When and how the citizen was told."""

    told_on = DateField(_l("Ngày thông báo cho công dân"), [InputRequired(_l("Hãy ghi ngày."))])
    note = TextAreaField(
        _l("Hình thức, số văn bản"), [Length(max=4_000)], description=_l("Có thể bỏ trống."), render_kw=_OFF
    )


class ExtendForm(Form):
    """A later due day."""

    due_on = DateField(_l("Hạn mới"), [InputRequired(_l("Hãy chọn hạn mới."))])
    reason = TextAreaField(
        _l("Lý do gia hạn"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=4_000)], render_kw=_OFF
    )


def receiver_choices() -> list[SelectChoice]:
    """Return the bodies to choose from, the own one first; asked once per request, however many rows a form has."""
    if "directive_receivers" not in g:
        g.directive_receivers = [SelectChoice(str(body.id), body.name) for body in possible_receivers()]
    choices: list[SelectChoice] = g.directive_receivers
    return choices


def _matter_id(code: str) -> UUID | None:
    if not code.strip():
        return None
    matter = find_matter(code)
    if matter is None:
        message = _("Không có vụ việc hay đơn nào mang mã này.")
        raise Invalid(message, {"matter_code": message})
    return matter.id
