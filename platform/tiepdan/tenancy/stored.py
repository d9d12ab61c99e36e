"""What the database holds of one province: read in a handful of statements, whatever else is stored.

Provisioning speaks psycopg directly: it runs without an application, as the role tiepdan_provision.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

type Connection = psycopg.Connection[tuple[Any, ...]]

type LineKey = tuple[int, int, str]
type Period = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class StoredTenant:
    """A row of `tenant`, its path as text."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: str
    branch: str
    level: str
    regime: str
    catalogue: str
    unit_level: str
    unit_code: str
    path: str
    superior_id: int | None
    state: str


@dataclass(frozen=True, slots=True)
class StoredProvince:
    """Everything stored of one province; `id` is None before it was first applied."""

    id: int | None = None
    head: dict[str, Any] = field(default_factory=dict)
    tenants: dict[str, StoredTenant] = field(default_factory=dict)
    superiors: dict[int, list[tuple[int, date, date | None]]] = field(default_factory=dict)
    lines: dict[LineKey, list[Period]] = field(default_factory=dict)
    hosts: dict[str, int] = field(default_factory=dict)
    plugins: dict[tuple[int, str], tuple[bool, dict[str, Any]]] = field(default_factory=dict)


@contextmanager
def provisioning(connection: Connection, *, lock: str | None = None) -> Iterator[None]:
    """Run the block in one transaction as the role that may write the tenancy tables and nothing else.

    lock: slug of a province that nobody else may change meanwhile.
    """
    # A plan prepared while the tables were empty would go on reading all of them when they are full.
    connection.prepare_threshold = None
    with connection.transaction():
        connection.execute("SET LOCAL ROLE tiepdan_provision")
        if lock is not None:
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"tiepdan.province.{lock}"])
        yield


def read_province(connection: Connection, slug: str) -> StoredProvince:
    """Read what is stored of a province."""
    with connection.cursor(row_factory=dict_row) as cursor:
        head = cursor.execute(
            "SELECT id, code, name, as_of, regime, catalogue FROM province WHERE slug = %s", [slug]
        ).fetchone()
    if head is None:
        return StoredProvince()
    province_id = head.pop("id")
    with connection.cursor(row_factory=class_row(StoredTenant)) as cursor:
        tenants = cursor.execute(
            "SELECT id, slug, name, short_name, kind, branch, level, regime, catalogue, unit_level,"
            " unit_code, path::text AS path, superior_id, state"
            " FROM tenant WHERE province_id = %s ORDER BY nlevel(path), id",
            [province_id],
        ).fetchall()
    ids = [tenant.id for tenant in tenants]
    superiors: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for tenant_id, *row in connection.execute(
        "SELECT tenant_id, superior_id, valid_from, valid_to FROM superior"
        " WHERE tenant_id = ANY(%s) ORDER BY valid_from",
        [ids],
    ):
        superiors[tenant_id].append((row[0], row[1], row[2]))
    lines: dict[LineKey, list[Period]] = defaultdict(list)
    for sender, receiver, report, since, until in connection.execute(
        "SELECT from_tenant_id, to_tenant_id, report, valid_from, valid_to FROM reporting_line"
        " WHERE from_tenant_id = ANY(%s) ORDER BY valid_from",
        [ids],
    ):
        lines[sender, receiver, report].append((since, until))
    hosts = connection.execute("SELECT name, tenant_id FROM host WHERE tenant_id = ANY(%s)", [ids]).fetchall()
    plugins = connection.execute(
        "SELECT tenant_id, plugin, locked, settings FROM tenant_plugin WHERE tenant_id = ANY(%s)", [ids]
    ).fetchall()
    return StoredProvince(
        id=province_id,
        head=head,
        tenants={tenant.slug: tenant for tenant in tenants},
        superiors=superiors,
        lines=lines,
        hosts=dict(hosts),
        plugins={(tenant_id, name): (locked, settings) for tenant_id, name, locked, settings in plugins},
    )


def former_holders(connection: Connection, slugs: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return which of these slugs lead on to a tenant that had them before: each with its id and present slug."""
    rows = connection.execute(
        "SELECT former_slug.slug, tenant.id, tenant.slug FROM former_slug JOIN tenant ON tenant.id = tenant_id"
        " WHERE former_slug.slug = ANY(%s)",
        [list(slugs)],
    ).fetchall()
    return {slug: (tenant_id, present) for slug, tenant_id, present in rows}


def taken_elsewhere(
    connection: Connection, province_id: int | None, slugs: Collection[str], hosts: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return which slugs and hosts other provinces hold: each with the slug of that province."""
    taken_slugs = connection.execute(
        "SELECT tenant.slug, province.slug FROM tenant JOIN province ON province.id = tenant.province_id"
        " WHERE tenant.slug = ANY(%s) AND tenant.province_id IS DISTINCT FROM %s",
        [list(slugs), province_id],
    ).fetchall()
    taken_hosts = connection.execute(
        "SELECT host.name, province.slug FROM host JOIN tenant ON tenant.id = host.tenant_id"
        " JOIN province ON province.id = tenant.province_id"
        " WHERE host.name = ANY(%s) AND tenant.province_id IS DISTINCT FROM %s",
        [list(hosts), province_id],
    ).fetchall()
    return dict(taken_slugs), dict(taken_hosts)
