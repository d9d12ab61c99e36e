"""The demo as a stranger gets it: built once into a database of its own, served by gunicorn with its worker."""

import base64
import os
import secrets
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import PASSWORD as _TESTS_PASSWORD
from tiepdan.demo.accounts import PASSWORD
from tiepdan.operations.services import GUNICORN_CONFIG, own_words
from tiepdan.operations.supervisor import Command
from tiepdan.operations.up import wait_until_ready

assert PASSWORD != _TESTS_PASSWORD  # the demo has its own, printed for everybody

ADDRESS = "127.0.0.1"
BUILD_SECONDS = 600


@dataclass(frozen=True)
class ServedDemo:
    """Where the demo answers, and what its commands need to know.

    address: `http://127.0.0.1:port`, without a slash.
    environ: the environment of the platform's own commands.
    folder: holds the logs.
    """

    address: str
    environ: Mapping[str, str]
    folder: Path

    def log(self) -> str:
        """Give the end of what the web server said."""
        return "\n".join((self.folder / "web.log").read_text(errors="replace").splitlines()[-40:])


def demo_environ(database_url: str, owner_url: str, redis_url: str, folder: Path, port: int) -> dict[str, str]:
    """Describe an installation of the demo, with secrets of this run only."""
    metrics = folder / "metrics"
    attachments = folder / "attachments"
    for one in (metrics, attachments):
        one.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DATABASE_OWNER_URL": owner_url,
        "REDIS_URL": redis_url,
        "TIEPDAN_SECRET_KEY": secrets.token_urlsafe(48),
        "TIEPDAN_ROOT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "TIEPDAN_ENVIRONMENT": "demo",
        "TIEPDAN_CLOCK": "2024-06-28",
        "TIEPDAN_ATTACHMENTS": str(attachments),
        "TIEPDAN_METRICS_PORT": "0",
        "TIEPDAN_LOG_LEVEL": "warning",
        "TIEPDAN_BIND": f"{ADDRESS}:{port}",
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        "WEB_CONCURRENCY": "1",
        "PYTHONUTF8": "1",
    }


@contextmanager
def serve_demo(environ: dict[str, str], folder: Path, port: int) -> Iterator[ServedDemo]:
    """Build the demo and serve it until the end of the block."""
    built = subprocess.run(
        own_words("demo", "--result", str(folder / "demo.txt")),
        env=environ, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    gunicorn = [own_words()[0], "-m", "gunicorn", "--config", str(GUNICORN_CONFIG)]
    with ExitStack() as stack:
        web = Command("web", gunicorn, environ=environ, log=folder / "web.log")
        worker = Command("worker", own_words("worker"), environ=environ, log=folder / "worker.log")
        for service in (web, worker):
            service.start()
            stack.callback(service.stop)
        wait_until_ready(ADDRESS, port, web)
        # What `tiepdan up` does every minute, once: overdue clocks become escalations, in the worker.
        subprocess.run(own_words("sweep"), env=environ, capture_output=True, timeout=BUILD_SECONDS, check=True)
        yield ServedDemo(f"http://{ADDRESS}:{port}", environ, folder)


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
