"""`tiepdan up`: starts, says ready, keeps data, restarts what crashes, leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tiepdan.operations.up import UpError, check_port

pytestmark = pytest.mark.slow


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A `tiepdan up` in a process of its own, its output line by line."""

    def __init__(self, state: Path, *words: str, **environ: str) -> None:
        self.port = free_port()
        self.state = state
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("TIEPDAN_", "DATABASE_", "REDIS_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tiepdan.operations", "up", "--port", str(self.port), "--state", str(state), *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            env=clean | {"TIEPDAN_ENVIRONMENT": "demo", "PYTHONUNBUFFERED": "1"} | environ,
        )  # fmt: skip
        self.lines: list[str] = []

    def wait_for(self, pattern: str) -> str:
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if re.search(pattern, line):
                return line
        raise AssertionError(f"{pattern!r} never came:\n" + "\n".join(self.lines))

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def get(self, path: str) -> tuple[int, bytes]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read()


@contextmanager
def running(state, *words, **environ):
    up = Running(state, *words, **environ)
    try:
        yield up
    finally:
        if up.process.poll() is None:
            up.process.kill()
        up.process.wait()
        up.process.stdout.close()


def alive(processes):
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_it_starts_answers_stops_and_keeps_its_data(tmp_path):
    state = tmp_path / "state"
    with running(state) as up:
        up.wait_for(rf"^ready: http://127\.0\.0\.1:{up.port}")
        assert up.get("/healthz")[0] == 200
        family = up.family()
        names = {p.name() for p in family}
        assert "postgres" in names
        assert "valkey-server" in names
        up.process.send_signal(signal.SIGTERM)
        up.wait_for("Stopped")
        assert up.process.wait(30) == 0
        psutil.wait_procs(family, 2)
        assert alive(family) == []
    secrets = (state / "secrets.json").read_text()
    with running(state) as again:
        began = time.monotonic()
        again.wait_for("^ready: ")
        assert time.monotonic() - began < 30  # ten on a machine that does nothing else
        assert (state / "secrets.json").read_text() == secrets
        family = again.family()
        again.process.send_signal(signal.SIGKILL)  # not even then may anything stay
        again.process.wait()
        psutil.wait_procs(family, 30)
        assert alive(family) == []


def test_a_crashed_service_comes_back_and_a_second_start_is_refused(tmp_path):
    with running(tmp_path / "state") as up:
        up.wait_for("^ready: ")
        second = Running(tmp_path / "state")
        second.wait_for("already runs")
        assert second.process.wait(10) == 1
        second.process.stdout.close()
        for victim in up.family():
            if victim.name() == "valkey-server":
                victim.kill()
        up.wait_for(r"valkey .*starting again")
        until = time.monotonic() + 30
        while b'"queue":"up"' not in up.get("/readyz")[1].replace(b" ", b"") and time.monotonic() < until:
            time.sleep(0.2)
        assert b"up" in up.get("/readyz")[1]
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(30) == 0


def test_a_failing_migration_ends_everything_with_its_reason(tmp_path):
    with running(tmp_path / "state", TIEPDAN_LOG_LEVEL="LOUD") as up:
        up.wait_for("TIEPDAN_LOG_LEVEL")
        assert up.process.wait(30) == 1


def test_half_an_external_database_is_refused(tmp_path):
    with running(tmp_path / "state", DATABASE_URL="postgresql://tiepdan_app:k8w2@127.0.0.1:9/tiepdan") as up:
        up.wait_for("DATABASE_OWNER_URL")
        assert up.process.wait(30) == 1


def test_a_port_in_use_is_told_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UpError, match=f"make demo PORT={port + 1}"):
            check_port("127.0.0.1", port)


def test_reset_starts_over_with_fresh_secrets(tmp_path):
    state = tmp_path / "state"
    state.mkdir()
    (state / "secrets.json").write_text(
        '{"secret_key": "?", "root_key": "?", "owner_password": "?", "app_password": "?"}'
    )
    with running(state, "--reset") as up:
        up.wait_for("preparing the database")
        assert '"?"' not in (state / "secrets.json").read_text()
        up.process.send_signal(signal.SIGTERM)
        assert up.process.wait(30) == 0
