"""What people type about the calendar and about a clock."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from tiepdan.deadlines.calendar_decisions import PROPOSABLE
from tiepdan.deadlines.law_words import DAY_LABELS
from tiepdan.web.forms import Form


class DayForm(Form):
    """A day that is worked or not, against what the calendar says."""

    day = DateField(_l("Ngày"), [InputRequired(_l("Hãy chọn ngày."))])
    kind = RadioField(
        _l("Loại ngày"),
        [InputRequired(_l("Hãy chọn loại ngày."))],
        choices=[SelectChoice(kind.value, DAY_LABELS[kind]) for kind in PROPOSABLE],
    )
    name = StringField(
        _l("Tên hoặc lý do"),
        [InputRequired(_l("Hãy ghi tên hoặc lý do.")), Length(max=200)],
        description=_l("Hiện bên cạnh ngày này trong mọi cách tính hạn, ví dụ: Tết Đinh Mùi."),
    )
    source = StringField(
        _l("Văn bản làm căn cứ"),
        [InputRequired(_l("Hãy ghi văn bản làm căn cứ.")), Length(max=200)],
        description=_l("Số, ký hiệu và ngày của thông báo."),
    )


class OptionsForm(Form):
    """Decisions on the calendar as a whole."""

    worked_saturdays = BooleanField(
        _l("Thứ Bảy làm bù là ngày làm việc"),
        description=_l("Quy ước DEC-07. Bỏ chọn nếu đơn vị không làm việc vào ngày hoán đổi."),
    )
    culture_day_compensation = BooleanField(
        _l("Ngày 24/11 trùng ngày nghỉ hằng tuần thì nghỉ bù"),
        description=_l("Cách hiểu CAL-09: mặc định không nghỉ bù. Hạn dựa vào ngày này luôn ghi là tạm tính."),
    )
    approved_years = SelectMultipleField(
        _l("Năm đã có thông báo chính thức"),
        coerce=int,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Chỉ chọn khi đã đối chiếu từng ngày nghỉ của năm; hạn dựa vào năm này không còn là tạm tính."),
    )
    accepted_proposals = SelectMultipleField(
        _l("Phương án hoán đổi chưa chính thức"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Được tính nhưng vẫn ghi là tạm tính."),
    )


class ExtendForm(Form):
    """An extension within the budget of the rule."""

    case = SelectField(_l("Trường hợp"), validate_choice=False)
    days = IntegerField(_l("Số ngày gia hạn"), [InputRequired(_l("Hãy nhập số ngày.")), NumberRange(min=1)])
    decision = StringField(_l("Số quyết định gia hạn"), [InputRequired(_l("Hãy ghi số quyết định.")), Length(max=100)])
    on = DateField(_l("Ngày quyết định"), [InputRequired(_l("Hãy chọn ngày."))])


class PauseForm(Form):
    """A suspension: its day, clause and decision."""

    on = DateField(_l("Ngày quyết định tạm đình chỉ"), [InputRequired(_l("Hãy chọn ngày."))])
    legal_basis = StringField(_l("Căn cứ pháp lý"), [InputRequired(_l("Hãy ghi điều khoản.")), Length(max=200)])
    decision = StringField(_l("Số quyết định"), [InputRequired(_l("Hãy ghi số quyết định.")), Length(max=100)])


class ResumeForm(Form):
    """The day a suspension ends."""

    on = DateField(_l("Ngày quyết định tiếp tục giải quyết"), [InputRequired(_l("Hãy chọn ngày."))])
