"""Scope: nobody touches the database without saying for whom."""

import pytest
import sqlalchemy as sa

from tiepdan.core.db import after_commit, db, scope_statement, transaction
from tiepdan.core.errors import ScopeError
from tiepdan.core.scope import PlatformScope, Scope, enter, platform_scope, tenant_scope
from tiepdan.identity.models import Membership


def test_a_statement_without_scope_raises_before_any_sql(app):
    with app.app_context(), pytest.raises(ScopeError):
        db.session.execute(sa.text("SELECT 1"))


def test_a_tenants_work_in_the_platforms_scope_raises():
    with platform_scope(), pytest.raises(ScopeError):
        tenant_scope()


@pytest.mark.parametrize("path", ["", "t1", "t2.t1; DROP TABLE tenant", "t5.", "x5", "t5.t05"])
def test_a_path_that_does_not_end_in_the_tenant_is_refused(path):
    with pytest.raises(ScopeError):
        Scope(5, "x", path)


def test_a_second_tenant_in_the_same_session_raises(app, two_tenants):
    first, second = two_tenants
    with app.app_context():
        with enter(first.scope):
            db.session.execute(sa.text("SELECT 1"))
            db.session.rollback()
        with enter(second.scope), pytest.raises(ScopeError, match="this session belongs to"):
            db.session.execute(sa.text("SELECT 1"))


def test_a_scope_that_changes_inside_a_transaction_raises(app, two_tenants):
    with app.app_context(), enter(two_tenants[0].scope):
        db.session.execute(sa.text("SELECT 1"))
        with platform_scope(), pytest.raises(ScopeError, match="inside a transaction"):
            db.session.execute(sa.text("SELECT 1"))


def test_without_a_setting_a_fenced_table_shows_no_rows(app, make_tenant, make_account, engine):
    make_account(make_tenant(), "viewer")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM membership")) == 0


def test_a_pooled_connection_forgets_the_tenant(app, make_tenant, make_account, engine):
    tenant = make_tenant()
    make_account(tenant, "viewer")
    with engine.connect() as connection:
        with connection.begin():
            connection.exec_driver_sql(scope_statement(tenant.scope))
            assert connection.scalar(sa.text("SELECT count(*) FROM membership")) == 1
        assert connection.scalar(sa.text("SELECT count(*) FROM membership")) == 0


def test_a_row_of_another_tenant_cannot_be_written(app, two_tenants, make_account):
    own, foreign = two_tenants
    person = make_account()
    with app.app_context(), enter(own.scope):
        db.session.add(Membership(tenant_id=foreign.id, account_id=person.id, role="viewer"))
        with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
            db.session.flush()


def test_what_waits_for_the_commit_is_forgotten_by_a_rollback(app):
    sent = []
    with app.app_context(), enter(PlatformScope()):
        with pytest.raises(RuntimeError), transaction():
            after_commit(lambda: sent.append("rolled back"))
            raise RuntimeError
        with transaction():
            after_commit(lambda: sent.append("committed"))
            assert sent == []
    assert sent == ["committed"]
