"""Checks of the database: server, roles, fences, journals, schema, clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg

from tiepdan.operations.findings import Finding
from tiepdan.operations.revision import current_revision, head_revision
from tiepdan.operations.roles import ROLE_QUERY, powers_from_row

type Findings = Iterator[Finding]

OLDEST_SERVER = 18
EXTENSIONS = ("btree_gist", "citext", "ltree", "pg_trgm", "unaccent")
# Deadlines are days, sessions minutes: two clocks further apart than this make both wrong.
ENTERED_ROLES = ("tiepdan_vault", "tiepdan_sweep")
# The platform's own tables: they name a tenant without belonging to it. Every other one is fenced.
PLATFORM_TABLES = frozenset(
    {"former_slug", "host", "plugin_choice", "plugin_stop", "superior", "tenant_key", "tenant_plugin"}
)

LARGEST_DRIFT = timedelta(seconds=5)

_FENCES = """
    SELECT n.nspname || '.' || c.relname, c.relrowsecurity AND c.relforcerowsecurity,
           EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'vault') AND c.relname <> ALL(%s)
      AND EXISTS (SELECT FROM pg_attribute AS a
                  WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
    ORDER BY 1
"""


def check_server(app: psycopg.Connection) -> Findings:
    """PostgreSQL is new enough, stores UTF-8, and speaks UTC."""
    version = app.info.server_version // 10_000
    if version < OLDEST_SERVER:
        yield Finding(
            "database",
            "fault",
            f"PostgreSQL {version}; cần {OLDEST_SERVER} trở lên, hãy nâng cấp máy chủ",
            f"PostgreSQL {version}; needs {OLDEST_SERVER} or newer, upgrade the server",
        )
    else:
        yield Finding("database", "ok", f"PostgreSQL {version}", f"PostgreSQL {version}")
    row = app.execute("SELECT current_setting('server_encoding'), current_setting('timezone')").fetchone()
    encoding, timezone = row or ("?", "?")
    if encoding != "UTF8":
        yield Finding(
            "encoding",
            "fault",
            f"bảng mã {encoding}; tạo lại với UTF8 (xem migrations/roles.sql)",
            f"encoding {encoding}; create the database with UTF8 (see migrations/roles.sql)",
        )
    if timezone != "UTC":
        yield Finding(
            "timezone",
            "warning",
            f"múi giờ {timezone}; chạy lại migrations/roles.sql để đặt UTC",
            f"time zone {timezone}; run migrations/roles.sql again to set UTC",
        )


def check_extensions(app: psycopg.Connection) -> Findings:
    """Every extension the schema needs is installed."""
    present = {name for (name,) in app.execute("SELECT extname FROM pg_extension")}
    if missing := [name for name in EXTENSIONS if name not in present]:
        names = ", ".join(missing)
        yield Finding(
            "extensions",
            "fault",
            f"thiếu {names}; chạy migrations/roles.sql bằng quyền superuser",
            f"{names} missing; run migrations/roles.sql as a superuser",
        )
    else:
        yield Finding("extensions", "ok", ", ".join(EXTENSIONS), ", ".join(EXTENSIONS))


def check_application_role(app: psycopg.Connection) -> Findings:
    """The application's role is held by the fences and can enter the two roles it needs."""
    row = app.execute(ROLE_QUERY).fetchone()
    assert row is not None, "the connected role exists"
    powers = powers_from_row(row)
    if faults := powers.faults():
        why = ", ".join(faults)
        yield Finding(
            "application role",
            "fault",
            f"{powers.name} vượt được hàng rào giữa các cơ quan ({why}); DATABASE_URL phải dùng tiepdan_app",
            f"{powers.name} is not held by row-level security ({why}); make DATABASE_URL use tiepdan_app",
        )
        return
    for role in ENTERED_ROLES:
        # to_regrole: asking about a role that does not exist would be an error, not an answer.
        query = "SELECT coalesce(pg_has_role(current_user, to_regrole(%s)::oid, 'SET'), false)"
        if app.execute(query, [role]).fetchone() != (True,):
            yield Finding(
                "application role",
                "fault",
                f"{powers.name} không vào được {role}; chạy lại migrations/roles.sql",
                f"{powers.name} cannot enter {role}; run migrations/roles.sql again",
            )
            return
    yield Finding("application role", "ok", powers.name, powers.name)


def check_owner_role(owner: psycopg.Connection) -> Findings:
    """The owner owns, and is neither superuser nor free of the fences."""
    row = owner.execute(ROLE_QUERY).fetchone()
    assert row is not None, "the connected role exists"
    powers = powers_from_row(row)
    if powers.is_superuser or powers.bypasses_fences:
        yield Finding(
            "owner",
            "fault",
            f"{powers.name} là superuser hoặc có BYPASSRLS; dùng tiepdan_owner (xem migrations/roles.sql)",
            f"{powers.name} is superuser or has BYPASSRLS; use tiepdan_owner (see migrations/roles.sql)",
        )
    elif not powers.owns_database:
        yield Finding(
            "owner",
            "fault",
            f"{powers.name} không sở hữu cơ sở dữ liệu; chạy lại migrations/roles.sql",
            f"{powers.name} does not own the database; run migrations/roles.sql again",
        )
    else:
        yield Finding("owner", "ok", powers.name, powers.name)


def check_fences(app: psycopg.Connection) -> Findings:
    """Every table with tenant_id has forced row-level security and at least one policy."""
    rows = app.execute(_FENCES, [sorted(PLATFORM_TABLES)]).fetchall()
    open_tables = [table for table, forced, has_policy in rows if not (forced and has_policy)]
    if open_tables:
        names = ", ".join(open_tables)
        yield Finding(
            "fences",
            "fault",
            f"bảng chưa có hàng rào: {names}; DỪNG hệ thống, chạy `tiepdan migrate` của phiên bản này",
            f"tables without a forced fence: {names}; STOP serving, run this version's `tiepdan migrate`",
        )
    else:
        yield Finding("fences", "ok", f"{len(rows)} bảng", f"{len(rows)} tables")


def check_journals(app: psycopg.Connection) -> Findings:
    """The application cannot change or delete what was journalled (tables with the append-only trigger)."""
    rows = app.execute(
        """
        SELECT c.oid::regclass::text FROM pg_class AS c
        JOIN pg_trigger AS t ON t.tgrelid = c.oid AND t.tgname = 'append_only'
        WHERE has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
           OR t.tgenabled = 'D'
        """
    ).fetchall()
    if rows:
        names = ", ".join(name for (name,) in rows)
        yield Finding(
            "journal",
            "fault",
            f"nhật ký sửa được: {names}; thu hồi UPDATE, DELETE, bật trigger append_only",
            f"journals can be changed: {names}; revoke UPDATE, DELETE and enable the append_only trigger",
        )
    else:
        yield Finding("journal", "ok", "chỉ thêm", "append-only")


def check_migrations(app: psycopg.Connection) -> Findings:
    """The schema is the one this code was written for."""
    head, current = head_revision(), current_revision(app)
    if current != head:
        yield Finding(
            "migrations",
            "fault",
            f"đang ở {current}, phiên bản này cần {head}; chạy `tiepdan migrate`",
            f"at {current}, this version needs {head}; run `tiepdan migrate`",
        )
    else:
        yield Finding("migrations", "ok", str(head), str(head))


def check_clock(app: psycopg.Connection) -> Findings:
    """Our clock and the database's agree."""
    before = datetime.now(UTC)
    row = app.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    middle = before + (datetime.now(UTC) - before) / 2
    drift = abs(row[0] - middle)
    seconds = f"{drift.total_seconds():.1f} s"
    if drift > LARGEST_DRIFT:
        yield Finding(
            "clock",
            "fault",
            f"lệch {seconds} so với máy chủ cơ sở dữ liệu; bật đồng bộ giờ (chrony, NTP)",
            f"{seconds} away from the database server; switch on time synchronisation (chrony, NTP)",
        )
    else:
        yield Finding("clock", "ok", f"lệch {seconds}", f"drift {seconds}")
