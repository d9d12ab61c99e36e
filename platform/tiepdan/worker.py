"""The way in for rq: run one job for its tenant."""

import os
from typing import TYPE_CHECKING

import sentry_sdk
from flask import Flask
from rq import SimpleWorker, Worker, get_current_job
from rq.serializers import JSONSerializer

from tiepdan.app import create_app
from tiepdan.core.db import db, transaction
from tiepdan.core.jobs import QUEUES, Argument, connection, queue_named, registry
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.core.telemetry import JOBS, bind_log, clear_log, log
from tiepdan.escalation.service import send_checks
from tiepdan.identity.throttling import drop_old_failures
from tiepdan.tenancy.service import tenant_by_id

if TYPE_CHECKING:
    from redis import Redis

_app: Flask | None = None
_pid = 0


class JobFailed(Exception):
    """A job failed; names the job and the kind of fault, nothing else."""


def application() -> Flask:
    """Return this process's application; a forked child drops the connections it inherited."""
    global _app, _pid  # noqa: PLW0603 - one application per process
    if _app is None:
        _app = create_app()
    elif _pid != os.getpid():
        with _app.app_context():
            db.engine.dispose(close=False)
    _pid = os.getpid()
    return _app


def run_job(name: str, tenant_id: int | None, arguments: list[Argument]) -> None:
    """Run a registered job in its tenant's scope and in one transaction.

    Raises JobFailed after reporting the fault; rq keeps the failed job and the sweep repeats its work.
    """
    with application().app_context():
        run_in_context(name, tenant_id, arguments)


def run_in_context(name: str, tenant_id: int | None, arguments: list[Argument]) -> None:
    """Run a job inside an application context (also what tests call)."""
    job = registry[name]
    current = get_current_job()
    clear_log()
    bind_log(job=name, job_id=current.id if current else "direct")
    try:
        with enter(PlatformScope()):
            scope = tenant_by_id(tenant_id).scope if tenant_id is not None else PlatformScope()
            db.session.remove()
        bind_log(tenant=getattr(scope, "slug", "-"))
        with enter(scope), transaction():
            job.function(*arguments)
        JOBS.labels(name, "done").inc()
    except Exception as error:  # noqa: BLE001 - the worker is one of two places that may: it reports
        JOBS.labels(name, "failed").inc()
        sentry_sdk.capture_exception(error)
        log.error("job failed", exc_info=(type(error), error, error.__traceback__))
        # rq keeps and logs what is raised: the message of the fault may quote what somebody typed.
        raise JobFailed(name, type(error).__name__) from None
    finally:
        db.session.remove()
        clear_log()


def main(*, burst: bool = False, simple: bool = False) -> None:
    """Work on the queues until told to stop."""
    app = application()
    with app.app_context():
        client: Redis = connection()
        queues = [queue_named(name) for name in QUEUES]
        db.engine.dispose()
    kind = SimpleWorker if simple else Worker
    kind(queues, connection=client, serializer=JSONSerializer).work(burst=burst, logging_level="WARNING")


def sweep() -> int:
    """See which tenants have clocks to look at and send each a job; return how many were sent.

    On the way, failures that nobody counts any more are forgotten.
    """
    with application().app_context(), enter(PlatformScope()):
        try:
            with transaction():
                drop_old_failures()
            return len(send_checks())
        finally:
            db.session.remove()
