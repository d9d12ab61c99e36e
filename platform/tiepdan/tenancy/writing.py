"""Write the plan of one province: bulk statements only, inside the caller's transaction."""

from collections.abc import Iterable
from datetime import timedelta

from psycopg.types.json import Jsonb

from tiepdan.core.crypto import new_tenant_keys
from tiepdan.core.plugins import join
from tiepdan.tenancy.changes import Move, ProvincePlan
from tiepdan.tenancy.difference import head_columns, tenant_columns
from tiepdan.tenancy.stored import Connection


def write_province(connection: Connection, plan: ProvincePlan, root_key: bytes) -> None:
    """Write everything a plan says. A tenant is rows: nothing here is DDL."""
    _Writer(connection, plan, root_key).write()


class _Writer:
    def __init__(self, connection: Connection, plan: ProvincePlan, root_key: bytes) -> None:
        self.connection = connection
        self.plan = plan
        self.province = plan.province
        self.root_key = root_key
        self.ids = dict(plan.ids)  # by slug of the file
        self.superiors = {tenant.id: tenant.superior_id for tenant in plan.stored.tenants.values()}
        self.paths: dict[int, str] = {}

    def write(self) -> None:
        province_id = self._write_head()
        self._allocate_ids()
        for move in self.plan.moves:
            self.superiors[move.tenant_id] = self.ids[move.superior] if move.superior else None
        self._write_columns()
        self._create(province_id)
        for move in self.plan.moves:
            self._move(move)
        self._write_paths()
        self._write_lines()
        self._write_hosts()
        self._write_plugins()

    def _write_head(self) -> int:
        columns = {"slug": self.province.slug, **head_columns(self.province)}
        names = ", ".join(columns)
        row = self.connection.execute(
            f"INSERT INTO province ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - our own names
            f" ON CONFLICT (slug) DO UPDATE SET ({names}, applied_at) ="
            f" ROW ({', '.join(f'excluded.{name}' for name in columns)}, now()) RETURNING id",
            list(columns.values()),
        ).fetchone()
        assert row is not None
        province_id: int = row[0]
        return province_id

    def _allocate_ids(self) -> None:
        """Take the ids of all new bodies from the sequence at once: paths need them before the rows exist."""
        if not self.plan.new:
            return
        rows = self.connection.execute(
            "SELECT nextval(pg_get_serial_sequence('tenant', 'id')) FROM generate_series(1, %s)",
            [len(self.plan.new)],
        )
        for (tenant_id,), body in zip(rows, self.plan.new, strict=True):
            self.ids[body.slug] = tenant_id
        for body in self.plan.new:
            self.superiors[self.ids[body.slug]] = self.ids[body.superior] if body.superior else None

    def _path(self, tenant_id: int) -> str:
        """Return the path of a tenant as it will be."""
        if tenant_id not in self.paths:
            above = self.superiors[tenant_id]
            self.paths[tenant_id] = f"t{tenant_id}" if above is None else f"{self._path(above)}.t{tenant_id}"
        return self.paths[tenant_id]

    def _write_columns(self) -> None:
        former = {tenant.id: tenant.slug for tenant in self.plan.stored.tenants.values()}
        for tenant_id, columns in self.plan.updates.items():
            if "slug" in columns:  # its old addresses lead on; a slug it had before is its own again
                self.connection.execute(
                    "DELETE FROM former_slug WHERE slug = %s AND tenant_id = %s", [columns["slug"], tenant_id]
                )
                self.connection.execute(
                    "INSERT INTO former_slug (slug, tenant_id) VALUES (%s, %s)", [former[tenant_id], tenant_id]
                )
            assignments = ", ".join(f"{name} = %s" for name in columns)
            self.connection.execute(
                f"UPDATE tenant SET {assignments}, version = version + 1 WHERE id = %s",  # noqa: S608 - our own names
                [*columns.values(), tenant_id],
            )

    def _create(self, province_id: int) -> None:
        new = [(self.ids[body.slug], body) for body in self.plan.new]
        if not new:
            return
        keys = {tenant_id: new_tenant_keys(self.root_key, tenant_id) for tenant_id, _body in new}
        stated = tuple(tenant_columns(self.province, new[0][1]))
        self._copy(
            "tenant",
            ("id", *stated, "kind", "branch", "path", "superior_id", "province_id", "state", "public_key"),
            (
                (
                    tenant_id,
                    *tenant_columns(self.province, body).values(),
                    body.kind.value,
                    body.branch.value,
                    self._path(tenant_id),
                    self.superiors[tenant_id],
                    province_id,
                    body.state,
                    keys[tenant_id].public_key,
                )
                for tenant_id, body in new
            ),
        )
        self._copy(
            "tenant_key",
            ("tenant_id", "version", "wrapped_key", "wrapped_private_key"),
            ((tenant_id, 1, key.wrapped_key, key.wrapped_private_key) for tenant_id, key in keys.items()),
        )
        self._copy(
            "superior",
            ("tenant_id", "superior_id", "valid_from"),
            ((tenant_id, self.ids[body.superior], body.since) for tenant_id, body in new if body.superior),
        )

    def _move(self, move: Move) -> None:
        """End the relation to the old superior the day before, begin the new one: history stays."""
        above = self.superiors[move.tenant_id]
        # A relation that began on the very day is corrected, not ended before it began.
        self.connection.execute(
            "DELETE FROM superior WHERE tenant_id = %s AND valid_from = %s AND valid_to IS NULL",
            [move.tenant_id, move.since],
        )
        self.connection.execute(
            "UPDATE superior SET valid_to = %s WHERE tenant_id = %s AND valid_to IS NULL",
            [move.since - timedelta(days=1), move.tenant_id],
        )
        if above is not None:
            self.connection.execute(
                "INSERT INTO superior (tenant_id, superior_id, valid_from) VALUES (%s, %s, %s)",
                [move.tenant_id, above, move.since],
            )
        self.connection.execute(
            "UPDATE tenant SET superior_id = %s, version = version + 1 WHERE id = %s", [above, move.tenant_id]
        )

    def _write_paths(self) -> None:
        """Write the paths that moves have changed, those of everything below included."""
        changed = [
            (self._path(tenant.id), tenant.id)
            for tenant in self.plan.stored.tenants.values()
            if self.plan.moves and self._path(tenant.id) != tenant.path
        ]
        if not changed:
            return
        with self.connection.cursor() as cursor:
            cursor.executemany("UPDATE tenant SET path = %s::text::ltree WHERE id = %s", changed)
        paths = {tenant_id: path for path, tenant_id in changed}
        join("tenant_paths_changed", connection=self.connection, paths=paths)

    def _write_lines(self) -> None:
        opened = []
        for step in self.plan.line_steps:
            key = (self.ids[step.sender], self.ids[step.receiver], step.report)
            if step.verb == "open":
                opened.append((*key, step.valid_from, step.valid_to))
                continue
            where = "WHERE from_tenant_id = %s AND to_tenant_id = %s AND report = %s AND valid_from = %s"
            if step.verb == "drop":
                self.connection.execute(
                    f"DELETE FROM reporting_line {where}",  # noqa: S608 - our own names
                    [*key, step.valid_from],
                )
            else:
                self.connection.execute(
                    f"UPDATE reporting_line SET valid_to = %s {where}",  # noqa: S608 - our own names
                    [step.valid_to, *key, step.valid_from],
                )
        if opened:
            self._copy(
                "reporting_line",
                ("from_tenant_id", "to_tenant_id", "report", "valid_from", "valid_to"),
                opened,
            )

    def _write_hosts(self) -> None:
        if self.plan.hosts_gone:
            self.connection.execute("DELETE FROM host WHERE name = ANY(%s)", [self.plan.hosts_gone])
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO host (name, tenant_id) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET tenant_id = excluded.tenant_id",
                [(host, self.ids[slug]) for host, slug in self.plan.hosts.items()],
            )

    def _write_plugins(self) -> None:
        if not self.plan.plugins_gone and not self.plan.plugins:
            return
        with self.connection.cursor() as cursor:
            cursor.execute("UPDATE plugin_epoch SET number = number + 1")
            cursor.executemany("DELETE FROM tenant_plugin WHERE tenant_id = %s AND plugin = %s", self.plan.plugins_gone)
            cursor.executemany(
                "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (tenant_id, plugin)"
                " DO UPDATE SET locked = excluded.locked, settings = excluded.settings",
                [
                    (self.ids[slug], plugin.name, plugin.locked, Jsonb(dict(plugin.settings)))
                    for slug, plugin in self.plan.plugins
                ],
            )

    def _copy(self, table: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
