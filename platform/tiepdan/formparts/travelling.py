"""Answers that go to another body with a task: packed with the form they were given to, sealed by the caller."""

import json
from collections.abc import Sequence

from tiepdan.formparts.rules import Answer, Part, read_schema
from tiepdan.formparts.service import GivenPart


def pack_answers(answers: Sequence[Answer]) -> bytes | None:
    """Write answers down for a reader who may not have the plugin; None when nothing was answered."""
    packed = [
        {"plugin": one.part.plugin, "form": one.part.schema.text, "values": dict(one.values)}
        for one in answers
        if one.values
    ]
    return json.dumps(packed, ensure_ascii=False).encode() if packed else None


def unpack_answers(packed: bytes) -> list[GivenPart]:
    """Read what another body answered. They came with the task, so it does not matter whether the plugin is on here."""
    return [
        GivenPart(part, True, Answer(part, each["values"]))
        for each in json.loads(packed)
        for part in [Part(each["plugin"], read_schema(each["form"]))]
    ]
