"""What a visitor should bring and may expect, in plain words with the clause, by the law of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from tiepdan.deadlines.law import NoRuleInForce, rule_in_force
from tiepdan.deadlines.provisions import Rule
from tiepdan.sdk import Branch

_BRING = ("reception.identity", "reception.representatives")
_PARTY = ("party.clear_matter", "party.notice", "party.confidentiality")
_STATE = ("reception.answer", "reception.reply")
_ALL = ("reception.schedule.posted",)

# By rule, not by subject: a changed law needs changed words, and until they are written its own text is shown.
_PLAIN = {
    "REC-15": _l("Họ tên, địa chỉ, và số căn cước, số định danh hoặc hộ chiếu."),
    "REC-15p": _l("Họ tên, địa chỉ, hoặc giấy tờ tùy thân. Đi thay người khác thì mang giấy ủy quyền."),
    "REC-18": _l(
        "Đi từ 5 đến 10 người thì cử 1 hoặc 2 người đại diện; đông hơn thì nhiều nhất 5 người. "
        "Việc cử ghi thành văn bản, có chữ ký."
    ),
    "REC-10": _l(
        "Việc rõ ràng được trả lời ngay tại buổi tiếp. Chưa rõ thì người tiếp nói rõ khi nào trả lời "
        "và bạn liên hệ với ai."
    ),
    "REC-12": _l(
        "Trong %(days)s ngày làm việc, bạn được báo kết quả xử lý: thụ lý, không thụ lý, từ chối kèm lý do, "
        "hoặc đã chuyển đến đâu."
    ),
    "REC-09": _l(
        "Lịch tiếp được niêm yết trước ít nhất %(days)s ngày làm việc. Nếu hoãn, bạn được biết lý do và ngày mới."
    ),
    "PTY-08": _l(
        "Việc rõ ràng, thuộc thẩm quyền được trả lời hoặc giải quyết ngay tại buổi tiếp; "
        "nếu không thì được tiếp nhận và báo kết quả."
    ),
    "PTY-06": _l(
        "Trong %(days)s ngày làm việc, bạn nhận được văn bản cho biết việc được xem xét, hoặc đã chuyển đến đâu."
    ),
    "PTY-19": _l("Thông tin và sự an toàn của người phản ánh, kiến nghị, khiếu nại, tố cáo được bảo vệ."),
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line for a visitor. source: the clause it stands on."""

    words: str
    source: str


def things_to_bring(on: date) -> list[Expectation]:
    """Say what a visitor brings. Source: REC-15, REC-15p, REC-18."""
    return _expectations(_BRING, on)


def things_to_expect(branch: Branch, on: date) -> list[Expectation]:
    """Say what a visitor may expect of a body of a branch.

    Source: of the State and the courts REC-10, REC-12; of the Party PTY-06, PTY-08, PTY-19; of all REC-09.
    """
    return _expectations((*(_PARTY if branch is Branch.PARTY else _STATE), *_ALL), on)


def _expectations(keys: Iterable[str], on: date) -> list[Expectation]:
    found = []
    for key in keys:
        try:
            rule = rule_in_force(key, on)
        except NoRuleInForce:
            continue
        found.append(Expectation(_words(rule), rule.source))
    return found


def _words(rule: Rule) -> str:
    words = _PLAIN.get(rule.id)
    if words is None:
        return rule.text
    limit = rule.variant().limit
    return str(words) % {"days": limit.count} if limit is not None else str(words)
