"""Jobs: after the commit, for their tenant, surviving a dead queue."""

import pytest
import sqlalchemy as sa
from rq.serializers import JSONSerializer

from tiepdan.core import jobs
from tiepdan.core.db import db, transaction
from tiepdan.core.errors import ScopeError
from tiepdan.core.scope import enter, tenant_scope
from tiepdan.worker import run_in_context

_seen: list[tuple[int, str]] = []


@jobs.job(queue="default")
def remember(word: str) -> None:
    db.session.execute(sa.text("SELECT count(*) FROM membership"))
    _seen.append((tenant_scope().tenant_id, word))


@pytest.fixture
def queue(app):
    with app.app_context():
        queue = jobs.queue_named("default")
        queue.empty()
        yield queue
        queue.empty()


def test_a_job_is_sent_after_the_commit_and_runs_for_its_tenant(app, two_tenants, queue):
    own = two_tenants[0]
    with app.app_context(), enter(own.scope), transaction():
        remember.enqueue("hello")
        assert queue.count == 0
    assert queue.count == 1
    sent = queue.jobs[0]
    assert sent.serializer is JSONSerializer
    assert sent.args == [remember.name, own.id, ["hello"]] or tuple(sent.args) == (remember.name, own.id, ["hello"])
    with app.app_context():
        run_in_context(*sent.args)
    assert _seen[-1] == (own.id, "hello")


def test_a_rolled_back_step_sends_nothing(app, two_tenants, queue):
    with app.app_context(), enter(two_tenants[0].scope), pytest.raises(RuntimeError), transaction():
        remember.enqueue("lost")
        raise RuntimeError
    assert queue.count == 0


def test_a_tenants_job_cannot_be_sent_from_nowhere(app):
    with app.app_context(), pytest.raises(ScopeError):
        remember.enqueue("nobody")


def test_a_dead_queue_does_not_undo_what_was_committed(app, two_tenants, monkeypatch):
    import redis

    dead = redis.Redis(host="127.0.0.1", port=1, socket_timeout=0.1)
    with app.app_context():
        monkeypatch.setitem(app.extensions, "tiepdan_redis", dead)
        with enter(two_tenants[0].scope), transaction():
            db.session.execute(sa.text("SELECT 1"))
            remember.enqueue("unheard")
        assert remember.send(two_tenants[0].id, "unheard") is False


def test_arguments_survive_as_json(app, two_tenants, queue):
    with app.app_context(), enter(two_tenants[0].scope), transaction():
        remember.enqueue("Đống Đa")
    assert queue.jobs[0].args[2] == ["Đống Đa"]
