"""What an answer to `escalation_routes` must be: everything else is a fault of the plugin."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tiepdan.core.plugins import answer_check
from tiepdan.extensions.answers import check_list, check_source
from tiepdan.sdk import EscalationStep

HOOK = "escalation_routes"
LONGEST = 365
MOST = 10  # steps of one plugin for one obligation
MOST_WORDS = 50
LONGEST_WORD = 60
LONGEST_EMERGENCY = 100
_SUPERIOR = re.compile(r"superior(?:\+(\d))?")
_BODY = re.compile(r"body:([a-z0-9-]{1,100})")
_FIRST_DAY = 1  # on which the ladder tells the direct superior


@answer_check(HOOK)
def check_route(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Raise for an answer of the wrong shape; whether its addresses exist is looked up besides."""
    check_list(answer, EscalationStep, HOOK, MOST)
    for step in answer:
        days = step.after_days
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
            raise ValueError(f"after_days is a number of days from 1 to {LONGEST}")
        if not isinstance(step.to, str) or not (_SUPERIOR.fullmatch(step.to) or _BODY.fullmatch(step.to)):
            raise ValueError('to is "superior", "superior+1" … or "body:<slug>"')
        check_source(step.source, "a route")
        _check_conditions(step)
        above = _SUPERIOR.fullmatch(step.to)
        _check_skip(step, int(above[1] or 0) if above else 0)


def check_addresses(answer: Any, superiors: Sequence[int], bodies: Mapping[str, int]) -> None:  # noqa: ANN401 - likewise
    """Raise as check_route does, LookupError for an address nobody has, ValueError for who passes a superior over."""
    check_route(answer)
    for step in answer:
        body_id = body_of(step.to, superiors, bodies)
        _check_skip(step, superiors.index(body_id) if body_id in superiors else 0)


def body_of(to: str, superiors: Sequence[int], bodies: Mapping[str, int]) -> int:
    """Look an address up. Raises LookupError for nobody."""
    above = _SUPERIOR.fullmatch(to)
    if above is not None:
        return superiors[int(above[1] or 0)]
    return bodies[to.removeprefix("body:")]


def _check_conditions(step: EscalationStep) -> None:
    if not isinstance(step.takes_over, bool) or not isinstance(step.unless_acknowledged, bool):
        raise TypeError("takes_over and unless_acknowledged are true or false")
    if not isinstance(step.emergency, str) or len(step.emergency.strip()) > LONGEST_EMERGENCY:
        raise ValueError(f"emergency is a name of at most {LONGEST_EMERGENCY} characters")
    words = step.if_words
    if not isinstance(words, list | tuple | set | frozenset) or len(words) > MOST_WORDS:
        raise TypeError(f"if_words is a list of at most {MOST_WORDS} words")
    if not all(isinstance(word, str) and 1 < len(word.strip()) <= LONGEST_WORD for word in words):
        raise ValueError(f"if_words: words of 2 to {LONGEST_WORD} characters")


def _check_skip(step: EscalationStep, levels_over: int) -> None:
    """Refuse to pass a superior over without an emergency: on the first day only the direct one is told."""
    if levels_over > 0 and step.after_days <= _FIRST_DAY and not step.emergency.strip():
        raise ValueError("who tells a higher superior on the first day names the emergency")
