"""What messages say, in both languages: fixed here, so that no text can say what a case is about.

A text for a telephone is written without marks, because with them a text message holds 70 letters instead of 160.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tiepdan.core.diacritics import strip_marks
from tiepdan.notifications.rules import Audience, Happening, Language

FOLDED_UP_TO = 160  # a channel that takes no more letters is a text message


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in one language. text: with {body}, {code}, {where}."""

    subject: str
    text: str


_LOOK_UP = {
    Language.VI: "Tra cứu bằng mã và mã PIN trên giấy biên nhận{where}.",
    Language.EN: "Look it up with the code and PIN on the receipt{where}.",
}
_OPEN = {Language.VI: "Mở Tiếp Dân để xem{where}.", Language.EN: "Open Tiếp Dân to see it{where}."}
_AT = {Language.VI: " tại ", Language.EN: " at "}
_SOMEBODY = {Language.VI: "Cơ quan tiếp nhận", Language.EN: "The receiving body"}

_WORDINGS: Mapping[Happening, Mapping[Language, Wording]] = {
    Happening.PETITION_REGISTERED: {
        Language.VI: Wording("Đơn đã được vào sổ", "{body}: đơn của ông/bà đã vào sổ, mã {code}."),
        Language.EN: Wording("Your petition was registered", "{body}: your petition is registered, code {code}."),
    },
    Happening.PETITION_ACCEPTED: {
        Language.VI: Wording("Đơn đã được thụ lý", "{body}: đơn {code} đã được thụ lý."),
        Language.EN: Wording("Your petition was accepted", "{body}: petition {code} was accepted."),
    },
    Happening.PETITION_TRANSFERRED: {
        Language.VI: Wording("Đơn đã được chuyển", "{body}: đơn {code} đã chuyển cơ quan có thẩm quyền."),
        Language.EN: Wording("Your petition was transferred", "{body}: petition {code} went to the competent body."),
    },
    Happening.PETITION_DECIDED: {
        Language.VI: Wording("Đơn đã có hướng xử lý", "{body}: đơn {code} đã có hướng xử lý."),
        Language.EN: Wording("A decision about your petition", "{body}: it is decided how petition {code} is handled."),
    },
    Happening.PETITION_RESULT: {
        Language.VI: Wording("Đơn đã có kết quả", "{body}: đơn {code} đã có kết quả giải quyết."),
        Language.EN: Wording("The result of your petition", "{body}: petition {code} has a result."),
    },
    Happening.TASK_ASSIGNED: {
        Language.VI: Wording("Có việc mới được giao", "{body}: bạn được giao một việc mới."),
        Language.EN: Wording("New work was given to you", "{body}: new work was given to you."),
    },
    Happening.TASK_OVERDUE: {
        Language.VI: Wording("Có việc vừa quá hạn", "{body}: có việc vừa quá hạn."),
        Language.EN: Wording("Work became overdue", "{body}: work became overdue."),
    },
    Happening.ESCALATION_RAISED: {
        Language.VI: Wording("Cấp dưới báo quá hạn", "{body}: đơn vị cấp dưới có việc quá hạn được báo lên."),
        Language.EN: Wording("Overdue work below", "{body}: overdue work of a unit below was reported."),
    },
}
# Of a sealed case a message says that there is news, and nothing else (Luật Tố cáo 25/2018/QH14, Điều 47, 56).
_NEWS = {
    Language.VI: Wording("Có tin mới", "{body}: có tin mới về hồ sơ của ông/bà."),
    Language.EN: Wording("There is news", "{body}: there is news about your file."),
}


def write_message(
    event: Happening, language: Language, *, body: str, code: str, url: str, sealed: bool, longest: int
) -> tuple[str, str]:
    """Write a message that fits a channel: without the address of the page, then without the body's name if need be.

    code: the petition's; not used when sealed. url: the page to open; "" when nobody knows the installation's address.
    Raises ValueError when not even the shortest fits.
    """
    wording = _wording(event, language, sealed=sealed)
    ending = (_LOOK_UP if event.audience is Audience.CITIZEN else _OPEN)[language]
    where = f"{_AT[language]}{url}" if url else ""
    for name, place in ((body, where), (body, ""), (_SOMEBODY[language], "")):
        text = f"{wording.text.format(body=name, code=code)} {ending.format(where=place)}"
        if longest <= FOLDED_UP_TO:
            text = fold(text)
        if len(text) <= longest:
            return wording.subject, text
    raise ValueError(f"{event}: {longest} letters are too few")


def longest_needed(event: Happening) -> int:
    """Return how many letters a channel must take to bring a message about an event in any language."""
    code = "AAA-" + "X" * 9
    lengths = []
    for language in Language:
        ending = (_LOOK_UP if event.audience is Audience.CITIZEN else _OPEN)[language].format(where="")
        for sealed in (False, True):
            wording = _wording(event, language, sealed=sealed)
            lengths.append(len(f"{wording.text.format(body=_SOMEBODY[language], code=code)} {ending}"))
    return max(lengths)


def fold(text: str) -> str:
    """Return a text in the letters every telephone has: "Đơn đã có" → "Don da co"."""
    return strip_marks(text).encode("ascii", "replace").decode()


def sample(event: Happening, language: Language) -> str:
    """Return what a message about an event looks like, for the page of settings."""
    return _wording(event, language, sealed=False).text.format(body="…", code="…").removeprefix("…: ")


def _wording(event: Happening, language: Language, *, sealed: bool) -> Wording:
    return (_NEWS if sealed and event.audience is Audience.CITIZEN else _WORDINGS[event])[language]
