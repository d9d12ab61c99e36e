"""Open something sealed from a page: for a reason that is written into the journal before anything is read."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid
from tiepdan.web.forms import Form


class DiscloseForm(Form):
    """Why something sealed is opened."""

    reason = TextAreaField(
        _l("Lý do xem"),
        [InputRequired(_l("Hãy ghi rõ lý do.")), Length(max=1000)],
        description=_l("Lý do, tên bạn và thời điểm được ghi vào nhật ký trước khi mở."),
        render_kw={"autocomplete": "off"},
    )

    def open_for_reason[T](self, opener: Callable[[str], T]) -> T | None:
        """Open it for the reason that was sent; None when it stays closed, and the form says why.

        opener: takes the reason, journals and reads; Invalid means that the reason is not enough.
        """
        if not self.validate():
            return None
        try:
            with transaction():
                return opener(str(self.reason.data))
        except Invalid as fault:
            self.show_errors(fault)
            return None
