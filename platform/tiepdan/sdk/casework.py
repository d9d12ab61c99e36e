"""What plugins say to the handling of a petition: hints, objections, checks, papers, and what goes up.

A plugin never sees a petition's words or people: it names words, and the platform looks for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tiepdan.sdk.committees import PetitionKind


class ShareLevel(StrEnum):
    """How much of a case goes up, least first."""

    NONE = "none"
    COUNTS = "counts"
    SUMMARY = "summary"
    SUMMARY_TEXT = "summary+text"


@dataclass(frozen=True, slots=True)
class ShareRule:
    """How much of a kind of petition goes up at most. It can only withhold: the least of all rules holds.

    kind: of the petition; None for one whose kind is not known yet. at_most: see ShareLevel.
    source: the document that orders it.
    """

    kind: PetitionKind | None
    at_most: ShareLevel
    source: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that speak for a kind or a field of petition; whoever classifies sees the hint and decides.

    any_of: words or phrases, compared without regard to case and diacritics; one of them is enough.
    kind: proposed kind, or None; field: proposed field ("land", "policy", "corruption", "judicial",
        "administrative", "other"), or "". because: keys "vi" and "en".
    """

    key: str
    any_of: tuple[str, ...]
    because: Mapping[str, str]
    kind: PetitionKind | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """A petition about to be taken on, as a plugin sees it that may object. kind, field: None or "" if unknown.

    step: "accept" (taken on for settlement) or "transfer" (sent to another body).
    sealed: a denunciation, or one that once was; then kind and field are not said, and people_count is 0.
    to: slug of the receiving committee for a transfer through the platform, otherwise "".
    """

    step: str
    kind: PetitionKind | None
    field: str
    people_count: int
    sealed: bool
    to: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a committee is not competent for a step. reason: keys "vi" and "en". source: the document that says so.

    Reason and source identify it: whoever confirmed it is asked again when they change.

    blocking: True refuses the step; False warns, and the step needs a confirmation.
    """

    reason: Mapping[str, str]
    source: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """What a reply to a citizen must or must not say, checked before it is given out.

    needs: one of these words or phrases must be there; forbids: none of these may be; case and diacritics count not.
    at_least: letters, spaces and signs it must have. message: what is wrong, keys "vi" and "en".
    source: the document that orders it.
    blocking: True refuses the reply; False warns, and the reply needs a confirmation.
    """

    key: str
    message: Mapping[str, str]
    source: str
    needs: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    at_least: int = 0
    blocking: bool = False


class Paper(StrEnum):
    """What an official document is made from."""

    PETITION = "petition"
    VISIT = "visit"
    REGISTER_ENTRY = "register_entry"


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A template of an official document, laid out by Nghị định 30/2020/NĐ-CP; printed as Word and PDF.

    key, version: as in `Form`. title: of the menu, keys "vi" and "en".
    paper: what it is made from; register: the key, for an entry of a register.
    kind: name of the document's kind as printed, such as "GIẤY MỜI"; "" for an official letter (công văn), which
        carries its subject under the number. about: its subject (trích yếu).
    body: paragraphs; in them and in `about`, "{name}" stands for a fact: those of the platform are listed in the
        hook reference, those of a register are its fields. Facts that a reader may not see are left as dots.
    receivers: lines of "Nơi nhận". signer: title under which the head signs; "" for the head's usual one.
    """

    key: str
    version: int
    title: Mapping[str, str]
    paper: Paper
    kind: str
    about: str
    body: tuple[str, ...]
    receivers: tuple[str, ...] = ()
    signer: str = ""
    register: str = ""
