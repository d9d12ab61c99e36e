"""`tiepdan doctor` finds each fault and says what to do; start-up refuses an unsafe role."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import redis
import sqlalchemy as sa
from click.testing import CliRunner
from rq import Queue
from rq.serializers import JSONSerializer

from tiepdan.operations.commands import operations
from tiepdan.operations.doctor import UnsafeRole, examine, is_healthy, refuse_unsafe_role


def faults(environ):
    return {finding.check: finding for finding in examine(environ) if finding.outcome == "fault"}


def damage(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_a_healthy_installation_has_no_fault(doctor_environ):
    findings = examine(doctor_environ)
    assert [finding for finding in findings if finding.outcome != "ok"] == []
    assert {"database", "application role", "owner", "fences", "journal", "migrations", "clock", "keys", "queue",
            "disk", "calendar", "extensions"} <= {finding.check for finding in findings}  # fmt: skip
    assert is_healthy(findings)


def test_a_superuser_as_application_role_is_a_fault(doctor_environ, scratch_database):
    found = faults(doctor_environ | {"DATABASE_URL": scratch_database("postgres")})
    assert "SUPERUSER" in found["application role"].en
    assert "tiepdan_app" in found["application role"].vi


def test_the_owner_as_application_role_is_a_fault(doctor_environ, scratch_database):
    environ = doctor_environ | {"DATABASE_URL": scratch_database("owner")}
    del environ["DATABASE_OWNER_URL"]
    assert "tiepdan_data" in faults(environ)["application role"].en


@pytest.fixture
def bypassing_url(servers, scratch_database):
    """An application role that somebody gave BYPASSRLS."""
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS careless")
        connection.execute("CREATE ROLE careless LOGIN BYPASSRLS PASSWORD 'k8w2' IN ROLE tiepdan_app")
        url = scratch_database("app")
        yield f"postgresql://careless:k8w2@{url.split('@', 1)[1]}"
        connection.execute("DROP ROLE careless")


def test_a_role_that_bypasses_the_fences_is_a_fault(doctor_environ, bypassing_url):
    assert "BYPASSRLS" in faults(doctor_environ | {"DATABASE_URL": bypassing_url})["application role"].en


def test_start_up_refuses_unsafe_roles_and_takes_the_right_one(scratch_database, bypassing_url):
    for url in (scratch_database("postgres"), scratch_database("owner"), bypassing_url):
        engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
        with pytest.raises(UnsafeRole, match="tiepdan_app"):
            refuse_unsafe_role(engine)
        engine.dispose()
    engine = sa.create_engine(sa.make_url(scratch_database("app")).set(drivername="postgresql+psycopg"))
    refuse_unsafe_role(engine)
    engine.dispose()


def test_a_superuser_as_owner_is_a_fault(doctor_environ, scratch_database):
    assert "owner" in faults(doctor_environ | {"DATABASE_OWNER_URL": scratch_database("postgres")})


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE forgotten (tenant_id int)",
        "CREATE TABLE forgotten (tenant_id int); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY",
        """CREATE TABLE forgotten (tenant_id int); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY;
        ALTER TABLE forgotten FORCE ROW LEVEL SECURITY""",
    ],
)
def test_a_tenants_table_without_a_whole_fence_is_a_fault(doctor_environ, scratch_database, statement):
    damage(scratch_database("owner"), statement)
    assert "public.forgotten" in faults(doctor_environ)["fences"].en


def test_a_missing_migration_is_a_fault(doctor_environ, scratch_database):
    damage(scratch_database("owner"), "UPDATE alembic_version SET version_num = 'old'")
    assert "tiepdan migrate" in faults(doctor_environ)["migrations"].en


def test_a_missing_extension_is_a_fault(doctor_environ, scratch_database):
    damage(scratch_database("postgres"), "DROP EXTENSION unaccent CASCADE")
    assert "unaccent" in faults(doctor_environ)["extensions"].en


def test_a_wrong_root_key_is_a_fault(doctor_environ, scratch_database):
    damage(
        scratch_database("postgres"),
        """
        WITH p AS (INSERT INTO province (slug, code, name, as_of, regime, catalogue)
                   VALUES ('p', '20', 'Tỉnh', '2022-06-30', 'three-levels', '2022') RETURNING id),
             t AS (INSERT INTO tenant (id, slug, name, short_name, kind, branch, level, regime, catalogue,
                                       unit_level, unit_code, path, province_id, public_key)
                   OVERRIDING SYSTEM VALUE
                   SELECT 1, 't', 'T', 'T', 'party_committee', 'party', 'province', 'three-levels', '2022',
                          'province', '20', 't1', id, '\\x00' FROM p RETURNING id)
        INSERT INTO tenant_key (tenant_id, wrapped_key, wrapped_private_key) SELECT id, '\\x01', '\\x01' FROM t
        """,
    )
    assert "TIEPDAN_ROOT_KEY" in faults(doctor_environ)["keys"].en


def test_an_unreachable_database_hides_only_its_own_checks(doctor_environ):
    environ = doctor_environ | {"DATABASE_URL": "postgresql://tiepdan_app:k8w2@127.0.0.1:9/tiepdan"}
    assert set(faults(environ)) == {"database"}


def test_an_unreachable_queue_is_a_fault(doctor_environ):
    assert set(faults(doctor_environ | {"REDIS_URL": "redis://127.0.0.1:9/0"})) == {"queue"}


def test_a_job_that_waits_too_long_is_a_fault(doctor_environ):
    client = redis.Redis.from_url(doctor_environ["REDIS_URL"])
    queue = Queue("bulk", connection=client, serializer=JSONSerializer)
    job = queue.enqueue("tiepdan.worker.run_job", "nothing", None, [])
    job.enqueued_at = datetime.now(UTC) - timedelta(minutes=30)
    job.save()
    try:
        assert "tiepdan worker" in faults(doctor_environ)["queue"].en
    finally:
        queue.delete()
        client.close()


def test_an_attachments_folder_that_is_a_file_is_a_fault(doctor_environ, tmp_path):
    (tmp_path / "file").write_text("")
    assert set(faults(doctor_environ | {"TIEPDAN_ATTACHMENTS": str(tmp_path / "file")})) == {"disk"}


def test_holidays_not_yet_announced_are_a_warning(doctor_environ):
    findings = examine(doctor_environ | {"TIEPDAN_CLOCK": "2060-01-04"})
    assert [finding.check for finding in findings if finding.outcome == "warning"] == ["calendar"]
    assert is_healthy(findings)


def test_the_command_prints_json_and_its_exit_code_tells(doctor_environ, monkeypatch):
    for name, value in doctor_environ.items():
        monkeypatch.setenv(name, value)
    good = CliRunner().invoke(operations, ["doctor", "--json"])
    assert good.exit_code == 0
    assert all(finding["outcome"] == "ok" for finding in json.loads(good.output))
    monkeypatch.delenv("TIEPDAN_ROOT_KEY")
    bad = CliRunner().invoke(operations, ["doctor"])
    assert bad.exit_code == 1
    assert "TIEPDAN_ROOT_KEY" in bad.output


def test_production_without_its_domain_is_warned(good_environ):
    def domain_of(environ):
        return [finding for finding in examine(environ) if finding.check == "base domain"]

    environ = good_environ | {"DATABASE_URL": "postgresql://tiepdan_app:8uZq4vTt1w@127.0.0.1:1/tiepdan",
                              "REDIS_URL": "redis://127.0.0.1:1/0"}  # fmt: skip
    missing = domain_of(environ)
    assert [finding.outcome for finding in missing] == ["warning"]
    assert "TIEPDAN_BASE_DOMAIN" in missing[0].vi
    assert [finding.outcome for finding in domain_of(environ | {"TIEPDAN_BASE_DOMAIN": "tiepdan.example.vn"})] == ["ok"]
    assert domain_of(environ | {"TIEPDAN_ENVIRONMENT": "demo"}) == []
