"""`/metrics` on a private port of its own, for all processes that share PROMETHEUS_MULTIPROC_DIR."""

import os
import signal
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def empty_folder(folder: Path) -> None:
    """Forget the counts of processes that ended long ago."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)


def serve_metrics(port: int, address: str) -> None:
    """Answer on the private port until SIGTERM.

    Raises KeyError if PROMETHEUS_MULTIPROC_DIR does not say where the counts are.
    """
    Path(os.environ[FOLDER_VARIABLE]).mkdir(mode=0o700, parents=True, exist_ok=True)
    # Blocked before the server's thread starts, so that only sigwait() below takes them.
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    server, _thread = start_http_server(port, addr=address, registry=registry)
    signal.sigwait(signals)
    server.shutdown()
