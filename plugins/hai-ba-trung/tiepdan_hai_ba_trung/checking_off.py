"""`tiepdan hai-ba-trung wards`: a directive checked off, ward by ward."""

from collections.abc import Sequence
from datetime import date

from tiepdan.sdk import Call, Command
from tiepdan_hai_ba_trung.wards import WARDS

# A directive of any year: the number says which one.
_FIRST, _LAST = date(2014, 7, 1), date(2100, 12, 31)
_MOST = 500
_WRONG = "Nêu đúng một số văn bản, ví dụ: tiepdan hai-ba-trung wards --tenant SLUG 446/UBND-TTr"


def print_wards(call: Call) -> Sequence[str]:
    """Return a line for each of the 18 wards, then how many answered. Raises ValueError."""
    if len(call.arguments) != 1 or not call.arguments[0].strip():
        raise ValueError(_WRONG)
    directive = call.arguments[0].strip()
    entries = call.records.entries("ward-answers", _FIRST, _LAST, limit=_MOST)
    found = {str(each.values["ward"]): each.values for each in entries if each.values["directive"] == directive}
    lines = [f"{name}: {_say(found.get(code))}" for code, name in WARDS.items()]
    answered = sum(bool(values["answered"]) for values in found.values())
    return [*lines, f"{directive}: {answered}/{len(found)} phường đã báo cáo"]


def _say(values: object) -> str:
    if not isinstance(values, dict):
        return "chưa giao"
    if values["answered"]:
        return f"đã báo cáo {values['answered_on']}"
    return f"chưa báo cáo, hạn {values['due_on']}" if "due_on" in values else "chưa báo cáo"


COMMANDS = (
    Command(
        "wards",
        {
            "vi": "In 18 phường đã báo cáo hay chưa về một văn bản",
            "en": "Print which of the 18 wards answered a directive",
        },
        run=print_wards,
    ),
)
