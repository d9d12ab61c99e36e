"""The base of every form: CSRF, the token that makes its POST idempotent, and Vietnamese errors."""

from flask_wtf import FlaskForm
from wtforms import HiddenField

from tiepdan.core.db import new_id
from tiepdan.core.errors import Invalid
from tiepdan.web.form_words import FormWords
from tiepdan.web.idempotency import FIELD


class Form(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """A form of the platform. Its token field is named `_token` in HTML."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the library is untyped
        """Where WTForms finds its words."""

        def get_translations(self, form: FlaskForm) -> FormWords:  # noqa: ARG002  # WTForms' signature
            """Return our words."""
            return FormWords()

    form_token = HiddenField(name=FIELD)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.form_token.data:
            self.form_token.data = str(new_id())

    def show_errors(self, fault: Invalid) -> None:
        """Put a service's complaints beside the fields they are about; the rest goes to the top."""
        for name, message in fault.errors.items():
            field = self._fields.get(name)
            if field is not None:
                field.errors = [*field.errors, str(message)]
            else:
                self.form_errors.append(str(message))
        if not fault.errors:
            self.form_errors.append(str(fault.message))
