"""What other slices' steps mean here."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection, sql

from tiepdan.core.db import scope_statement
from tiepdan.core.scope import Scope
from tiepdan.sdk import hookimpl

_TABLES = ("shared_case", "shared_count", "shared_total")


@hookimpl
def tenant_paths_changed(connection: Connection[Any], paths: Mapping[int, str]) -> None:
    """Let the shared rows follow: from this commit on the new superiors read them and the old ones do not.

    Each tenant's rows are written inside its own fence, so no more than its own rows and its own path can be.
    """
    role = connection.execute("SELECT current_user").fetchone()
    assert role is not None
    # Provisioning's role writes the tenancy tables and nothing else. The owner's may write these, as far as their
    # forced policies let it: the rows of the tenant in scope, under its path.
    connection.execute("SET LOCAL ROLE NONE")
    for tenant_id, path in paths.items():
        connection.execute(scope_statement(Scope(tenant_id, "", path)).encode())
        for table in _TABLES:
            connection.execute(
                sql.SQL("UPDATE {} SET path = %s::text::ltree WHERE tenant_id = %s AND path::text <> %s").format(
                    sql.Identifier(table)
                ),
                [path, tenant_id, path],
            )
    connection.execute("SET LOCAL app.tenant_id = ''; SET LOCAL app.tenant_path = ''")
    connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role[0])))
