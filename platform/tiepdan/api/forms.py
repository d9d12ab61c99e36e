"""What the administrator types to make a key."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from tiepdan.web.forms import Form


class KeyForm(Form):
    """A new key."""

    label = StringField(
        _l("Chương trình dùng khóa"),
        [InputRequired(_l("Hãy ghi chương trình nào dùng khóa này.")), Length(max=120)],
        description=_l("Ví dụ: Trục liên thông văn bản của tỉnh."),
        render_kw={"autocomplete": "off"},
    )
    expires_on = DateField(_l("Hết hạn ngày"), [Optional()], description=_l("Bỏ trống: một năm kể từ hôm nay."))
