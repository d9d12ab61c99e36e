"""The load generator: one process and one keep-alive connection per client, requests ready as bytes.

Written on bare sockets, because a client library would cost more than some of the answers it waits for.
"""

import multiprocessing
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

type MakeRequest = Callable[[int], bytes]

_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a round: answers a second, and the middle latency in seconds."""

    rate: float
    latency: float
    answers: int


class WrongAnswer(Exception):
    """The server answered something else than what is measured."""


class Connection:
    """A keep-alive HTTP/1.1 connection that reads just enough of an answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return status and the whole answer. A connection the server closed is opened again."""
        for attempt in (1, 2):
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self._socket.sendall(request)
                answer = self._read(self._socket)
            except (ConnectionError, BrokenPipeError):
                self._socket = None
                if attempt == 2:
                    raise
            else:
                return int(answer[9:12]), answer
        raise AssertionError("unreachable")

    def _read(self, connection: socket.socket) -> bytes:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            more = connection.recv(65536)
            if not more:
                raise ConnectionError("closed between two answers")
            data += more
        head = data[:end].lower()
        at = head.find(b"\r\ncontent-length:")
        if at < 0:
            raise WrongAnswer(f"no Content-Length in {head[:300]!r}")
        length = int(head[at + 17 :].split(b"\r\n", 1)[0])
        missing = end + 4 + length - len(data)
        parts = [data]
        while missing > 0:
            more = connection.recv(min(missing, 1 << 20))
            if not more:
                raise ConnectionError("closed inside an answer")
            parts.append(more)
            missing -= len(more)
        if b"\r\nconnection: close" in head:
            connection.close()
            self._socket = None
        return b"".join(parts)


def get(path: str, **headers: str) -> bytes:
    """Write a GET request; header names with _ for -."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, body: bytes, **headers: str) -> bytes:
    """Write a form's POST request."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/x-www-form-urlencoded"]
    lines += [
        f"Content-Length: {len(body)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def run_load(port: int, clients: Sequence[MakeRequest], seconds: float, *, status: int = 200) -> Load:
    """Let every client ask as fast as it is answered, all at once, for so long. Raises WrongAnswer."""
    barrier = _FORK.Barrier(len(clients))
    answers = _FORK.Queue()
    workers = [
        _FORK.Process(target=_client, args=(port, make, seconds, status, barrier, answers), daemon=True)
        for make in clients
    ]
    for worker in workers:
        worker.start()
    found = [answers.get(timeout=seconds + 120) for _ in workers]
    for worker in workers:
        worker.join()
    for result in found:
        if isinstance(result, str):
            raise WrongAnswer(result)
    latencies = sorted(latency for _, times in found for latency in times)
    # Each client counts over its own time: the last answer may come after the bell.
    return Load(sum(len(times) / took for took, times in found), latencies[len(latencies) // 2], len(latencies))


def _client(port: int, make: MakeRequest, seconds: float, status: int, barrier: Barrier, answers: Any) -> None:
    try:
        connection, number, latencies = Connection(port), 0, []
        _expect(connection.ask(make(number)), status)  # connected, and this worker has met the tenant
        barrier.wait(60)
        began = now = time.perf_counter()
        while now - began < seconds:
            number += 1
            _expect(connection.ask(make(number)), status)
            then, now = now, time.perf_counter()
            latencies.append(now - then)
        answers.put((now - began, latencies))
    except Exception as error:  # noqa: BLE001 - whatever it is, the bench must hear of it
        barrier.abort()
        answers.put(f"{type(error).__name__}: {error}")


def _expect(answer: tuple[int, bytes], status: int) -> None:
    if answer[0] != status:
        raise WrongAnswer(f"expected {status}, got {answer[1][:2000].decode(errors='replace')}")
