"""Parts that plugins add to forms of the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Record(StrEnum):
    """What a plugin may add a form to.

    A petition (đơn) being registered; a visit (lượt tiếp) at the reception desk; a conclusion notice (thông báo kết
    luận) with the directives in it; a task (giao việc) being given by itself; a task being reported done by who was
    given it; a committee's report whose figures are being frozen.
    What is answered to a task's form goes to the other body, sealed to it, with the task or with the result.
    """

    PETITION = "petition"
    VISIT = "visit"
    CONCLUSION = "conclusion"
    TASK = "task"
    TASK_ANSWER = "task_answer"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Form:
    """A part that a plugin adds to a form of the platform, as JSON Schema (draft 2020-12).

    key: its name within the plugin; small letters, digits, underscores. It stays when the form changes.
    version: counts from 1, one up at each change; answers keep the form they were given to.
    title: keys "vi" and "en".
    schema: of an object. The order of "properties" is the order on the page, "required" names what must be
        answered. A property is a "string" (longer than 300 by "maxLength": a box; "format": "date": a day;
        "enum": a choice, with "x-choices": words of each value), "integer", "number" or "boolean" (yes or no), with
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" where
        they fit. "x-label" and "x-help": keys "vi" and "en". "x-when": {name: value or list of values}, the only
        answers to an earlier boolean or choice, or to the platform's own "kind" (a word of PetitionKind), for which
        the property is asked; while it is not asked it is not required and nothing is kept.
        "x-step": keys "vi" and "en"; a new step of the form begins with this property. "x-width": "short", "half" (two
        side by side where there is room) or "full"; without it as the type suggests.
        "x-goes-up": true on a choice, boolean or number of a petition's form: the answer is part of the summary that
        superiors see, where they see one; never of a sealed petition. A text stays in the committee. Only a
        petition's form has answers that go up, and only those of petitions and visits a condition on "kind".
    """

    key: str
    version: int
    title: Mapping[str, str]
    schema: Mapping[str, object]
