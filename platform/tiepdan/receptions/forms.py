"""What people type about receptions and visits → checked values."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from tiepdan.core.errors import Invalid
from tiepdan.directives.forms import AssignmentFields
from tiepdan.extensions.cautions import ConfirmingForm
from tiepdan.formparts.forms import answers_in
from tiepdan.identity.vault import PersonDetails, normal_id
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import find_matter
from tiepdan.petitions.words import FIELDS, KINDS
from tiepdan.receptions.calendar import NewReception, Substitution
from tiepdan.receptions.rules import Duty, ReceptionForm, VisitorRole, grounds_in_force
from tiepdan.receptions.visits import NewVisit, RegisterRemarks, Visitor
from tiepdan.receptions.words import DUTIES, FORMS, GROUNDS
from tiepdan.sdk import PetitionKind
from tiepdan.web.forms import Form

_OFF = {"autocomplete": "off"}
_NUMERIC = {**_OFF, "inputmode": "numeric"}
_CITIZEN_ID_LENGTHS = (9, 12)
_KIND_CHOICES = [
    SelectChoice("", _l("Chưa xác định")),
    *(SelectChoice(kind.value, KINDS[kind]) for kind in PetitionKind),
]


class SubstitutionForm(Form):
    """Who stands in for the head. Reason and basis are kept on record (REC-08)."""

    substitute_name = StringField(_l("Người tiếp thay"), [Length(max=200)], render_kw=_OFF)
    substitute_reason = StringField(_l("Lý do người đứng đầu không trực tiếp tiếp"), [Length(max=500)], render_kw=_OFF)
    substitute_basis = StringField(
        _l("Căn cứ"), [Length(max=300)], description=_l("Văn bản, quy chế cho phép tiếp thay."), render_kw=_OFF
    )

    def substitution(self) -> Substitution:
        """Return what was typed; the service says what is missing."""
        return Substitution(
            self.substitute_name.data or "", self.substitute_reason.data or "", self.substitute_basis.data or ""
        )


class ScheduleForm(SubstitutionForm):
    """A reception to schedule."""

    form = RadioField(
        _l("Hình thức"),
        choices=[SelectChoice(word.value, FORMS[word]) for word in ReceptionForm],
        default=ReceptionForm.PERIODIC.value,
    )
    duty = RadioField(_l("Trách nhiệm"), choices=[SelectChoice(word.value, DUTIES[word]) for word in Duty])
    days = FieldList(DateField(_l("Ngày tiếp"), [Optional()]), min_entries=1, max_entries=31)
    place = StringField(_l("Nơi tiếp"), [Length(max=300)], render_kw=_OFF)
    chair_name = StringField(_l("Người đứng đầu chủ trì"), [Length(max=200)], render_kw=_OFF)
    delegated = BooleanField(_l("Người khác tiếp thay người đứng đầu"))

    def reception(self) -> NewReception:
        """Return the reception."""
        form = ReceptionForm(self.form.data)
        delegated = self.delegated.data and form is not ReceptionForm.REGULAR
        return NewReception(
            duty=Duty(self.duty.data),
            form=form,
            days=[entry.data for entry in self.days if entry.data],
            place=self.place.data or "",
            chair_name=self.chair_name.data or "",
            substitution=self.substitution() if delegated else None,
        )


class PostForm(Form):
    """Posting; the reason is asked for when it is late."""

    late_reason = StringField(
        _l("Lý do niêm yết muộn"), [Length(max=500)], description=_l("Chỉ khi niêm yết sau hạn."), render_kw=_OFF
    )


class PostponeForm(Form):
    """A posted day moves to another."""

    from_on = SelectField(_l("Ngày đã niêm yết"), coerce=date.fromisoformat)
    to_on = DateField(_l("Ngày mới"), [InputRequired(_l("Hãy chọn ngày mới."))])
    reason = TextAreaField(
        _l("Lý do hoãn"),
        [InputRequired(_l("Hãy ghi lý do.")), Length(max=1_000)],
        description=_l("Niêm yết cùng ngày mới."),
        render_kw=_OFF,
    )


class CancelForm(Form):
    """A reception that will not be held."""

    reason = TextAreaField(_l("Lý do hủy"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=1_000)], render_kw=_OFF)


class OtherPersonForm(PlainForm):  # type: ignore[misc]  # wtforms has no types
    """A further person who speaks."""

    full_name = StringField(_l("Họ và tên"), [Length(max=200)], render_kw=_OFF)
    id_number = StringField(_l("Số giấy tờ"), [Length(max=40)], render_kw=_OFF)


class VisitForm(Form):
    """A visit, in the order in which people say it."""

    full_name = StringField(
        _l("Họ và tên"), [InputRequired(_l("Hãy ghi họ tên người đến.")), Length(max=200)], render_kw=_OFF
    )
    id_number = StringField(_l("Số căn cước hoặc hộ chiếu"), [Length(max=40)], render_kw=_OFF)
    address = StringField(_l("Địa chỉ"), [Length(max=300)], render_kw=_OFF)
    phone = StringField(_l("Điện thoại"), [Length(max=40)], render_kw={**_OFF, "inputmode": "tel"})
    people_count = IntegerField(
        _l("Số người cùng đến"),
        [InputRequired(_l("Hãy ghi số người.")), NumberRange(1, 10_000, _l("Số người ít nhất là 1."))],
        default=1,
        render_kw=_NUMERIC,
    )
    others = FieldList(FormField(OtherPersonForm), min_entries=0, max_entries=9)
    content = TextAreaField(
        _l("Nội dung trình bày"),
        [InputRequired(_l("Hãy ghi nội dung công dân trình bày.")), Length(max=100_000)],
        render_kw=_OFF,
    )
    kind = SelectField(_l("Loại"), choices=_KIND_CHOICES)
    matter_code = StringField(
        _l("Vụ việc đã có"), [Length(max=30)], description=_l("Mã vụ việc hoặc mã một đơn trước."), render_kw=_OFF
    )

    def visit(self) -> NewVisit:
        """Return the visit. Raises Invalid for a code of no matter of this tenant."""
        named = [self.lead(), *(_person(entry.form) for entry in self.others)]
        people = [person for person in named if person.full_name]
        people_count = max(self.people_count.data or 1, len(people))
        stands_for_more = people_count > len(people)
        role = VisitorRole.REPRESENTATIVE if stands_for_more else VisitorRole.VISITOR
        return NewVisit(
            people=[Visitor(person, role) for person in people],
            content=self.content.data or "",
            kind=PetitionKind(self.kind.data) if self.kind.data else None,
            people_count=people_count,
            matter_id=read_matter(self.matter_code.data or ""),
            answers=answers_in(self),
        )

    def lead(self) -> PersonDetails:
        """Return who speaks first."""
        number = (self.id_number.data or "").strip()
        return PersonDetails(
            full_name=(self.full_name.data or "").strip(),
            address=(self.address.data or "").strip(),
            id_kind=_id_kind(number),
            id_number=number,
            phone=(self.phone.data or "").strip(),
        )

    def fill_in(self, person: PersonDetails) -> None:
        """Take over what is known of a returning visitor; what was typed beside it stays."""
        self.full_name.data = person.full_name
        self.id_number.data = person.id_number or self.id_number.data
        self.address.data = self.address.data or person.address
        self.phone.data = self.phone.data or person.phone


class RefuseForm(ConfirmingForm):
    """Ground and explanation of a refusal."""

    ground = RadioField(_l("Căn cứ"), [InputRequired(_l("Hãy chọn căn cứ."))])
    explanation = TextAreaField(
        _l("Lời giải thích"),
        [InputRequired(_l("Hãy ghi lời giải thích.")), Length(max=4_000)],
        description=_l("Nói với công dân và ghi lại; thông báo bằng văn bản in đúng lời này."),
        render_kw=_OFF,
    )

    def offer(self, on: date) -> None:
        """Offer the grounds in force on the day of the visit."""
        self.ground.choices = [SelectChoice(ground.value, GROUNDS[ground]) for ground in grounds_in_force(on)]


class RefusalNoticeForm(Form):
    """The number of the written notice."""

    number = StringField(
        _l("Số thông báo"), [InputRequired(_l("Hãy ghi số của thông báo.")), Length(max=60)], render_kw=_OFF
    )


class RemarksForm(Form):
    """The register's columns of a visit, its kind and its matter."""

    kind = SelectField(_l("Loại"), choices=_KIND_CHOICES)
    matter_code = StringField(
        _l("Vụ việc"), [Length(max=30)], description=_l("Mã vụ việc hoặc mã một đơn về cùng việc."), render_kw=_OFF
    )
    settled_by = StringField(_l("Cơ quan đã giải quyết"), [Length(max=300)], render_kw=_OFF)
    within_competence = SelectField(
        _l("Thẩm quyền"),
        choices=[
            SelectChoice("", _l("Chưa xác định")),
            SelectChoice("yes", _l("Thuộc thẩm quyền")),
            SelectChoice("no", _l("Không thuộc thẩm quyền")),
        ],
    )
    guided_document = StringField(
        _l("Hướng dẫn đến cơ quan có thẩm quyền (số văn bản)"), [Length(max=300)], render_kw=_OFF
    )
    transferred_document = StringField(_l("Cơ quan thụ lý (số văn bản chuyển)"), [Length(max=300)], render_kw=_OFF)
    result = TextAreaField(_l("Theo dõi kết quả"), [Length(max=4_000)], render_kw=_OFF)
    note = TextAreaField(_l("Ghi chú"), [Length(max=4_000)], render_kw=_OFF)

    def show_remarks(self, remarks: RegisterRemarks) -> None:
        """Fill the form with what is on record."""
        for name in ("settled_by", "guided_document", "transferred_document", "result", "note"):
            self[name].data = getattr(remarks, name)
        self.within_competence.data = {True: "yes", False: "no"}.get(remarks.within_competence, "")  # type: ignore[arg-type]

    def remarks(self) -> RegisterRemarks:
        """Return the columns."""
        return RegisterRemarks(
            settled_by=(self.settled_by.data or "").strip(),
            guided_document=(self.guided_document.data or "").strip(),
            transferred_document=(self.transferred_document.data or "").strip(),
            result=(self.result.data or "").strip(),
            note=(self.note.data or "").strip(),
            within_competence={"yes": True, "no": False}.get(self.within_competence.data or ""),
        )


