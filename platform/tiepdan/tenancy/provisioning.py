"""Plan and apply: from the files of provinces to rows, one transaction per province.

Applying again changes nothing; a province that fails leaves the others as they are, and a second run takes
up what is missing. The cost depends on the province of the file, not on how many others are stored.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from flask_babel import gettext as _
from psycopg.types.json import Jsonb

from tiepdan.core.db import new_id
from tiepdan.tenancy.bodies import Province
from tiepdan.tenancy.changes import Plan, ProvincePlan
from tiepdan.tenancy.difference import compare
from tiepdan.tenancy.faults import Fault, InvalidFiles
from tiepdan.tenancy.source_lines import line_of, written
from tiepdan.tenancy.stored import Connection, former_holders, provisioning, read_province, taken_elsewhere
from tiepdan.tenancy.writing import write_province


@dataclass(slots=True)
class Outcome:
    """What became of one province: its plan as applied, or why nothing of it was."""

    province: str
    file: str
    counts: dict[str, int] = field(default_factory=dict)
    error: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the outcome for `--json`."""
        return {"province": self.province, "file": self.file, "counts": self.counts, "error": self.error}


def plan(provinces: Sequence[Province], connection: Connection, *, on: date) -> Plan:
    """Say what applying the files would change; raise InvalidFiles with what only the database reveals."""
    plans: list[ProvincePlan] = []
    faults: list[Fault] = []
    with provisioning(connection):
        for province in provinces:
            found, wrong = _plan_province(connection, province, on)
            plans.append(found)
            faults += wrong
    _refuse(faults)
    return Plan(plans)


def apply(
    provinces: Sequence[Province],
    connection: Connection,
    *,
    root_key: bytes,
    on: date,
    actor: str,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _slug: None,
) -> list[Outcome]:
    """Apply provinces, each in a transaction of its own; one that fails is reported and the rest goes on.

    on: day from which changed superiors and closed lines count. actor: who is named in the journal.
    progress: told (bodies done, bodies in all, province) after each province.
    """
    total, done = sum(len(province.bodies) for province in provinces), 0
    outcomes = []
    for province in provinces:
        outcome = Outcome(province.slug, province.file)
        try:
            with provisioning(connection, lock=province.slug):
                # Planned again under the lock: what was shown may have been overtaken.
                found, wrong = _plan_province(connection, province, on)
                _refuse(wrong)
                if found.changes:
                    write_province(connection, found, root_key)
                    # Whoever renamed a tenant in the same moment held the slug until its commit: now it shows.
                    _refuse(_taken_from_former(connection, found))
                    _record(connection, actor, "tenants.applied", "province", province.slug, found.counts())
                outcome.counts = found.counts()
        except (InvalidFiles, psycopg.Error) as error:
            outcome.error = str(error).strip()
        outcomes.append(outcome)
        done += len(province.bodies)
        progress(done, total, province.slug)
    return outcomes


def set_state(connection: Connection, slug: str, *, state: str, allowed: Sequence[str], actor: str) -> bool:
    """Suspend or resume a tenant: set its state if it is one of the allowed.

    Returns False if it has the state already. Raises LookupError (unknown), ValueError (not allowed).
    """
    with provisioning(connection):
        row = connection.execute("SELECT state FROM tenant WHERE slug = %s FOR UPDATE", [slug]).fetchone()
        if row is None:
            raise LookupError(_("Không có cơ quan “%(slug)s”; xem tiepdan tenants list.", slug=slug))
        if row[0] == state:
            return False
        if row[0] not in allowed:
            raise ValueError(_("“%(slug)s” đang ở trạng thái %(state)s, không đổi được.", slug=slug, state=row[0]))
        connection.execute("UPDATE tenant SET state = %s, version = version + 1 WHERE slug = %s", [state, slug])
        action = "tenant.suspended" if state == "suspended" else "tenant.resumed"
        _record(connection, actor, action, "tenant", slug, {"before": row[0], "after": state})
    return True


def _plan_province(connection: Connection, province: Province, on: date) -> tuple[ProvincePlan, list[Fault]]:
    stored = read_province(connection, province.slug)
    found, faults = compare(province, stored, on)
    slugs = {body.slug: body for body in province.bodies if body.slug not in stored.tenants}
    slugs_elsewhere, hosts_elsewhere = taken_elsewhere(connection, stored.id, slugs, found.hosts)
    lines = province.lines
    by_slug = {body.slug: body for body in province.bodies}
    for slug, holder in slugs_elsewhere.items():
        path = slugs[slug].place
        message = _("Slug “%(slug)s” đã thuộc tỉnh “%(holder)s”; chọn slug khác.", slug=slug, holder=holder)
        faults.append(Fault(province.file, line_of(lines, path), written(path), message))
    faults += _taken_from_former(connection, found)
    for host, holder in hosts_elsewhere.items():
        path = by_slug[found.hosts[host]].place_of("hosts")
        message = _("Tên máy chủ “%(host)s” đã thuộc tỉnh “%(holder)s”.", host=host, holder=holder)
        faults.append(Fault(province.file, line_of(lines, path), written(path), message))
    return found, faults


def _taken_from_former(connection: Connection, found: ProvincePlan) -> list[Fault]:
    """Find the bodies whose new slug still leads on to the tenant that had it before."""
    province = found.province
    fresh = {body.slug: body for body in province.bodies if body.slug not in found.stored.tenants}
    holders = former_holders(connection, fresh)
    # Given up by this very plan: a new reader of the old address must not land at another body.
    present_slugs = {tenant_id: slug for slug, tenant_id in found.ids.items()}
    for tenant in found.stored.tenants.values():
        present = present_slugs.get(tenant.id, tenant.slug)
        if present != tenant.slug:
            holders.setdefault(tenant.slug, (tenant.id, present))
    bodies = {body.slug: body for body in province.bodies}
    return [
        Fault(
            province.file,
            line_of(province.lines, bodies[slug].place),
            written(bodies[slug].place),
            _(
                "Slug “%(slug)s” là địa chỉ cũ của “%(holder)s” và vẫn dẫn đến đó; chọn slug khác.",
                slug=slug,
                holder=present,
            ),
        )
        for slug, (tenant_id, present) in holders.items()
        if slug in bodies and found.ids.get(slug) != tenant_id
    ]


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidFiles(faults)


def _record(
    connection: Connection, actor: str, action: str, subject_type: str, subject: str, detail: dict[str, Any]
) -> None:
    """Record it in the platform's journal, in the same transaction."""
    connection.execute(
        "INSERT INTO platform_event (id, actor, action, subject_type, subject_id, detail)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        [new_id(), actor, action, subject_type, subject, Jsonb(detail)],
    )
