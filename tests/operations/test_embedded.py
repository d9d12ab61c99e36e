"""The embedded servers: roles as they must be, and no process left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tiepdan.embedded import EmbeddedError, EmbeddedPostgres, EmbeddedValkey, create_roles_and_database
from tiepdan.embedded.process import wait_for_exit


def powers(superuser, role):
    return superuser.execute(
        "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("tiepdan_owner", (True, False, False, False)),
        ("tiepdan_app", (True, False, False, False)),
        ("tiepdan_data", (False, False, True, False)),
        ("tiepdan_provision", (False, False, False, False)),
        ("tiepdan_vault", (False, False, False, False)),
        ("tiepdan_sweep", (False, False, False, False)),
    ],
)
def test_every_role_may_what_the_plan_says_and_no_more(superuser, role, expected):
    assert powers(superuser, role) == expected


@pytest.mark.parametrize(
    ("member", "role", "may_enter"),
    [
        ("tiepdan_app", "tiepdan_vault", True),
        ("tiepdan_app", "tiepdan_sweep", True),
        ("tiepdan_app", "tiepdan_data", False),
        ("tiepdan_app", "tiepdan_provision", False),
        ("tiepdan_app", "tiepdan_owner", False),
        ("tiepdan_owner", "tiepdan_data", True),
        ("tiepdan_owner", "tiepdan_provision", True),
        ("tiepdan_owner", "tiepdan_vault", True),
    ],
)
def test_roles_are_entered_openly_and_never_inherited(superuser, member, role, may_enter):
    query = "SELECT pg_has_role(%s, %s, 'SET'), pg_has_role(%s, %s, 'USAGE')"
    assert superuser.execute(query, [member, role, member, role]).fetchone() == (may_enter, False)


def test_the_roles_file_can_be_run_again(servers, superuser):
    for _ in range(2):
        create_roles_and_database(servers.superuser_url, "template_tiepdan", {})
    assert powers(superuser, "tiepdan_data") == (False, False, True, False)


def test_text_sorts_and_folds_as_unicode_without_the_system_locale(superuser):
    row = superuser.execute("SELECT lower('ĐẢNG ỦY'), 'Đ' ~ '\\w', current_setting('server_encoding')").fetchone()
    assert row == ("đảng ủy", True, "UTF8")


def test_data_outlives_a_stop_and_a_stale_lock_file(tmp_path):
    postgres = EmbeddedPostgres(tmp_path / "pg").start()
    with psycopg.connect(postgres.superuser_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.stop()
    postgres.stop()  # twice is fine
    lock = tmp_path / "pg" / "data" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{tmp_path}\n")  # a crash left it; its number is ours now
    os.chown(lock, (tmp_path / "pg" / "data").stat().st_uid, -1)
    with postgres, psycopg.connect(postgres.superuser_url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_data_of_another_major_version_is_refused(tmp_path):
    data = tmp_path / "pg" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedError, match="PostgreSQL 16"):
        EmbeddedPostgres(tmp_path / "pg").start()


def test_a_deep_folder_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("d" * 90)
    with EmbeddedValkey(deep) as valkey:
        assert redis.Redis.from_url(valkey.url).ping()
        assert len(valkey.url) < 110
    assert not valkey.is_running


def test_without_root_the_servers_are_ours_and_with_root_they_are_not_roots(tmp_path):
    with EmbeddedValkey(tmp_path / "valkey") as valkey:
        client = redis.Redis.from_url(valkey.url)
        owner = Path(f"/proc/{client.info('server')['process_id']}").stat().st_uid
        client.close()
    assert owner != 0
    assert os.geteuid() in {0, owner}


PARENT = """
import sys, time
from pathlib import Path
from tiepdan.embedded import EmbeddedPostgres, EmbeddedValkey
folder = Path(sys.argv[1])
postgres, valkey = EmbeddedPostgres(folder / "pg").start(), EmbeddedValkey(folder / "valkey").start()
print(postgres._process.pid, valkey._process.pid, flush=True)
time.sleep(60)
"""


def test_a_killed_parent_takes_the_servers_along(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    pids = [int(word) for word in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 15
    assert all(is_gone(pid) or wait_for_exit(pid, until - time.monotonic()) or is_gone(pid) for pid in pids)


def is_gone(pid):
    """A zombie that nobody reaped yet no longer runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a server on another user's data")
@pytest.mark.parametrize("owner", [0, 1])
def test_root_starts_data_that_another_user_or_root_left(tmp_path, owner):
    postgres = EmbeddedPostgres(tmp_path / "pg").start()
    postgres.stop()
    for entry in (tmp_path / "pg", *(tmp_path / "pg").rglob("*")):
        os.chown(entry, owner, owner)
    with postgres, psycopg.connect(postgres.superuser_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
