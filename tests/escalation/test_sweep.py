"""The sweep sees every tenant and nothing of them; lost jobs do no harm."""

from datetime import date

import pytest
import sqlalchemy as sa

from tiepdan.core.db import as_role, db, transaction
from tiepdan.core.jobs import connection, queue_named
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.escalation.jobs import check_clocks
from tiepdan.escalation.service import find_tenants_due, list_escalations, send_checks


@pytest.fixture
def swept(app):
    """swept(): the tenants the sweep sent a job to, the queue emptied before when `lose` is set."""

    def swept(*, lose=False):
        with app.app_context(), enter(PlatformScope()):
            if lose:
                connection().flushdb()
            try:
                return send_checks()
            finally:
                db.session.remove()

    yield swept
    with app.app_context():
        connection().flushdb()


def queued(app):
    with app.app_context():
        return [job.args for job in queue_named("deadlines").get_jobs()]


def test_tenants_with_due_clocks_get_one_job_each(app, swept, make_petition, three_levels):
    for _number in range(2):
        make_petition(three_levels.commune)
    make_petition(three_levels.sibling)
    make_petition(three_levels.stranger, received_on=date(2024, 6, 28))  # nothing due yet

    sent = swept(lose=True)
    assert three_levels.commune.id in sent
    assert three_levels.sibling.id in sent
    assert three_levels.stranger.id not in sent
    jobs = [(args[0], args[1]) for args in queued(app)]
    assert jobs.count((check_clocks.name, three_levels.commune.id)) == 1


def test_a_second_sweep_does_not_pile_up_jobs(app, swept, make_petition, three_levels):
    make_petition(three_levels.commune)
    swept(lose=True)
    swept()

    tenants = [args[1] for args in queued(app)]
    assert tenants.count(three_levels.commune.id) == 1


def test_a_lost_job_is_sent_again(swept, make_petition, three_levels):
    make_petition(three_levels.commune)
    swept(lose=True)

    assert three_levels.commune.id in swept(lose=True)


def test_a_tenant_that_was_looked_at_is_left_alone(app, swept, check, entered, make_petition, three_levels):
    make_petition(three_levels.commune)
    check(three_levels.commune)

    assert three_levels.commune.id not in swept(lose=True)
    with entered(three_levels.district, "shared.view") as actor:
        assert len(list_escalations(received=True, actor=actor).items) == 1


def test_the_sweeps_role_sees_ids_and_nothing_else(app, make_petition, three_levels):
    make_petition(three_levels.commune)
    with app.app_context(), enter(PlatformScope()):
        try:
            assert three_levels.commune.id in find_tenants_due()
            for column in ("rule_id", "due_on", "subject_id"):
                with (
                    pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
                    transaction(),
                    as_role("tiepdan_sweep") as sweeping,
                ):
                    sweeping.execute(sa.text(f"SELECT {column} FROM clock"))
            for table in ("petition", "escalation", "clock_mark", "shared_case"):
                with (
                    pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
                    transaction(),
                    as_role("tiepdan_sweep") as sweeping,
                ):
                    sweeping.execute(sa.text(f"SELECT 1 FROM {table}"))
        finally:
            db.session.remove()


def test_the_entry_point_of_the_worker_runs(app, monkeypatch, make_petition, three_levels):
    import tiepdan.worker as worker

    monkeypatch.setattr(worker, "application", lambda: app)
    make_petition(three_levels.commune)
    with app.app_context():
        connection().flushdb()

    assert worker.sweep() >= 1
    with app.app_context():
        connection().flushdb()
