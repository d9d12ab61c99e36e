"""The periodic sweep: one pass after another, until told to stop."""

import signal
import threading
from collections.abc import Callable


def sweep_repeatedly(sweep: Callable[[], object], every_seconds: float) -> None:
    """Run `sweep` now and then every so many seconds, until SIGTERM or SIGINT.

    A fault ends the process: whoever started us starts us again, and the tables still hold the work.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        sweep()
        stop.wait(every_seconds)
