"""Ask for the forms that plugins add to a record, keep what was answered, show it again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.inserts import insert_rows
from tiepdan.core.plugins import answer_check, collect
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.service import enabled_here
from tiepdan.formparts.models import FORM_ANSWERS, FORM_VERSIONS
from tiepdan.formparts.rules import Answer, Part, PartSchema, check_forms, check_forms_of, read_schema, schema_of
from tiepdan.identity.vault import read_texts, seal_texts, store_texts, unseal_text
from tiepdan.sdk import Record
from tiepdan.tenancy.service import own_tenant, plugin_tenant

answer_check("form_parts")(check_forms)


@dataclass(frozen=True, slots=True)
class Parts:
    """The forms of one page or submission, in the order of asking; failed: plugins whose answer does not count."""

    parts: tuple[Part, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenPart:
    """What was answered to a form, in the version of then. answer: None while sealed, or while the plugin is off."""

    part: Part
    enabled: bool
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class _Row:
    part: Part
    enabled: bool
    answers_id: UUID

    def opened(self, text: str | None) -> GivenPart:
        answer = Answer(self.part, json.loads(text)) if text and self.enabled else None
        return GivenPart(self.part, self.enabled, answer)


def parts_for(record: Record, on: date) -> Parts:
    """Ask the plugins enabled here what they add to a form; once per page or submission."""
    answers = collect(
        "form_parts",
        check=partial(check_forms_of, record),
        tenant=plugin_tenant(own_tenant()),
        record=record,
        on=on,
    )
    if not answers.given:
        return Parts((), answers.failed)
    found = tuple(Part(answer.plugin, schema_of(form)) for answer in answers for form in answer.value)
    return Parts(found, answers.failed)


def store_answers(record: Record, record_id: UUID, answers: Sequence[Answer], *, sealed: bool) -> None:
    """Keep checked answers with a record that is being written; a form without an answer leaves no row."""
    given = [answer for answer in answers if answer.values]
    if not given:
        return
    version_ids = keep_versions([answer.part for answer in given])
    texts = store_texts([json.dumps(dict(answer.values), ensure_ascii=False) for answer in given], sealed=sealed)
    insert_rows(
        FORM_ANSWERS,
        [
            {
                "record_type": record.value,
                "record_id": record_id,
                "plugin": answer.part.plugin,
                "form_key": answer.part.schema.key,
                "form_version_id": version_id,
                "answers_id": text_id,
            }
            for answer, version_id, text_id in zip(given, version_ids, texts, strict=True)
        ],
    )


def answers_of(record: Record, record_id: UUID) -> list[GivenPart]:
    """Return what was answered for a record, in the order it was asked; a sealed answer is closed.

    Whoever asks has checked the right to see the record. A plugin that is off hides its answers, which stay.
    """
    rows = _rows_of(record, record_id)
    texts = read_texts([row.answers_id for row in rows if row.enabled])
    return [row.opened(texts.get(row.answers_id)) for row in rows]


def disclose_answers(record: Record, record_id: UUID, *, actor: Actor, reason: str) -> list[GivenPart]:
    """Open sealed answers, each journalled before it is read. Raises Forbidden, Invalid without a reason."""
    rows = _rows_of(record, record_id)
    return [
        row.opened(unseal_text(row.answers_id, actor=actor, reason=reason) if row.enabled else None) for row in rows
    ]


def seal_answers(record: Record, record_id: UUID) -> None:
    """Seal what was answered for a record that is sealed in the same step."""
    seal_texts(
        db.session.scalars(
            sa.select(FORM_ANSWERS.c.answers_id).where(
                FORM_ANSWERS.c.record_type == record.value, FORM_ANSWERS.c.record_id == record_id
            )
        ).all()
    )


def _rows_of(record: Record, record_id: UUID) -> list[_Row]:
    answers, versions = FORM_ANSWERS.c, FORM_VERSIONS.c
    rows = db.session.execute(
        sa.select(answers.plugin, answers.answers_id, versions.form)
        .join_from(
            FORM_ANSWERS,
            FORM_VERSIONS,
            sa.and_(versions.tenant_id == answers.tenant_id, versions.id == answers.form_version_id),
        )
        .where(answers.record_type == record.value, answers.record_id == record_id)
        .order_by(answers.id)
    ).all()
    if not rows:
        return []
    enabled = {each.manifest.name for each in enabled_here()}
    return [_Row(Part(row.plugin, read_schema(row.form)), row.plugin in enabled, row.answers_id) for row in rows]


def versions_of(plugin: str, key: str) -> dict[UUID, PartSchema]:
    """Return every version of a form that was kept here, by id, the one used first first."""
    columns = FORM_VERSIONS.c
    rows = db.session.execute(
        sa.select(columns.id, columns.form)
        .where(columns.plugin == plugin, columns.form_key == key)
        .order_by(columns.first_used_at, columns.version)
    )
    return {row.id: read_schema(row.form) for row in rows}


def keep_versions(parts: Sequence[Part]) -> list[UUID]:
    """Write down the forms that are answered unless they are written; return their ids."""
    tenant_id = tenant_scope().tenant_id
    ids = [uuid5(NAMESPACE_OID, f"{tenant_id}/{part.plugin}/{part.schema.digest}") for part in parts]
    rows = [
        {
            "tenant_id": tenant_id,
            "id": version_id,
            "plugin": part.plugin,
            "form_key": part.schema.key,
            "version": part.schema.version,
            "form": part.schema.text,
        }
        for version_id, part in zip(ids, parts, strict=True)
    ]
    db.session.connection().execute(insert(FORM_VERSIONS).on_conflict_do_nothing(), rows)
    return ids
