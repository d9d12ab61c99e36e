"""Jobs: sent after the commit, carrying identifiers only, run for the tenant that sent them.

The table is the truth, the queue is haste: a job may be lost or run twice. A queue that cannot be reached
costs a log line, never the user's action; the sweep finds in the tables what is still to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Literal

import redis
from flask import current_app
from rq import Queue
from rq.serializers import JSONSerializer

from tiepdan.core.db import after_commit
from tiepdan.core.scope import Scope, current_scope
from tiepdan.core.telemetry import log

type QueueName = Literal["default", "deadlines", "bulk"]
type Argument = str | int | bool | None

QUEUES: tuple[QueueName, ...] = ("deadlines", "default", "bulk")  # the worker's order
RUNNER = "tiepdan.worker.run_job"
_TIMEOUT = timedelta(minutes=5)
_KEEP_FAILED = timedelta(days=7)

registry: dict[str, "Job"] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """A function the worker can run by name."""

    name: str
    function: Callable[..., None]
    queue: QueueName

    def __call__(self, *arguments: Argument) -> None:
        """Run it here and now, in the caller's scope and transaction."""
        self.function(*arguments)

    def enqueue(self, *arguments: Argument) -> None:
        """Send it once the transaction around the call is committed."""
        scope = current_scope()
        tenant_id = scope.tenant_id if isinstance(scope, Scope) else None
        if tenant_id is None:
            raise ValueError(f"job {self.name} needs a tenant in scope")
        after_commit(partial(self.send, tenant_id, *arguments))

    def send(self, tenant_id: int | None, *arguments: Argument) -> bool:
        """Put it into the queue now; say whether the queue took it."""
        try:
            with connection().pipeline() as pipeline:  # one round trip instead of rq's two
                queue_named(self.queue).enqueue(
                    RUNNER,
                    args=(self.name, tenant_id, list(arguments)),
                    job_timeout=int(_TIMEOUT.total_seconds()),
                    result_ttl=0,
                    failure_ttl=int(_KEEP_FAILED.total_seconds()),
                    pipeline=pipeline,
                )
                pipeline.execute()
        except redis.RedisError:
            log.warning("queue unreachable", job=self.name, queue=self.queue)
            return False
        return True


def job(queue: QueueName = "default") -> Callable[[Callable[..., None]], Job]:
    """Make a function a job of the tenant in scope. It must be idempotent."""
    return lambda function: _register(function, queue)


def _register(function: Callable[..., None], queue: QueueName) -> Job:
    name = f"{function.__module__}.{function.__name__}"
    registry[name] = Job(name, function, queue)
    return registry[name]


def queue_named(name: QueueName) -> Queue:
    """Return a queue of the application's Redis; its jobs are JSON, never pickles."""
    return Queue(name, connection=connection(), serializer=JSONSerializer)


def connection() -> "redis.Redis":
    """Return the application's Redis client, made once per process."""
    client: redis.Redis | None = current_app.extensions.get("tiepdan_redis")
    if client is None:
        client = redis.Redis.from_url(current_app.config["TIEPDAN"].redis_url, socket_timeout=5)
        current_app.extensions["tiepdan_redis"] = client
    return client