class TakePetitionForm(Form):
    """What is still to be said when a visit becomes a petition."""

    kind = RadioField(_l("Loại đơn"), choices=_KIND_CHOICES, default="")
    field = SelectField(
        _l("Lĩnh vực"), choices=[SelectChoice(field.value, FIELDS[field]) for field in Field], default=Field.OTHER.value
    )
    news = BooleanField(
        _l("Nhắn tin cho người gửi khi có tin mới"),
        description=_l("Chỉ khi người gửi đồng ý. Với tố cáo, tin chỉ nói có tin mới, không nói về việc gì."),
    )


class MinutesForm(Form):
    """The minutes and who signed them."""

    text = TextAreaField(
        _l("Nội dung biên bản"), [InputRequired(_l("Hãy ghi nội dung biên bản.")), Length(max=100_000)], render_kw=_OFF
    )
    chair_name = StringField(
        _l("Người chủ trì ký"), [InputRequired(_l("Hãy ghi người chủ trì ký.")), Length(max=200)], render_kw=_OFF
    )
    secretary_name = StringField(
        _l("Thư ký ký"), [InputRequired(_l("Hãy ghi thư ký ký.")), Length(max=200)], render_kw=_OFF
    )
    citizens_signed = BooleanField(_l("Công dân đã ký hoặc điểm chỉ"), default=True)
    unsigned_reason = StringField(_l("Vì sao công dân không ký, ai chứng kiến"), [Length(max=500)], render_kw=_OFF)


