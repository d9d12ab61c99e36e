"""Web servers of a bench: gunicorn with the platform's configuration, for the platform and for the bare side."""

import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import tiepdan
from tiepdan.operations.supervisor import Command

ROOT = Path(__file__).parents[2]
GUNICORN_CONFIG = Path(tiepdan.__file__).parents[1] / "gunicorn.conf.py"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Web:
    """A running web server."""

    port: int
    log: Path


@contextmanager
def serve(name: str, environ: Mapping[str, str], folder: Path, application: str | None = None) -> Iterator[Web]:
    """Run gunicorn for the block. application: instead of the one the configuration names."""
    port = _free_port()
    path = f"{ROOT}:{environ.get('PYTHONPATH', '')}".rstrip(":")
    words = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(GUNICORN_CONFIG),
        *([application] if application else []),
    ]
    log = folder / f"{name}.log"
    command = Command(
        name, words, environ={**environ, "TIEPDAN_BIND": f"127.0.0.1:{port}", "PYTHONPATH": path}, log=log
    )
    command.start()
    try:
        _wait_until_ready(port, command)
        yield Web(port, log)
    finally:
        command.stop()


def serve_bare(environ: Mapping[str, str], folder: Path) -> "contextmanager[Web]":
    """Run the bare side for the block."""
    return serve("bare", environ, folder, "tests.bench.bare:create_bare_app()")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, command: Command) -> None:
    """Wait until every worker answers: a dozen good answers in a row on new connections."""
    until, good = time.monotonic() + _PATIENCE, 0
    while good < 12:
        if time.monotonic() > until or not command.is_running:
            raise RuntimeError(f"{command.name} does not come up:\n{command.end_of_log()}")
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            good = good + 1 if connection.getresponse().status == 200 else 0
        except OSError:
            good = 0
            time.sleep(0.1)
        finally:
            connection.close()
