"""One call of one plugin: timed, fenced, and without a trace in the transaction.

A plugin is asked in a copy of the context, so what it sets there is gone afterwards. If it touches the database,
a savepoint is made before its first statement and rolled back after its last one, whatever came of it: a
question changes nothing, neither rows nor settings nor the role. A call that hangs cannot be stopped in its
thread; statement, request and job timeouts bound it, and the budget is judged when it is back.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar, Token, copy_context
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Any, cast

import psycopg
import sentry_sdk
import sqlalchemy as sa
from prometheus_client import Counter, Histogram
from sqlalchemy.orm import Session

from tiepdan.core.telemetry import log

BUDGET = timedelta(milliseconds=250)
LARGEST_ANSWER = 2_000  # items of a list
_SAVEPOINT = "plugin_call"

FAULTS = Counter("tiepdan_plugin_faults_total", "Failed calls of plugins", ["plugin", "hook", "fault"])
SECONDS = Histogram("tiepdan_plugin_seconds", "Time of answers that took longer than 10 ms", ["plugin", "hook"])
_WORTH_COUNTING = 0.01  # seconds; counting quicker answers would cost more than they do


@dataclass(frozen=True, slots=True)
class Fault:
    """That a plugin failed, where and how; never what it said, which may quote somebody.

    kind: name of the exception, or "slow", "huge", "sql", "transaction".
    """

    plugin: str
    hook: str
    kind: str


class PluginBrokeTransactionError(Exception):
    """A plugin ended the transaction it was called in: nothing of this step may be kept."""


class Call:
    """What is under way in this context. plugin: "" between two plugins; touched: where a savepoint was made."""

    __slots__ = ("plugin", "touched")

    def __init__(self) -> None:
        self.plugin = ""
        self.touched: psycopg.Connection[Any] | None = None


_current: ContextVar[Call | None] = ContextVar("tiepdan_plugin_call", default=None)


def current_plugin() -> str:
    """Return the plugin that is being asked just now, or ""."""
    call = _current.get()
    return call.plugin if call else ""


def begin_calls() -> tuple[Call, Token[Call | None]]:
    """Get ready to ask one plugin after another; `end_calls` with the token when done."""
    call = Call()
    return call, _current.set(call)


def end_calls(token: Token[Call | None]) -> None:
    """Nobody is asked any more."""
    _current.reset(token)


def call_plugin(
    plugin: str,
    hook: str,
    function: Callable[..., Any],
    arguments: Sequence[object],
    check: Callable[[Any], object] | None,
    budget: timedelta = BUDGET,
) -> tuple[Any, Fault | None]:
    """Ask one plugin alone; see call_next."""
    call, token = begin_calls()
    try:
        return call_next(call, plugin, hook, function, arguments, check, budget)
    finally:
        end_calls(token)


def call_next(
    call: Call,
    plugin: str,
    hook: str,
    function: Callable[..., Any],
    arguments: Sequence[object],
    check: Callable[[Any], object] | None,
    budget: timedelta = BUDGET,
) -> tuple[Any, Fault | None]:
    """Ask a plugin. Returns its answer, or the fault that makes the answer not count.

    arguments: in the order in which the function names them.
    budget: how long it may take; longer where nobody waits for the answer.
    Raises PluginBrokeTransactionError when the plugin ended the transaction, for then the step itself is lost.
    """
    call.plugin = plugin
    started = perf_counter()
    try:
        answer = copy_context().run(function, *arguments)
        call.plugin = ""
        if answer:
            if hasattr(answer, "__len__") and len(answer) > LARGEST_ANSWER:
                _refuse_huge()
            if check is not None:
                check(answer)
    except Exception as error:  # noqa: BLE001 - the other of the two places that may: it reports
        call.plugin = ""
        kind = "huge" if isinstance(error, _HugeError) else type(error).__name__
        return None, _fail(call, Fault(plugin, hook, kind), error)
    if call.touched is not None and _undo(call, plugin, hook):
        # It kept a fault to itself; what it answers rests on nothing.
        return None, _fail(call, Fault(plugin, hook, "sql"), None)
    seconds = perf_counter() - started
    if seconds > _WORTH_COUNTING:
        SECONDS.labels(plugin, hook).observe(seconds)
        if seconds > budget.total_seconds():
            return None, _fail(call, Fault(plugin, hook, "slow"), None)
    return answer, None


class _HugeError(Exception):
    """More items than anybody reads."""


def _refuse_huge() -> None:
    raise _HugeError


def _undo(call: Call, plugin: str, hook: str) -> bool:
    """Roll back what a plugin did; say whether a statement of its had failed. Raises PluginBrokeTransactionError."""
    raw, call.touched = call.touched, None
    assert raw is not None
    state = raw.info.transaction_status
    aborted = state == psycopg.pq.TransactionStatus.INERROR
    if aborted or state == psycopg.pq.TransactionStatus.INTRANS:
        statements = f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}; RELEASE SAVEPOINT {_SAVEPOINT}"
        if raw.pgconn.exec_(statements.encode()).status == psycopg.pq.ExecStatus.COMMAND_OK:
            return aborted
    _report(Fault(plugin, hook, "transaction"), None)
    raise PluginBrokeTransactionError(plugin, hook)


def _fail(call: Call, fault: Fault, error: BaseException | None) -> Fault:
    if call.touched is not None:
        _undo(call, fault.plugin, fault.hook)
    _report(fault, error)
    return fault


@sa.event.listens_for(sa.Engine, "before_cursor_execute")
def _save_before_first_statement(connection: sa.Connection, *_arguments: object) -> None:
    call = _current.get()
    if call is None or not call.plugin:
        return
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    if call.touched is None:
        raw.execute(f"SAVEPOINT {_SAVEPOINT}")
        call.touched = raw
    elif call.touched is not raw:
        raise RuntimeError("a plugin may not open a connection of its own")


@sa.event.listens_for(Session, "before_commit")
def _refuse_commit(_session: Session) -> None:
    if current_plugin():
        raise RuntimeError("a plugin may not commit")


@sa.event.listens_for(Session, "before_flush")
def _refuse_flush(_session: Session, _context: object, _instances: object) -> None:
    if current_plugin():
        raise RuntimeError("a plugin that is asked may not write")


def _report(fault: Fault, error: BaseException | None) -> None:
    FAULTS.labels(fault.plugin, fault.hook, fault.kind).inc()
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("plugin", fault.plugin)
        scope.set_tag("hook", fault.hook)
        if error is not None:
            sentry_sdk.capture_exception(error)
        else:
            sentry_sdk.capture_message(f"plugin: {fault.kind}", level="error")
    trace = (type(error), error, error.__traceback__) if error is not None else None
    log.error("plugin failed", plugin=fault.plugin, hook=fault.hook, fault=fault.kind, exc_info=trace)