class ConclusionForm(ConfirmingForm):
    """The conclusion notice and the work it gives."""

    number = StringField(_l("Số thông báo"), [InputRequired(_l("Hãy ghi số.")), Length(max=60)], render_kw=_OFF)
    signed_on = DateField(_l("Ngày ký"), [InputRequired(_l("Hãy ghi ngày ký."))])
    signer_name = StringField(_l("Người ký"), [InputRequired(_l("Hãy ghi người ký.")), Length(max=200)], render_kw=_OFF)
    signer_office = StringField(_l("Chức vụ người ký"), [Length(max=200)], render_kw=_OFF)
    text = TextAreaField(
        _l("Nội dung kết luận"), [InputRequired(_l("Hãy ghi nội dung kết luận.")), Length(max=100_000)], render_kw=_OFF
    )
    assignments = FieldList(FormField(AssignmentFields), min_entries=1, max_entries=40)


def read_matter(code: str) -> UUID | None:
    """Return the matter of a typed code; raise Invalid when this tenant has none of it."""
    if not code.strip():
        return None
    matter = find_matter(code)
    if matter is None:
        message = _("Không có vụ việc hay đơn nào mang mã này.")
        raise Invalid(message, {"matter_code": message})
    return matter.id


def _id_kind(number: str) -> str:
    plain = normal_id(number)
    if not plain:
        return ""
    return "citizen_id" if plain.isdigit() and len(plain) in _CITIZEN_ID_LENGTHS else "passport"


def _person(form: OtherPersonForm) -> PersonDetails:
    number = (form.id_number.data or "").strip()
    return PersonDetails((form.full_name.data or "").strip(), "", _id_kind(number), number)
