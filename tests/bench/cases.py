"""Cases of the whole nation, written by tiepdan_data with INSERT … SELECT: what three years of work would leave.

Every table that a registration writes gets its rows, and they agree with each other. Ciphertexts are of the right
length and open nowhere, except those of the tenants that are measured (`secrets.py`).
"""

from collections.abc import Callable, Mapping

import psycopg

from tests.bench.installation import BUSINESS_DAY, Database
from tiepdan.deadlines.clock_words import CheckKind
from tiepdan.deadlines.provisions import NORMAL

# Committees of all levels receive petitions; sizes are log-normal: a busy ward has a hundred times a quiet commune's.
_SIZES = """
CREATE TEMP TABLE size AS
WITH weighed AS (
    SELECT id AS tenant_id, path::text AS path,
           CASE level WHEN 'province' THEN 10 WHEN 'district' THEN 3 ELSE 1 END * exp(random_normal(0, 0.9)) AS weight
      FROM tenant WHERE branch = 'party'
), shared AS (SELECT *, weight / sum(weight) OVER () AS share FROM weighed WHERE NOT tenant_id = ANY(%(fixed)s::int[]))
SELECT tenant_id, path, greatest(1, round(share * %(total)s))::int AS cases FROM shared ORDER BY tenant_id
"""

# One row per case, tenant by tenant, as every index of theirs is sorted. Days run backwards from the business day; the youngest tenth is still being worked on.
_CASES = """
CREATE TEMP TABLE made AS
WITH numbered AS (
    SELECT tenant_id, path, n, cases, n::float8 / cases AS age,  -- 1 is the newest
           (%(day)s::date - 1 - floor((1 - n::float8 / cases) * 910)::int) AS received_on,
           random() AS dice_kind, random() AS dice_status, random() AS dice_field, random() AS dice_flag
      FROM size CROSS JOIN LATERAL generate_series(1, cases) AS n
), worded AS (
    SELECT *,
        CASE WHEN age > 0.97 AND dice_kind < 0.5 THEN NULL WHEN dice_kind < 0.34 THEN 'complaint'
             WHEN dice_kind < 0.45 THEN 'denunciation' WHEN dice_kind < 0.5 THEN 'proposal' ELSE 'feedback' END AS kind,
        CASE WHEN dice_status < 0.01 AND age < 0.9 THEN 'accepted' WHEN age < 0.8 THEN
                CASE WHEN dice_status < 0.80 THEN 'closed' WHEN dice_status < 0.88 THEN 'filed'
                     WHEN dice_status < 0.94 THEN 'guided' WHEN dice_status < 0.9995 THEN 'transferred' ELSE 'returned' END
             WHEN age > 0.97 THEN 'registered'
             ELSE (ARRAY['classified', 'accepted', 'in_progress', 'in_progress', 'resolved'])[1 + floor(dice_status * 5)::int]
        END AS status,
        (ARRAY['land', 'land', 'land', 'policy', 'policy', 'administrative', 'judicial', 'corruption', 'other', 'other'])
            [1 + floor(dice_field * 10)::int] AS field,
        CASE WHEN dice_flag < 0.004 THEN 1 WHEN dice_flag < 0.02 THEN 2 WHEN dice_flag < 0.03 THEN 4
             WHEN dice_flag < 0.0302 THEN 9 ELSE 0 END AS flags
      FROM numbered
)
SELECT tenant_id, path, n, received_on, kind, status, field, flags,
       coalesce(kind = 'denunciation', false) AS sealed,
       CASE WHEN status IN ('closed', 'filed', 'guided', 'transferred', 'returned') THEN received_on + 9 + (dice_flag * 30)::int END AS ended_on,
       received_on + 14 AS notice_due_on,
       CASE WHEN status IN ('registered', 'classified', 'accepted', 'in_progress') THEN received_on + 14 END AS due_on,
       CASE WHEN flags & 1 = 1 THEN 12 ELSE 1 END AS people,
       uuidv7(received_on - now() + n * interval '1 second') AS id,
       uuidv7(received_on - now()) AS matter_id, uuidv7(received_on - now()) AS person_id,
       uuidv7(received_on - now()) AS text_id, uuidv7(received_on - now()) AS clock_id,
       upper(substr(md5(tenant_id || '-' || n), 1, 9)) AS letters
  FROM worded
"""

