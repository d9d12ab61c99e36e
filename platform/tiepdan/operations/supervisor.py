"""Keep a few processes running: start, watch, restart with growing pauses, stop without a trace."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Self

from tiepdan.embedded import process

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A service that ran this long is healthy again: its next crash starts with the first pause.
HEALTHY_AFTER = 60.0
LARGEST_LOG = 10_000_000

type Say = Callable[[str], None]


class Service(Protocol):
    """Something that runs until it is stopped: a server or a command."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def log(self) -> Path: ...  # noqa: D102
    @property
    def is_running(self) -> bool: ...  # noqa: D102
    def start(self) -> object: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102


class Command:
    """A service that is a command of ours, with its output in a log file.

    stop_signals: sent one after another, each with `patience` seconds, before force is used.
    """

    def __init__(
        self,
        name: str,
        words: Sequence[str | Path],
        *,
        environ: Mapping[str, str],
        log: Path,
        stop_signals: tuple[signal.Signals, ...] = (signal.SIGTERM,),
        patience: float = 8.0,
    ) -> None:
        self.name = name
        self.words = words
        self.environ = environ
        self.log = log
        self.stop_signals = stop_signals
        self.patience = patience
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How the process ended; None while it runs."""
        return self._process.poll() if self._process is not None else None

    def start(self) -> None:
        """Start the command; it ends with us."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self._process = process.launch(self.words, environ=self.environ, output=output)

    def wait(self) -> int:
        """Wait for the end of a command that ends by itself; give its exit code."""
        assert self._process is not None
        return self._process.wait()

    def ask_to_stop(self) -> None:
        """Send the first stop signal without waiting, so that several can stop at once."""
        if self.is_running and self._process is not None:
            self._process.send_signal(self.stop_signals[0])

    def stop(self) -> None:
        """Stop the command and everything it started."""
        if self._process is not None:
            process.stop(self._process, *self.stop_signals, patience=self.patience)

    def end_of_log(self, lines: int = 15) -> str:
        """Return the last lines the command said."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class StepFailed(Exception):
    """A command that must succeed did not; the message ends with what it said last."""


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception: no handler of faults may swallow it."""


class Supervisor:
    """Owns the services: the first started is the last stopped.

    It becomes the parent of every orphan below it, so that nothing outlives it unseen.
    """

    def __init__(self, say: Say) -> None:
        self.say = say
        self.services: list[Service] = []
        self._started_at: dict[str, float] = {}
        self._pause: dict[str, float] = {}
        self._restart_at: dict[str, float] = {}

    def __enter__(self) -> Self:
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _raise_stopped)
        return self

    def __exit__(self, *_: object) -> None:
        # A second Ctrl-C must not interrupt the stopping.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.stop_all()

    def start(self, service: Service) -> None:
        """Start a service and watch it from now on."""
        self.services.append(service)
        service.start()
        self._started_at[service.name] = time.monotonic()

    def start_all(self, services: Sequence[Service]) -> None:
        """Start those that were not started yet."""
        for service in services:
            if service not in self.services:
                self.start(service)

    def forget(self, service: Service) -> None:
        """No longer watch a service that ended by itself."""
        self.services.remove(service)

    def run_step(self, command: Command) -> None:
        """Run a command that ends by itself. Raises StepFailed if it fails."""
        self.start(command)
        code = command.wait()
        self.forget(command)
        if code != 0:
            raise StepFailed(
                f"Bước {command.name} thất bại (mã thoát {code}) / step {command.name} failed; "
                f"log: {command.log}\n{command.end_of_log()}"
            )

    def watch(self, changed: Callable[[], Sequence[str]] = tuple) -> None:
        """Restart what ended, for ever; only Stopped leaves this loop.

        changed: names what was edited since it was last asked; our own commands are then started anew.
        """
        while True:
            for service in self.services:
                if not service.is_running:
                    self._restart(service)
            if edited := changed():
                self._start_anew(edited)
            time.sleep(0.3)

    def _start_anew(self, edited: Sequence[str]) -> None:
        commands = [service for service in self.services if isinstance(service, Command)]
        names = ", ".join(edited)
        self.say(f"{names}: mã nguồn đã đổi, nạp lại… / edited, loading again…")
        for command in commands:
            command.ask_to_stop()
        for command in commands:
            command.stop()
            command.start()
            self._started_at[command.name] = time.monotonic()

    def _restart(self, service: Service) -> None:
        now = time.monotonic()
        name = service.name
        due = self._restart_at.get(name)
        if due is None:
            healthy = now - self._started_at[name] > HEALTHY_AFTER
            pause = FIRST_PAUSE if healthy else min(self._pause.get(name, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
            self._pause[name] = pause
            self._restart_at[name] = now + pause
            code = getattr(service, "exit_code", None)
            ended = "" if code is None else f" (mã thoát / exit code {code})"
            self.say(
                f"{name} đã dừng{ended}; khởi động lại sau {pause:.0f} giây / ended; "
                f"starting again in {pause:.0f} s. Log: {service.log}"
            )
        elif now >= due:
            del self._restart_at[name]
            self._started_at[name] = now
            try:
                service.start()
            except process.EmbeddedError as error:
                self.say(str(error))

    def stop_all(self) -> None:
        """Stop every service, newest first, then whatever orphan is left."""
        commands = [service for service in self.services if isinstance(service, Command)]
        for command in commands:
            command.ask_to_stop()
        for service in reversed(self.services):
            service.stop()
        self.services.clear()
        end_orphans()


def _raise_stopped(_number: int, _frame: object) -> None:
    raise Stopped


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when our parent ends (make was killed, a test was)."""
    _prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_orphans(patience: float = 5.0) -> None:
    """Kill every process that is still below us; returns when none is left or patience ends."""
    until = time.monotonic() + patience
    while (left := children_of(os.getpid())) and time.monotonic() < until:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.05)


def children_of(parent: int) -> list[int]:
    """List the processes whose parent this is (Linux; empty elsewhere)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The command's name is in brackets and may hold anything, spaces and brackets too.
            fields = entry.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(entry.parent.name))
    return found
