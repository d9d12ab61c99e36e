"""Orders kept with clocks, forms on more records and upwards, escalations that ask for a matter to be taken over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

_RECORDS = ("petition", "visit")
_MORE_RECORDS = (*_RECORDS, "conclusion", "task", "task_answer", "report")
_EVENTS = ("started", "extended", "paused", "resumed", "recomputed", "ended")
_MORE_EVENTS = ("started", "extended", "paused", "resumed", "recomputed", "tightened", "ended")
_SEALED = "NOT sealed OR (case_id IS NULL AND rule_id IS NULL AND due_on IS NULL)"
_SEALED_TOO = "NOT sealed OR (case_id IS NULL AND rule_id IS NULL AND due_on IS NULL AND emergency IS NULL)"
_WORDS = ("acknowledged", "explained")
_MORE_WORDS = ("acknowledged", "taken_over", "explained")
_JOURNALS = ("clock_event", "escalation_step")
_SIDE = "(side = 'receiver') = (word = 'acknowledged')"
_SIDES = "(side = 'receiver') = (word IN ('acknowledged', 'taken_over'))"


def upgrade() -> None:
    op.add_column("clock", sa.Column("orders", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("clock", sa.Column("early_on", sa.Date(), nullable=True))
    _check("clock_event", "ck_clock_event_kind_word", _one_of("kind", _MORE_EVENTS))
    _check("form_answer", "ck_form_answer_record_type_word", _one_of("record_type", _MORE_RECORDS))
    op.add_column("shared_case", sa.Column("more", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("assignment", sa.Column("forms", sa.LargeBinary(), nullable=True))
    op.add_column("assignment_step", sa.Column("forms", sa.LargeBinary(), nullable=True))
    op.add_column("escalation", sa.Column("takes_over", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("escalation", sa.Column("emergency", sa.Text(), nullable=True))
    op.execute("GRANT UPDATE (emergency) ON escalation TO tiepdan_app")
    _check("escalation", "ck_escalation_sealed_is_a_reference", _SEALED_TOO)
    _check("escalation_step", "ck_escalation_step_word_word", _one_of("word", _MORE_WORDS))
    _check("escalation_step", "ck_escalation_step_side_of_word", _SIDES)


def downgrade() -> None:
    # The older version has no word for these: the superior took note at least, and answers to the new records go.
    for table in _JOURNALS:
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
    op.execute("SET LOCAL ROLE tiepdan_data")  # the owner sees no rows
    op.execute(
        "DELETE FROM escalation_step s WHERE word = 'taken_over' AND EXISTS (SELECT FROM escalation_step a WHERE"
        " a.tenant_id = s.tenant_id AND a.escalation_id = s.escalation_id AND a.word = 'acknowledged')"
    )
    op.execute("UPDATE escalation_step SET word = 'acknowledged' WHERE word = 'taken_over'")
    op.execute(f"DELETE FROM form_answer WHERE NOT ({_one_of('record_type', _RECORDS)})")
    op.execute("UPDATE clock_event SET kind = 'recomputed' WHERE kind = 'tightened'")
    op.execute("UPDATE clock SET warn_on = '{}', warn_kinds = '{}' WHERE 'early' = ANY (warn_kinds)")
    op.execute("RESET ROLE")
    for table in _JOURNALS:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
    _check("escalation_step", "ck_escalation_step_side_of_word", _SIDE)
    _check("escalation_step", "ck_escalation_step_word_word", _one_of("word", _WORDS))
    _check("escalation", "ck_escalation_sealed_is_a_reference", _SEALED)
    op.drop_column("escalation", "emergency")
    op.drop_column("escalation", "takes_over")
    op.drop_column("assignment_step", "forms")
    op.drop_column("assignment", "forms")
    op.drop_column("shared_case", "more")
    _check("form_answer", "ck_form_answer_record_type_word", _one_of("record_type", _RECORDS))
    _check("clock_event", "ck_clock_event_kind_word", _one_of("kind", _EVENTS))
    op.drop_column("clock", "early_on")
    op.drop_column("clock", "orders")


def _check(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, condition)


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"