_TABLES: Mapping[str, str] = {
    "vault.text": """
INSERT INTO vault.text (tenant_id, id, sealed, ciphertext)
SELECT tenant_id, text_id, sealed, substr(%(noise)s::bytea, 1, 260 + n %% 240) FROM made""",
    "vault.person": """
INSERT INTO vault.person (tenant_id, id, sealed, ciphertext, name_hash, identity_hash)
SELECT tenant_id, person_id, sealed, substr(%(noise)s::bytea, 1, 190 + n %% 40),
       CASE WHEN NOT sealed THEN sha256(uuid_send(person_id)) END, CASE WHEN NOT sealed THEN sha256(uuid_send(text_id)) END
  FROM made""",
    "matter": """
INSERT INTO matter (tenant_id, id, code, field, opened_on, closed_on, mass, complex, prolonged, level_skipping)
SELECT tenant_id, matter_id, 'VV-' || letters, field, received_on, ended_on,
       flags & 1 = 1, flags & 2 = 2, flags & 4 = 4, flags & 8 = 8
  FROM made""",
    "petition": """
INSERT INTO petition (tenant_id, id, matter_id, code, register_year, register_number, received_on, origin, kind, field,
                      status, content_id, sealed, people_count, lead_person_id, due_on, notice_due_on,
                      notified_on, classified_on, decided_on, closed_on, outcome, pin_hash, registered_at)
SELECT tenant_id, id, matter_id, 'BN-' || letters, extract(year FROM received_on)::int, n, received_on,
       CASE WHEN n %% 3 = 0 THEN 'post' ELSE 'desk' END, kind, field, status, text_id, sealed, people, person_id, due_on,
       notice_due_on, ended_on, CASE WHEN status <> 'registered' THEN received_on + 3 END, ended_on,
       CASE WHEN status IN ('closed', 'filed') THEN ended_on END,
       CASE status WHEN 'closed' THEN 'answered' WHEN 'filed' THEN 'filed' WHEN 'guided' THEN 'guided'
                   WHEN 'transferred' THEN 'transferred' WHEN 'returned' THEN 'returned' END,
       sha256(uuid_send(id)), received_on + time '08:30'
  FROM made""",
    "petition_person": """
INSERT INTO petition_person (tenant_id, id, petition_id, person_id, role, position)
SELECT tenant_id, uuidv7(), id, person_id, 'petitioner', 1 FROM made""",
    "petition_step": """
INSERT INTO petition_step (tenant_id, id, petition_id, step, from_status, to_status, taken_on, version)
SELECT tenant_id, uuidv7(), id, 'registered', NULL, 'registered', received_on, 1 FROM made""",
    "clock": """
INSERT INTO clock (tenant_id, id, subject_type, subject_id, rule_id, rule_valid_from, variant, event_on, due_on, state,
                   ended_on, warn_on, warn_kinds, checked_on, next_check_at, calendar_version, reference)
SELECT tenant_id, clock_id, 'petition', id, 'PTY-06', '2019-02-18', %(variant)s, received_on, notice_due_on,
       CASE WHEN ended_on IS NULL THEN 'open' WHEN ended_on > notice_due_on THEN 'late' ELSE 'met' END, ended_on,
       ARRAY[notice_due_on - 2], ARRAY[%(warning)s],
       CASE WHEN ended_on IS NULL AND notice_due_on < %(day)s::date THEN %(day)s::date - 1 END,
       -- The sweep has been here today: what is past was looked at, the rest comes on its day.
       CASE WHEN ended_on IS NULL THEN greatest(notice_due_on - 2, %(day)s::date + 1 + n %% 30)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END,
       %(calendar)s, gen_random_uuid()
  FROM made""",
    "clock_event": """
INSERT INTO clock_event (tenant_id, id, clock_id, kind, happened_on, new_due_on)
SELECT tenant_id, uuidv7(), clock_id, 'started', received_on, notice_due_on FROM made""",
    "shared_state": """
INSERT INTO shared_state (tenant_id, id, month, kind, status, field, pending, counted, listed)
SELECT tenant_id, id, date_trunc('month', received_on)::date, coalesce(kind, 'unknown'),
       CASE WHEN listed THEN status ELSE '' END, CASE WHEN listed THEN field ELSE '' END,
       listed AND status NOT IN ('closed', 'filed'), true, listed
  FROM (SELECT *, coalesce(kind, 'denunciation') <> 'denunciation' AS listed FROM made) AS one""",
    "shared_case": """
INSERT INTO shared_case (tenant_id, id, path, code, kind, status, field, received_on, due_on, closed_on, flags, people_count)
SELECT tenant_id, id, path::ltree, 'BN-' || letters, kind, status, field, received_on, due_on,
       CASE WHEN status IN ('closed', 'filed') THEN ended_on END, flags, people
  FROM made WHERE coalesce(kind, 'denunciation') <> 'denunciation'""",
    "shared_count": """
INSERT INTO shared_count (tenant_id, path, month, kind, status, field, pending, count)
SELECT s.tenant_id, size.path::ltree, month, kind, status, field, pending, count(*)
  FROM shared_state s JOIN size USING (tenant_id) GROUP BY 1, 2, 3, 4, 5, 6, 7""",
    "shared_total": """
INSERT INTO shared_total (tenant_id, path, kind, status, pending, count)
SELECT s.tenant_id, size.path::ltree, kind, status, pending, count(*)
  FROM shared_state s JOIN size USING (tenant_id) GROUP BY 1, 2, 3, 4, 5""",
    "register_counter": """
INSERT INTO register_counter (tenant_id, book, year, last_number)
SELECT tenant_id, 'petitions', extract(year FROM received_on)::int, max(n) FROM made GROUP BY 1, 3""",
}


