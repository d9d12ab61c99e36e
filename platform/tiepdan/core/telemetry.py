"""Logs, metrics and fault reports that name tenants, endpoints and ids, never people or contents."""

import logging
import sys
from typing import Any

import sentry_sdk
import structlog
from prometheus_client import Counter, Histogram
from sentry_sdk.integrations.flask import FlaskIntegration
from sentry_sdk.transport import Transport
from structlog.typing import EventDict, WrappedLogger

REQUESTS = Counter("tiepdan_requests_total", "Answered requests", ["endpoint", "method", "status"])
REQUEST_SECONDS = Histogram("tiepdan_request_seconds", "Time to answer a request", ["endpoint"])
JOBS = Counter("tiepdan_jobs_total", "Finished jobs", ["job", "outcome"])

# A log line may carry these keys only; anything else is dropped, so a name cannot slip in by a new key.
_LOG_KEYS = frozenset(
    {
        "event", "level", "timestamp", "logger", "tenant", "request_id", "job_id", "job", "endpoint", "method",
        "status", "seconds", "account_id", "subject_type", "subject_id", "action", "outcome", "queue", "count",
        "fault", "plugin", "hook", "rule_id", "report_id", "file", "row", "exception_type", "where", "step", "port",
    }
)  # fmt: skip

# Sentry collects all of this unless it is told not to.
_COLLECT_NOTHING: Any = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {"request": {"mode": "off"}},
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "graphql": {"document": False, "variables": False},
    "gen_ai": {"inputs": False, "outputs": False},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
    "frame_context_lines": 0,
}

log: structlog.stdlib.BoundLogger = structlog.get_logger("tiepdan")


def _keep_known_keys(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """Drop every key that is not on the list."""
    return {key: value for key, value in entry.items() if key in _LOG_KEYS}


def _name_fault(_logger: WrappedLogger, _name: str, entry: EventDict) -> EventDict:
    """Replace an exception by its type and place: its message may quote what somebody typed."""
    failed = entry.pop("exc_info", None)
    if failed:
        kind, _, trace = failed if isinstance(failed, tuple) else sys.exc_info()
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        entry["exception_type"] = kind.__name__ if kind else None
        if trace is not None:
            entry["where"] = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    return entry


def configure_logging(level: str) -> None:
    """Log JSON lines to standard error, our own and those of the libraries."""
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr, force=True)
    # Libraries may log statements and URLs with values in them.
    for library in ("sqlalchemy", "urllib3", "rq.worker", "werkzeug"):
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_fault,
            _keep_known_keys,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stream of the moment
        cache_logger_on_first_use=False,
    )


def _scrub(event: Any, _hint: Any) -> Any:  # noqa: ANN401 - Sentry's own event types
    """Keep type and place of a fault; drop messages, requests, variables and breadcrumbs."""
    for key in ("request", "user", "breadcrumbs", "extra", "logentry", "message", "server_name", "modules"):
        event.pop(key, None)
    for failure in (event.get("exception") or {}).get("values") or []:
        failure["value"] = ""
        for frame in (failure.get("stacktrace") or {}).get("frames") or []:
            for key in ("vars", "pre_context", "context_line", "post_context"):
                frame.pop(key, None)
    contexts = event.get("contexts")
    if contexts:
        event["contexts"] = {key: contexts[key] for key in ("trace", "runtime") if key in contexts}
    return event


def configure_sentry(dsn: str | None, environment: str, transport: type[Transport] | None = None) -> None:
    """Report faults with tenant slug, endpoint and plugin, without bodies, variables or messages.

    transport: another way out, for the test that reads the envelopes.
    """
    if dsn is None and transport is None:
        return
    sentry_sdk.init(
        dsn=dsn or "https://key@fault.invalid/1",
        environment=environment,
        transport=transport,
        integrations=[FlaskIntegration()],
        data_collection=_COLLECT_NOTHING,
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        before_send=_scrub,
    )


def bind_log(**values: object) -> None:
    """Add values to every log line and fault report of this request or job."""
    structlog.contextvars.bind_contextvars(**values)
    for key, value in values.items():
        sentry_sdk.set_tag(key, str(value))


def clear_log() -> None:
    """Forget what an earlier request or job bound."""
    structlog.contextvars.clear_contextvars()
