"""What of the answers leaves the vault: codes that superiors see, and what routes of escalation ask about."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.formparts.models import FORM_ANSWERS, FORM_VERSIONS
from tiepdan.formparts.rules import CODED, TEXTS, Answer, FieldKind, read_schema
from tiepdan.formparts.service import GivenPart
from tiepdan.identity.vault import read_texts
from tiepdan.sdk import Record

type Code = str | int | float | bool


@dataclass(frozen=True, slots=True)
class PluginAnswers:
    """What was answered to the forms of one plugin. codes: by "<form key>.<field>"; texts: free words."""

    codes: dict[str, Code] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


def going_up(answers: Sequence[Answer]) -> list[dict[str, object]]:
    """Return the answers that go up, with the words they are read by: whoever reads may not have the plugin.

    Choices, yes or no, and numbers only: x-goes-up stands on no other field.
    """
    return [
        {
            "plugin": answer.part.plugin,
            "form": answer.part.schema.key,
            "version": answer.part.schema.version,
            "field": each.name,
            "label": dict(each.label),
            "value": answer.values[each.name],
            "words": dict(dict(each.choices)[str(answer.values[each.name])]) if each.kind is FieldKind.CHOICE else None,
        }
        for answer in answers
        for each in answer.part.schema.fields
        if each.goes_up and each.kind in CODED and each.name in answer.values
    ]


def open_answers(given: Sequence[GivenPart]) -> list[Answer]:
    """Return the answers that can be read: not sealed, of plugins that are on."""
    return [one.answer for one in given if one.answer is not None]


def answers_by_plugin(
    record: Record, record_ids: Collection[UUID], plugins: Collection[str]
) -> dict[UUID, Mapping[str, PluginAnswers]]:
    """Return what was answered for many records to the forms of some plugins, in two questions; sealed ones nothing."""
    if not record_ids or not plugins:
        return {}
    answers, versions = FORM_ANSWERS.c, FORM_VERSIONS.c
    rows = db.session.execute(
        sa.select(answers.record_id, answers.plugin, answers.form_key, answers.answers_id, versions.form)
        .join_from(
            FORM_ANSWERS,
            FORM_VERSIONS,
            sa.and_(versions.tenant_id == answers.tenant_id, versions.id == answers.form_version_id),
        )
        .where(
            answers.record_type == record.value,
            answers.record_id.in_(list(record_ids)),
            answers.plugin.in_(list(plugins)),
        )
    ).all()
    texts = read_texts([row.answers_id for row in rows]) if rows else {}
    found: defaultdict[UUID, dict[str, PluginAnswers]] = defaultdict(dict)
    for row in rows:
        text = texts.get(row.answers_id)
        if text is None:
            continue
        values = json.loads(text)
        ours = found[row.record_id].setdefault(row.plugin, PluginAnswers())
        for each in read_schema(row.form).fields:
            if each.name in values and each.kind in CODED:
                ours.codes[f"{row.form_key}.{each.name}"] = cast("Code", values[each.name])
            elif each.name in values and each.kind in TEXTS:
                ours.texts.append(str(values[each.name]))
    return dict(found)
