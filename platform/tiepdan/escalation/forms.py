"""What a person types about an escalation."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from tiepdan.web.forms import Form


class AcknowledgeForm(Form):
    """Take note of an escalation, with an instruction if one is needed."""

    note = TextAreaField(_l("Ý kiến chỉ đạo"))


class TakeOverForm(Form):
    """Take a matter over."""

    how = TextAreaField(_l("Hướng dẫn chuyển hồ sơ"))


class ExplainForm(Form):
    """Explain to the superior."""

    note = TextAreaField(_l("Giải trình"), validators=[InputRequired(_l("Hãy ghi giải trình."))])
