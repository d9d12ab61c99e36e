"""What a citizen types to follow a case."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from tiepdan.petitions.service import read_code
from tiepdan.web.forms import Form


class TrackForm(Form):
    """The code and PIN of a receipt."""

    code = StringField(
        _l("Mã trên giấy biên nhận"),
        [InputRequired(_l("Hãy nhập mã trên giấy biên nhận.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    pin = StringField(
        _l("Mã PIN"),
        [InputRequired(_l("Hãy nhập 6 số của mã PIN.")), Length(max=12)],
        render_kw={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"},
    )

    def has_readable_code(self) -> bool:
        """Say whether the code can be one at all: a mistyped letter is found by the check letter and costs no try."""
        if read_code(self.code.data or "") is not None:
            return True
        self.code.errors = [*self.code.errors, _("Mã này có chữ gõ nhầm. Hãy chép lại đúng như trên giấy biên nhận.")]
        return False