def write_cases(
    database: Database, total: int, fixed: Mapping[int, int], calendar: str, say: Callable[[str], None]
) -> dict[str, int]:
    """Fill an empty, provisioned database with `total` cases; `fixed` tenants get exactly so many of them.

    calendar: version of the working calendar by which the due days count. Returns how many rows each table got.
    """
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        # Rows of one INSERT … SELECT agree by construction: without this, three million of them are looked up
        # eight times each. It is a privilege, and goes again with the connection that used it.
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO tiepdan_data")
    written: dict[str, int] = {}
    values = {"total": total - sum(fixed.values()), "fixed": list(fixed), "day": BUSINESS_DAY, "noise": _noise()}
    values |= {"calendar": calendar, "variant": NORMAL, "warning": CheckKind.NEAR.value}
    with database.as_data() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET work_mem = '256MB'; SET temp_buffers = '256MB'; SET synchronous_commit = off")
        connection.execute("SELECT setseed(0.11)")
        connection.execute(_SIZES, values)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO size SELECT id, path::text, %s FROM tenant WHERE id = %s",
                [(cases, tenant_id) for tenant_id, cases in fixed.items()],
            )
        connection.execute(_CASES, values)
        connection.execute("ANALYZE made")
        for table, statement in _TABLES.items():
            written[table] = connection.execute(statement, values).rowcount
            say(f"{table}: {written[table]:,}")
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("REVOKE SET ON PARAMETER session_replication_role FROM tiepdan_data")
        connection.execute("VACUUM (ANALYZE)")
    return written


def _noise() -> bytes:
    """A blob that begins as a ciphertext does (format, key version) and opens nowhere."""
    return b"\x01\x00\x01" + bytes((7 * number * number + 13) % 251 for number in range(600))
