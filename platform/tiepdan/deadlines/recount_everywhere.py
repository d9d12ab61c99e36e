"""Count the open clocks of every tenant again after the platform's own calendar has changed.

A tenant's own decisions are followed by a job at once (`jobs`). The holidays themselves come with a release, so
migrating carries them in. An edge, like a command: it opens its own transactions, one per batch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.core.db import db, forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.core.telemetry import log
from tiepdan.deadlines.models import DataVersion
from tiepdan.deadlines.recounting import recompute_open_clocks
from tiepdan.deadlines.sweeping import tenants_with_open_clocks
from tiepdan.deadlines.vietnam import CALENDAR, platform_calendar_version
from tiepdan.tenancy.service import TenantView, tenants_by_id

type Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TenantRecount:
    """What was done for one tenant. examined: clocks; moved: records with another due day; fault: why it failed."""

    slug: str
    examined: int = 0
    moved: int = 0
    fault: str = ""


def is_carried() -> bool:
    """Say whether the present calendar was carried into every tenant's clocks. Needs the platform's scope."""
    stored = db.session.scalar(sa.select(DataVersion.version).where(DataVersion.name == CALENDAR))
    return stored == platform_calendar_version()


def recount_everywhere(*, on: date, progress: Progress = lambda _done, _total: None) -> list[TenantRecount]:
    """Count again the clocks of every tenant that has open ones, and note that the calendar is carried in.

    on: day written into the events of the clocks that move. A tenant that fails leaves the others alone; then the
    calendar is not noted, and another run takes up what is missing.
    """
    with platform_scope(), transaction():
        tenants = list(tenants_by_id(tenants_with_open_clocks()).values())
    forget_session()
    done = recount_tenants(tenants, on=on, progress=progress)
    if not any(one.fault for one in done):
        with platform_scope(), transaction():
            _note()
        forget_session()
    return done


def recount_tenants(
    tenants: Iterable[TenantView], *, on: date, progress: Progress = lambda _done, _total: None
) -> list[TenantRecount]:
    """Count again the open clocks of some tenants, batch by batch."""
    wanted, done = list(tenants), []
    for tenant in wanted:
        done.append(_recount(tenant, on))
        progress(len(done), len(wanted))
    return done


def _recount(tenant: TenantView, on: date) -> TenantRecount:
    examined = moved = 0
    more = True
    try:
        with enter(tenant.scope):
            while more:
                with transaction():
                    batch = recompute_open_clocks(on=on)
                examined, moved, more = examined + batch.examined, moved + batch.moved, batch.more
    except (sa.exc.SQLAlchemyError, ValueError) as error:  # ValueError: a day no calendar reaches
        log.warning("recount failed", tenant=tenant.slug, exception_type=type(error).__name__)
        return TenantRecount(tenant.slug, examined, moved, type(error).__name__)
    finally:
        forget_session()
    return TenantRecount(tenant.slug, examined, moved)


def _note() -> None:
    row = insert(DataVersion).values(name=CALENDAR, version=platform_calendar_version())
    changed = {"version": row.excluded.version, "applied_at": sa.func.now()}
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=changed))
