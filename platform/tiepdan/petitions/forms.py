"""What people type about petitions → checked values."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tiepdan.extensions.cautions import ConfirmingForm
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Decision, Field, Mark, Origin, Outcome
from tiepdan.petitions.words import CONDITIONS, DECISIONS, FIELDS, KINDS, MARKS, ORIGINS, OUTCOMES
from tiepdan.sdk import PetitionKind
from tiepdan.web.forms import Form

_FIELD_CHOICES = [SelectChoice(field.value, FIELDS[field]) for field in Field]
_KIND_CHOICES = [SelectChoice(kind.value, KINDS[kind]) for kind in PetitionKind]
_OFF = {"autocomplete": "off"}


def _news_field() -> BooleanField:
    return BooleanField(
        _l("Nhắn tin cho người gửi khi có tin mới"),
        description=_l("Chỉ khi người gửi đồng ý. Với tố cáo, tin chỉ nói có tin mới, không nói về việc gì."),
    )


class PersonForm(PlainForm):  # type: ignore[misc]  # wtforms has no types
    """One person of a petition; an empty name means no person."""

    full_name = StringField(_l("Họ và tên"), [Length(max=200)], render_kw=_OFF)
    address = StringField(_l("Địa chỉ"), [Length(max=300)], render_kw=_OFF)
    id_kind = SelectField(
        _l("Giấy tờ"),
        default="",
        choices=[
            SelectChoice("", _l("Không xuất trình")),
            SelectChoice("citizen_id", _l("Căn cước, số định danh")),
            SelectChoice("passport", _l("Hộ chiếu")),
        ],
    )
    id_number = StringField(_l("Số giấy tờ"), [Length(max=40)], render_kw=_OFF)
    phone = StringField(_l("Điện thoại"), [Length(max=40)], render_kw={**_OFF, "inputmode": "tel"})

    def details(self) -> PersonDetails | None:
        """Return the person, or None for an empty row."""
        name = (self.full_name.data or "").strip()
        if not name:
            return None
        return PersonDetails(
            full_name=name,
            address=(self.address.data or "").strip(),
            id_kind=self.id_kind.data or "",
            id_number=(self.id_number.data or "").strip(),
            phone=(self.phone.data or "").strip(),
        )


class RegisterForm(Form):
    """A petition as it comes in."""

    origin = RadioField(
        _l("Đơn đến bằng cách nào"), choices=[SelectChoice(o.value, ORIGINS[o]) for o in Origin], default=Origin.POST
    )
    received_on = DateField(_l("Ngày nhận"), [InputRequired(_l("Hãy ghi ngày nhận đơn."))])
    sender_body = StringField(
        _l("Cơ quan chuyển đến"), [Length(max=200)], description=_l("Chỉ khi đơn do cơ quan khác chuyển đến.")
    )
    sender_number = StringField(_l("Số văn bản chuyển"), [Length(max=60)])
    people = FieldList(FormField(PersonForm), min_entries=1, max_entries=50)
    people_count = IntegerField(
        _l("Tổng số người đứng đơn"),
        [InputRequired(_l("Hãy ghi số người.")), NumberRange(1, 100_000, _l("Số người ít nhất là 1."))],
        default=1,
        description=_l("Nhiều hơn số người ghi ở trên thì những người đã ghi là đại diện."),
    )
    respondent = StringField(
        _l("Người, cơ quan bị khiếu nại, tố cáo"), [Length(max=200)], description=_l("Nếu đơn có nêu."), render_kw=_OFF
    )
    content = TextAreaField(_l("Nội dung"), [InputRequired(_l("Hãy ghi nội dung đơn."))], render_kw=_OFF)
    kind = RadioField(_l("Loại đơn"), choices=[SelectChoice("", _l("Chưa xác định")), *_KIND_CHOICES], default="")
    field = SelectField(_l("Lĩnh vực"), choices=_FIELD_CHOICES, default=Field.OTHER.value)
    matter_code = StringField(
        _l("Thuộc vụ việc đã có"),
        [Length(max=30)],
        description=_l("Mã vụ việc hoặc mã một đơn trước về cùng việc; bỏ trống thì mở vụ việc mới."),
        render_kw=_OFF,
    )

    news = _news_field()

    def listed_people(self) -> list[PersonDetails]:
        """Return the people whose rows are filled in."""
        return [person for entry in self.people if (person := entry.form.details()) is not None]


class NewsForm(Form):
    """Whether the sender is told news."""

    news = _news_field()


class StepForm(Form):
    """Base of the forms that move a petition on: the version that was seen travels along."""

    version = HiddenField()

    @property
    def seen_version(self) -> int | None:
        """Return the version the page was made from."""
        return int(self.version.data) if (self.version.data or "").isdigit() else None


class ClassifyForm(StepForm):
    """Kind, field, conditions, competence."""

    kind = RadioField(_l("Loại đơn"), [InputRequired(_l("Hãy chọn loại đơn."))], choices=_KIND_CHOICES)
    field = SelectField(_l("Lĩnh vực"), choices=_FIELD_CHOICES)
    conditions = SelectMultipleField(
        _l("Điều kiện đơn đã đáp ứng"),
        choices=[SelectChoice(word, label) for word, label in CONDITIONS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Bỏ dấu ở điều kiện chưa đáp ứng. Thiếu một điều kiện là đơn chưa đủ điều kiện xử lý."),
        validate_choice=False,
    )
    within_competence = RadioField(
        _l("Thẩm quyền"),
        [InputRequired(_l("Hãy chọn có thuộc thẩm quyền hay không."))],
        choices=[
            SelectChoice("yes", _l("Thuộc thẩm quyền của đơn vị")),
            SelectChoice("no", _l("Không thuộc thẩm quyền")),
        ],
    )
    several_places = BooleanField(
        _l("Tố cáo phải xác minh ở nhiều nơi"), description=_l("Thời hạn xử lý ban đầu là 10 ngày làm việc thay cho 7.")
    )
    complex_notice = BooleanField(
        _l("Vụ việc phức tạp thuộc thẩm quyền người đứng đầu cấp ủy"),
        description=_l("Thời hạn thông báo cho người gửi là 15 ngày làm việc thay cho 10."),
    )
    reason = TextAreaField(_l("Ghi chú"), [Length(max=4000)])


class DecideForm(ConfirmingForm, StepForm):
    """One of the five ways, with its papers."""

    decision = RadioField(
        _l("Hướng xử lý"),
        [InputRequired(_l("Hãy chọn hướng xử lý."))],
        choices=[SelectChoice(decision.value, DECISIONS[decision]) for decision in Decision],
    )
    reason = TextAreaField(_l("Lý do"), [Length(max=4000)])
    document_number = StringField(
        _l("Số văn bản"), [Length(max=60)], description=_l("Thông báo, phiếu chuyển, văn bản hướng dẫn.")
    )
    body = StringField(_l("Cơ quan nhận"), [Length(max=200)], description=_l("Khi chuyển hoặc trả lại đơn."))
    notified_on = DateField(
        _l("Đã thông báo cho người gửi ngày"), [Optional()], description=_l("Bỏ trống nếu chưa gửi thông báo.")
    )
    second_instance = BooleanField(_l("Khiếu nại lần hai"))
    complex_case = BooleanField(
        _l("Vụ việc phức tạp"), description=_l("Thời hạn giải quyết dài hơn; phải có tài liệu trong hồ sơ.")
    )
    remote = BooleanField(_l("Vùng sâu, vùng xa đi lại khó khăn"))


class NoticeForm(StepForm):
    """The sender was told."""

    notified_on = DateField(_l("Ngày thông báo"), [InputRequired(_l("Hãy ghi ngày thông báo."))])
    document_number = StringField(_l("Số văn bản"), [Length(max=60)])


class AssignForm(StepForm):
    """Who works on it."""

    handler_id = SelectField(_l("Người giải quyết"), [InputRequired(_l("Hãy chọn người giải quyết."))])
    brief = TextAreaField(
        _l("Yêu cầu công việc"),
        [Length(max=20_000)],
        description=_l(
            "Với tố cáo: bản trích nội dung, không có thông tin về người tố cáo. Người giải quyết chỉ đọc bản này."
        ),
        render_kw=_OFF,
    )


class ResultForm(ConfirmingForm, StepForm):
    """How it was settled."""

    outcome = RadioField(
        _l("Kết quả"),
        [InputRequired(_l("Hãy chọn kết quả."))],
        choices=[SelectChoice(outcome.value, OUTCOMES[outcome]) for outcome in Outcome],
    )
    document_number = StringField(
        _l("Số văn bản giải quyết"), [InputRequired(_l("Hãy ghi số văn bản giải quyết.")), Length(max=60)]
    )
    result = TextAreaField(_l("Tóm tắt kết quả"), [InputRequired(_l("Hãy ghi tóm tắt kết quả.")), Length(max=20_000)])


class CloseForm(StepForm):
    """The citizen was told the result."""

    told_on = DateField(_l("Công dân được báo kết quả ngày"), [InputRequired(_l("Hãy ghi ngày báo kết quả."))])
    document_number = StringField(_l("Số văn bản báo kết quả"), [Length(max=60)])


class ReasonForm(StepForm):
    """A step that needs only its reason."""

    reason = TextAreaField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=4000)], render_kw=_OFF)


class LinkForm(StepForm):
    """Another matter."""

    matter_code = StringField(
        _l("Mã vụ việc hoặc mã một đơn của vụ việc"),
        [InputRequired(_l("Hãy ghi mã.")), Length(max=30)],
        render_kw=_OFF,
    )


class MarkForm(StepForm):
    """A mark of a matter, and why."""

    mark = SelectField(_l("Dấu hiệu"), choices=[SelectChoice(mark.value, MARKS[mark]) for mark in Mark])
    holds = RadioField(
        _l("Ghi nhận"), choices=[SelectChoice("yes", _l("Có")), SelectChoice("no", _l("Không còn"))], default="yes"
    )
    reason = TextAreaField(_l("Lý do, căn cứ"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=4000)], render_kw=_OFF)
