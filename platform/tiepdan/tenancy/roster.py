"""The lists that `tiepdan tenants list` and `show` print, read without an application."""

from datetime import date
from typing import Any

from psycopg.rows import dict_row

from tiepdan.tenancy.stored import Connection, provisioning

_TENANT = (
    "SELECT tenant.slug, tenant.name, tenant.short_name, tenant.kind, tenant.branch, tenant.level,"
    " tenant.state, tenant.regime, tenant.catalogue, tenant.unit_level, tenant.unit_code,"
    " tenant.path::text AS path, above.slug AS superior, province.slug AS province, tenant.id"
    " FROM tenant JOIN province ON province.id = tenant.province_id"
    " LEFT JOIN tenant AS above ON above.id = tenant.superior_id"
)


def list_tenants(
    connection: Connection, *, province: str | None = None, state: str | None = None
) -> list[dict[str, Any]]:
    """Return tenants, each under its superior, branches one after another."""
    with provisioning(connection), connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            _TENANT + " WHERE (%(province)s::text IS NULL OR province.slug = %(province)s)"
            " AND (%(state)s::text IS NULL OR tenant.state = %(state)s)"
            " ORDER BY province.slug, tenant.branch, tenant.path",
            {"province": province, "state": state},
        ).fetchall()


def show_tenant(connection: Connection, slug: str) -> dict[str, Any] | None:
    """Return one tenant with its superiors over time, lines, former slugs, hosts and plugins; None without one."""
    with provisioning(connection), connection.cursor(row_factory=dict_row) as cursor:
        tenant = cursor.execute(_TENANT + " WHERE tenant.slug = %s", [slug]).fetchone()
        if tenant is None:
            return None
        here = [tenant["id"]]
        tenant["children"] = _count(
            cursor.execute("SELECT count(*) FROM tenant WHERE superior_id = %s", here).fetchone()
        )
        tenant["superiors"] = _dated(
            cursor.execute(
                "SELECT tenant.slug, valid_from, valid_to FROM superior"
                " JOIN tenant ON tenant.id = superior.superior_id"
                " WHERE superior.tenant_id = %s ORDER BY valid_from",
                here,
            ).fetchall()
        )
        for key, own, other in (
            ("reports_to", "from_tenant_id", "to_tenant_id"),
            ("reports_from", "to_tenant_id", "from_tenant_id"),
        ):
            tenant[key] = _dated(
                cursor.execute(
                    "SELECT report, tenant.slug, valid_from, valid_to FROM reporting_line"  # noqa: S608 - our own names
                    f" JOIN tenant ON tenant.id = {other} WHERE {own} = %s"
                    " ORDER BY report, tenant.slug, valid_from",
                    here,
                ).fetchall()
            )
        tenant["former_slugs"] = cursor.execute(
            "SELECT slug FROM former_slug WHERE tenant_id = %s ORDER BY given_up_at, slug", here
        ).fetchall()
        tenant["hosts"] = cursor.execute("SELECT name FROM host WHERE tenant_id = %s ORDER BY name", here).fetchall()
        tenant["plugins"] = cursor.execute(
            "SELECT plugin, locked, settings FROM tenant_plugin WHERE tenant_id = %s ORDER BY plugin", here
        ).fetchall()
    return tenant


def _count(row: dict[str, Any] | None) -> int:
    return int(row["count"]) if row else 0


def _dated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows
    ]
