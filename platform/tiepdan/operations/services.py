"""The processes `tiepdan up` keeps running."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tiepdan
from tiepdan.config import Settings
from tiepdan.embedded import EmbeddedPostgres, EmbeddedValkey
from tiepdan.operations.supervisor import Command, Service

SWEEP_EVERY_SECONDS = 60
GUNICORN_CONFIG = Path(tiepdan.__file__).parents[1] / "gunicorn.conf.py"


@dataclass(frozen=True, slots=True)
class EmbeddedService:
    """An embedded server as something the supervisor watches."""

    name: str
    server: EmbeddedPostgres | EmbeddedValkey

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.server.log

    @property
    def is_running(self) -> bool:
        """Whether the server is there."""
        return self.server.is_running

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.server.start()

    def stop(self) -> None:
        """Stop it; what was committed stays."""
        self.server.stop()


def own_words(*words: str) -> list[str]:
    """Return the command line of one of our own commands."""
    return [sys.executable, "-m", "tiepdan.operations", *words]


def platform_services(address: str, settings: Settings, environ: Mapping[str, str], logs: Path) -> list[Service]:
    """List the platform's own processes, the web server first.

    address: where metrics are served if they are; the web server reads TIEPDAN_BIND.
    """
    web = [sys.executable, "-m", "gunicorn", "--config", str(GUNICORN_CONFIG)]
    # A worker finishes its job at the first SIGTERM and drops it at the second; the sweep finds it again.
    twice = (signal.SIGTERM, signal.SIGTERM)
    sweep = own_words("sweep", "--every", str(SWEEP_EVERY_SECONDS))
    services: list[Service] = [
        Command("web", web, environ=environ, log=logs / "web.log"),
        Command(
            "worker", own_words("worker"), environ=environ, log=logs / "worker.log",
            stop_signals=twice, patience=4,
        ),
        Command("sweep", sweep, environ=environ, log=logs / "sweep.log"),
    ]  # fmt: skip
    if settings.metrics_port:
        words = own_words("metrics", "--port", str(settings.metrics_port), "--address", address)
        services.append(Command("metrics", words, environ=environ, log=logs / "metrics.log"))
    return services
