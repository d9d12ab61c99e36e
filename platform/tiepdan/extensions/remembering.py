"""What a process remembers of each committee about its plugins, until something about plugins is decided anywhere."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import inf
from time import monotonic

from flask import current_app

from tiepdan.tenancy.service import TenantView

_CAPACITY = 20_000  # committees, of each thing that is remembered
_ASK_AGAIN = 60.0  # seconds; a plugin that failed is not asked at every page meanwhile


@dataclass(frozen=True, slots=True)
class _Held[T]:
    plugins_epoch: int
    on: date | None
    until: float
    value: T


def remember[T](
    what: str,
    tenant: TenantView,
    ask: Callable[[], T],
    *,
    on: date | None = None,
    has_failed: Callable[[T], bool] = lambda _value: False,
    most: int = _CAPACITY,
) -> T:
    """Return what was asked before, or ask; neither a query nor a call of a plugin while it is remembered.

    on: the day it holds for; None for any. has_failed: whether a plugin did not answer, so that it is asked again soon.
    most: committees it is remembered of.
    """
    known: OrderedDict[int, _Held[T]] = current_app.extensions.setdefault(f"tiepdan_{what}", OrderedDict())
    held = known.get(tenant.id)
    if held is None or (held.plugins_epoch, held.on) != (tenant.plugins_epoch, on) or monotonic() > held.until:
        value = ask()
        until = monotonic() + _ASK_AGAIN if has_failed(value) else inf
        held = known[tenant.id] = _Held(tenant.plugins_epoch, on, until, value)
        known.move_to_end(tenant.id)
        while len(known) > most:
            known.popitem(last=False)
    return held.value
