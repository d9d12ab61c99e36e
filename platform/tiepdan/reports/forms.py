"""What people type about reports."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from tiepdan.reports.definitions import Definition
from tiepdan.reports.periods import MOST_YEARS, Period, read_period
from tiepdan.reports.texts import LONGEST
from tiepdan.web.forms import Form

_EARLIEST_YEAR = 1945


class PeriodForm(Form):
    """A period to report on."""

    period = SelectField(_l("Kỳ báo cáo"), [InputRequired(_l("Hãy chọn kỳ báo cáo."))])

    first_day = 1

    def offer(self, periods: list[Period], first_day: int = 1) -> None:
        """Offer these periods. first_day: on which they start."""
        self.first_day = first_day
        self.period.choices = [(period.code, _capitalise(period.label)) for period in periods]

    def validate_period(self, field: SelectField) -> None:
        """Refuse what is no period."""
        try:
            read_period(field.data or "", self.first_day)
        except ValueError as error:
            raise ValidationError(_("Kỳ báo cáo này không có.")) from error


class RoundForm(PeriodForm):
    """A round to open."""

    due_on = DateField(
        _l("Hạn gửi"),
        [InputRequired(_l("Hãy ghi hạn gửi."))],
        description=_l("Không văn bản nào ấn định ngày gửi: hạn do cấp yêu cầu đặt."),
    )


class YearsForm(Form):
    """A period of several years."""

    first_year = IntegerField(_l("Từ năm"), [InputRequired(_l("Hãy ghi năm đầu, ví dụ 2020."))])
    last_year = IntegerField(_l("Đến năm"), [InputRequired(_l("Hãy ghi năm cuối, ví dụ 2024."))])

    @property
    def code(self) -> str:
        """Return the period as addresses have it; only of a form that was checked."""
        return f"{self.first_year.data:04d}-{self.last_year.data:04d}"

    def validate_last_year(self, field: IntegerField) -> None:
        """Refuse years that make no period."""
        first = self.first_year.data
        if first is None or field.data is None:
            return
        if not _EARLIEST_YEAR <= first <= field.data or field.data - first >= MOST_YEARS:
            raise ValidationError(_("Hãy chọn từ năm trước đến năm sau, nhiều nhất %(count)d năm.", count=MOST_YEARS))


class TextsForm(Form):
    """What is written under the headings of a report; one box for each, added when the form is made."""


def texts_form(headings: Mapping[int, str], texts: Mapping[int, str]) -> TextsForm:
    """Make the form for a report's texts. headings, texts: by place of the section."""
    boxes = {
        f"section-{at}": TextAreaField(
            heading,
            [Length(max=LONGEST, message=_l("Mỗi phần lời văn không quá 20.000 ký tự; hãy rút gọn."))],
            description=_l("Không ghi tên hay nội dung trình bày của công dân."),
        )
        for at, heading in headings.items()
    }
    kind = type("TextsOfReport", (TextsForm,), boxes)
    form: TextsForm = kind(data={f"section-{at}": texts.get(at, "") for at in headings})
    return form


class FreezeForm(Form):
    """The cut-off."""

    cut_off_on = DateField(
        _l("Ngày chốt số liệu"),
        [InputRequired(_l("Hãy ghi ngày chốt số liệu."))],
        description=_l("Việc đã làm được tính đến hết ngày này. Sau khi chốt, số liệu không thay đổi nữa."),
    )


class DueDayForm(Form):
    """The day by which the report is due."""

    due_on = DateField(_l("Hạn gửi"), [InputRequired(_l("Hãy ghi hạn gửi."))])


class ReturnForm(Form):
    """Why a submission goes back."""

    reason = TextAreaField(
        _l("Lý do trả lại"),
        [InputRequired(_l("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")), Length(max=2000)],
        description=_l("Đơn vị gửi đọc được lý do này. Không ghi tên hay nội dung trình bày của công dân."),
    )


class TypedForm(Form):
    """A figure of a body that is no tenant."""

    body_name = StringField(
        _l("Tên cơ quan"),
        [InputRequired(_l("Hãy ghi tên cơ quan.")), Length(max=200)],
        description=_l("Chỉ nhập tay cho cơ quan chưa dùng hệ thống."),
    )
    place = SelectField(_l("Chỉ tiêu"), [InputRequired(_l("Hãy chọn một chỉ tiêu."))])
    value = IntegerField(_l("Số liệu"), [InputRequired(_l("Hãy ghi một số nguyên, từ 0 trở lên."))])
    of = IntegerField(
        _l("Trên tổng số"), [Optional()], description=_l("Chỉ ghi cho chỉ tiêu có tổng số hoặc số ngày phải tiếp.")
    )
    note = StringField(
        _l("Căn cứ"),
        [InputRequired(_l("Hãy ghi căn cứ của số liệu.")), Length(max=200)],
        description=_l("Ví dụ: Báo cáo số 45/BC-TA ngày 30/6/2022."),
    )

    def offer(self, definition: Definition, period: Period) -> None:
        """Offer every indicator in each of its rows."""
        self.place.choices = [
            (f"{indicator.code}/{line.tier.value}", f"{line.label}: {indicator.label} ({indicator.unit})")
            for line in definition.tiers_on(period)
            for indicator in definition.indicators
            if line.tier in indicator.tiers
        ]


def _capitalise(label: str) -> str:
    return label[:1].upper() + label[1:]
