"""What came of asking a plugin's hooks, and how it is said."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import timedelta

from tiepdan.authoring.quality import Finding, Words, judge_faults
from tiepdan.authoring.source_checks import LANGUAGES
from tiepdan.authoring.tighten_only import Loosened, bound_of


@dataclass(slots=True)
class Asked:
    """What came of asking one hook. seconds: of each call; one_tongued: an answer lacked a language.

    last_answer: to the last call that was answered.
    """

    budget: timedelta
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    faults: dict[str, Words] = field(default_factory=dict)
    loosened: dict[tuple[str, str, int, str], Loosened] = field(default_factory=dict)
    pointless: set[str] = field(default_factory=set)
    one_tongued: bool = False
    last_answer: object = None
    note: Words | None = None


def say_answers(asked: Mapping[str, Asked]) -> list[Finding]:
    """Say whether every answer was valid, no limit longer than the law's, and every call quick."""
    answers = [(f"{hook}: {vi}", f"{hook}: {en}") for hook, each in asked.items() for vi, en in each.faults.values()]
    tongues = [
        (f"{hook}: câu trả lời thiếu vi hoặc en.", f"{hook}: an answer lacks vi or en.")
        for hook, each in asked.items()
        if each.one_tongued
    ]
    notes = [f"{hook}: {each.note[0]} / {each.note[1]}" for hook, each in asked.items() if each.note]
    noted = f" ({'; '.join(notes)})" if notes else ""
    return [
        *judge_faults(
            "answers", answers + tongues, (f"mọi câu trả lời hợp lệ{noted}", f"every answer is valid{noted}")
        ),
        *_say_limits(asked),
        *_say_times(asked),
    ]


def _say_limits(asked: Mapping[str, Asked]) -> list[Finding]:
    faults: list[Words] = [
        (
            f"{duty}: luật không có thời hạn tối đa tính bằng ngày để rút ngắn.",
            f"{duty}: the law sets no longest time in days that could be shortened.",
        )
        for each in asked.values()
        for duty in sorted(each.pointless)
    ]
    faults += [_say_loosened(found) for each in asked.values() for found in each.loosened.values()]
    return judge_faults("tighten_only", faults, ("không hạn nào dài hơn luật", "no limit is longer than the law's"))


def _say_loosened(found: Loosened) -> Words:
    rule = found.rule
    bound, count = bound_of(rule)
    start, due_on, law_due_on = (f"{day:%d/%m/%Y}" for day in (found.start, found.due_on, found.law_due_on))
    how = ("muộn", "later", "giảm", "maximum", "lower") if found.due_on > found.law_due_on else (
        "sớm", "earlier", "tăng", "minimum", "raise"
    )  # fmt: skip
    vi = (
        f"{rule.duty}: {count} ngày ({rule.unit}) từ {start} hết hạn {due_on}, {how[0]} hơn luật ({law_due_on}); "
        f'{how[2]} {bound}, hay "{how[3]}" của thiết lập.'
    )
    en = (
        f"{rule.duty}: {count} days ({rule.unit}) from {found.start} end on {found.due_on}, {how[1]} than the law's "
        f'{found.law_due_on}; {how[4]} {bound}, or the "{how[3]}" of the setting.'
    )
    return vi, en


def _say_times(asked: Mapping[str, Asked]) -> list[Finding]:
    faults: list[Words] = []
    said = []
    for hook, each in asked.items():
        if not each.seconds:
            continue
        middle, worst = statistics.median(each.seconds), max(each.seconds)
        figures = f"{hook}: {middle * 1000:.2f} ms, {worst * 1000:.1f} ms, n={len(each.seconds)}"
        said.append(figures)
        budget = each.budget.total_seconds()
        if worst > budget:
            faults.append(
                (
                    f"{figures}; cho phép {budget * 1000:.0f} ms mỗi lần hỏi.",
                    f"{figures}; each call may take {budget * 1000:.0f} ms.",
                )
            )
    listed = f"{'; '.join(said)} (trung vị, chậm nhất / median, worst)"
    return judge_faults("time_budget", faults, (listed, listed))


def words_in(answer: object) -> Iterator[Mapping[str, object]]:
    """Yield every text in an answer that speaks one of the languages."""
    if isinstance(answer, Mapping):
        if set(answer) & LANGUAGES:
            yield answer
        for each in answer.values():
            yield from words_in(each)
    elif isinstance(answer, list | tuple):
        for each in answer:
            yield from words_in(each)
    elif is_dataclass(answer) and not isinstance(answer, type):
        for each in fields(answer):
            yield from words_in(getattr(answer, each.name))
