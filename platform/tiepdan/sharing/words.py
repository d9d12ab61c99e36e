"""The words of shared cases as people read them. Statuses and fields belong to the slices above, which lend them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l

from tiepdan.sdk import PetitionKind
from tiepdan.sharing.profiles import UNKNOWN_KIND
from tiepdan.sharing.rules import Flag

KINDS: Mapping[str, object] = {
    PetitionKind.COMPLAINT.value: _l("Khiếu nại"),
    PetitionKind.DENUNCIATION.value: _l("Tố cáo"),
    PetitionKind.PROPOSAL.value: _l("Kiến nghị"),
    PetitionKind.FEEDBACK.value: _l("Phản ánh"),
    UNKNOWN_KIND: _l("Chưa phân loại"),
}
FLAGS: Mapping[Flag, object] = {
    Flag.MASS: _l("Đông người"),
    Flag.COMPLEX: _l("Phức tạp"),
    Flag.PROLONGED: _l("Kéo dài"),
    Flag.LEVEL_SKIPPING: _l("Vượt cấp"),
}
_KEY = "tiepdan_case_words"


@dataclass(slots=True)
class CaseWords:
    """Names of statuses and fields, and the tone of each status, by the stored word."""

    statuses: dict[str, object] = field(default_factory=dict)
    tones: dict[str, str] = field(default_factory=dict)
    fields: dict[str, object] = field(default_factory=dict)

    def status(self, word: str) -> object:
        """Name a status; an unknown one as it is."""
        return self.statuses.get(word, word)

    def field_of(self, word: str) -> object:
        """Name a field of life; an unknown one as it is."""
        return self.fields.get(word, word)

    def tone(self, word: str) -> str:
        """Return the tone of a status's badge."""
        return self.tones.get(word, "neutral")


def lend_words(
    app: Flask, *, statuses: Mapping[str, object], tones: Mapping[str, str], fields: Mapping[str, object]
) -> None:
    """Let superiors read a slice's words on their page (a slice above calls it from its wiring)."""
    words = app.extensions.setdefault(_KEY, CaseWords())
    words.statuses.update({str(word): name for word, name in statuses.items()})
    words.tones.update({str(word): tone for word, tone in tones.items()})
    words.fields.update({str(word): name for word, name in fields.items()})


def case_words() -> CaseWords:
    """Return the words lent to this application."""
    words: CaseWords = current_app.extensions.setdefault(_KEY, CaseWords())
    return words
