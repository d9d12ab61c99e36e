"""Between whom a report goes: the platform's along superiors and lines, a plugin's also to one named body.

What a tenant received counts only if its sender reports here: the database lets any tenant address any other.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.reach import where_enabled
from tiepdan.reports.definitions import Definition
from tiepdan.reports.kept_definitions import is_of_plugin
from tiepdan.reports.models import ReportSubmission
from tiepdan.reports.periods import Period, PeriodKind, make_period
from tiepdan.reports.received import submissions_received
from tiepdan.reports.routes import receivers_of, senders_to
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import TenantView, find_tenant, list_tenants, own_tenant, tenants_by_id

_BODY = "body:"
_MOST_ROUNDS = 24


def receivers_for(definition: Definition, tenant: TenantView, on: date) -> list[TenantView]:
    """Return to whom a tenant sends a report on a day; nobody for one that stays, or whose receiver is gone."""
    if definition.to.startswith(_BODY):
        body = find_tenant(definition.to.removeprefix(_BODY))
        known = body is not None and body.province_id == tenant.province_id and body.state is TenantState.ACTIVE
        return [body] if body is not None and known and body.id != tenant.id else []
    return receivers_of(tenant.id, definition.code, on) if definition.to else []


def expected_senders(definition: Definition, on: date) -> list[TenantView]:
    """Return from whom the tenant in scope expects a report: of a plugin's, those below that have it enabled."""
    me = own_tenant()
    if definition.given is None:
        return senders_to(me.id, definition.code, on)
    if definition.to == f"{_BODY}{me.slug}":
        candidates: Sequence[TenantView] = [
            each for each in list_tenants(province_id=me.province_id, state=TenantState.ACTIVE) if each.id != me.id
        ]
    elif definition.to == "superior":
        candidates = senders_to(me.id, definition.code, on)
    else:
        return []
    enabled = where_enabled(definition.given.plugin, candidates)
    return [each for each in candidates if each.id in enabled]


def sender_ids(code: str, period: Period) -> list[int]:
    """Return whose submissions of a report count here.

    Of a plugin's report: who sent one, lies below or on a line, or was told by it to send it to this very body of
    its own province.
    """
    me = own_tenant()
    usual = [each.id for each in senders_to(me.id, code, period.last)]
    if not is_of_plugin(code):
        return usual
    to = ReportSubmission.carried["to"].astext
    addressed = set(
        db.session.scalars(
            sa.select(ReportSubmission.tenant_id).where(
                ReportSubmission.peer_tenant_id == tenant_scope().tenant_id,
                ReportSubmission.definition == code,
                ReportSubmission.period_kind == period.kind.value,
                ReportSubmission.period_from == period.first,
                ReportSubmission.period_to == period.last,
                to == f"{_BODY}{me.slug}",
            )
        )
    )
    neighbours = [each.id for each in tenants_by_id(addressed).values() if each.province_id == me.province_id]
    return [*usual, *(each for each in neighbours if each not in usual)]


def rounds_that_came() -> list[tuple[str, Period, int]]:
    """Return which reports of plugins were received for which periods, and from how many; the newest periods first."""
    table = ReportSubmission
    rows = db.session.execute(
        sa.select(table.definition, table.period_kind, table.period_from, table.period_to)
        .where(table.peer_tenant_id == tenant_scope().tenant_id, table.definition.contains("/"))
        .group_by(table.definition, table.period_kind, table.period_from, table.period_to)
        .order_by(table.period_to.desc(), table.definition)
        .limit(_MOST_ROUNDS)
    ).all()
    found = []
    for code, kind, first, last in rows:
        period = make_period(PeriodKind(kind), first, last)
        sent = submissions_received(code, period, sender_ids(code, period))
        if sent:
            found.append((code, period, len(sent)))
    return found
