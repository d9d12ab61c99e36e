"""The tables of receptions and directives are fenced."""

import pytest


@pytest.mark.parametrize(
    "table",
    ["reception", "reception_day", "reception_change", "visit", "visit_person", "reception_minutes", "register_row",
     "register_session", "conclusion_notice", "assignment", "assignment_step"],
)  # fmt: skip
def test_a_table_is_fenced(superuser, database, table, app):
    forced = superuser.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname = %s", [table]).fetchone()
    assert forced == (True,)


@pytest.mark.parametrize("table", ["assignment", "assignment_step", "reception_change"])
def test_what_was_said_is_never_changed(superuser, app, table):
    rights = superuser.execute(
        "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = 'tiepdan_app'",
        [table],
    ).fetchall()
    assert {right for (right,) in rights} == {"SELECT", "INSERT"}
