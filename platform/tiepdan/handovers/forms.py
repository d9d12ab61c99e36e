"""What a person types about a handover."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tiepdan.extensions.cautions import ConfirmingForm
from tiepdan.handovers.rules import Basis
from tiepdan.handovers.words import BASES
from tiepdan.web.forms import Form


class SendForm(ConfirmingForm):
    """Send a petition to another body; the receivers offered are what the search found."""

    q = HiddenField()
    version = HiddenField()
    receiver = RadioField(
        _l("Cơ quan nhận"),
        choices=[],
        coerce=int,
        validators=[InputRequired(_l("Hãy chọn cơ quan nhận."))],
        validate_choice=False,
    )
    basis = SelectField(
        _l("Căn cứ chuyển"),
        choices=[SelectChoice(basis.value, name) for basis, name in BASES.items()],
        coerce=Basis,
    )
    document_number = StringField(_l("Số văn bản chuyển"), validators=[InputRequired(_l("Hãy ghi số văn bản chuyển."))])
    reason = TextAreaField(_l("Lý do chuyển"), validators=[InputRequired(_l("Hãy ghi lý do."))])
    notified_on = DateField(_l("Ngày đã thông báo cho người gửi"), validators=[Optional()])
    despite_loop = BooleanField(_l("Đơn đã qua cơ quan này: vẫn chuyển"))


class ReasonForm(Form):
    """A reason: for refusing or withdrawing."""

    reason = TextAreaField(_l("Lý do"), validators=[InputRequired(_l("Hãy ghi lý do."))])


class CopyForm(Form):
    """Why a sealed copy is opened; it stands on one page with ReasonForm, so its field has another name."""

    copy_reason = TextAreaField(_l("Lý do mở"), validators=[InputRequired(_l("Hãy ghi lý do."))])
