"""What plugins warn of before a step: shown, confirmed point by point, written into the journal.

A plugin that may forbid a step and does not answer forbids it: a check that did not run did not pass.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.errors import Invalid
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.web.forms import Form

_JOURNALLED = 80  # letters of a source; the code says the rest


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing a plugin warns of. code: plugin and rule, the same as long as the rule is; text: for the reader."""

    code: str
    plugin: str
    text: str
    source: str


class UnconfirmedError(Invalid):
    """A step needs the confirmation of what plugins warn of."""

    def __init__(self, cautions: Sequence[Caution]) -> None:
        message = _("Hãy đọc từng điểm và đánh dấu để xác nhận, rồi ghi nhận lại.")
        super().__init__(message, {"confirmed": message})
        self.cautions = tuple(cautions)


class ConfirmingForm(Form):
    """A form whose step may need confirmations; what needs one is known when the service refuses."""

    confirmed = SelectMultipleField(
        _l("Cần xác nhận trước khi ghi nhận"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
        description=_l("Việc xác nhận được ghi vào nhật ký cùng tên của bạn."),
    )
    caution_details: dict[str, str]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.caution_details = {}

    @property
    def confirmations(self) -> frozenset[str]:
        """Return the codes of what was confirmed."""
        return frozenset(self.confirmed.data or ())

    @property
    def carried_confirmations(self) -> list[str]:
        """Return what was confirmed before and is not asked on this page: it travels along."""
        asked = {choice.value for choice in self.confirmed.choices}
        return sorted(self.confirmations - asked)

    def show_errors(self, fault: Invalid) -> None:
        """Put the complaints beside their fields, and offer what is to be confirmed."""
        super().show_errors(fault)
        if isinstance(fault, UnconfirmedError):
            self.confirmed.choices = [SelectChoice(caution.code, caution.text) for caution in fault.cautions]
            self.caution_details = {
                caution.code: f"{caution.source} ({plugin_title(caution.plugin)})" for caution in fault.cautions
            }


def require_confirmed(cautions: Sequence[Caution], confirmed: Collection[str]) -> None:
    """Raise UnconfirmedError unless each caution was confirmed."""
    if any(caution.code not in confirmed for caution in cautions):
        raise UnconfirmedError(cautions)


def journal_cautions(cautions: Sequence[Caution], *, actor: Actor, subject_type: str, subject_id: UUID) -> None:
    """Write down what was confirmed in this step, one event each: plugin, code and source, never a text."""
    for caution in cautions:
        record_event(
            f"{subject_type}.caution_confirmed",
            actor=actor,
            subject_type=subject_type,
            subject_id=subject_id,
            detail={"plugin": caution.plugin, "code": caution.code, "source": caution.source[:_JOURNALLED]},
        )
