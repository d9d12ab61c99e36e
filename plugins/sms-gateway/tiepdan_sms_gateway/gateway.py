"""One request to the gateway, and what its answer means."""

import json
import os
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from tiepdan.sdk import Delivery, Message, Sent

TIMEOUT = 10.0  # seconds for each step
_LARGEST_ANSWER = 20_000  # bytes
_PORTS = {"https": 443, "http": 80}
_RECEIPT = re.compile(r"[A-Za-z0-9_.:-]{1,60}")
# What the gateway says about itself, not about the message: the same message may pass later.
_ITS_OWN = frozenset({401, 403, 404, 405, 408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages go and as whom. The token never shows in its repr."""

    url: str
    sender: str
    token: str = field(repr=False)


def read_token(variable: str) -> str:
    """Return the token the operator put into the environment; "" for none."""
    return os.environ.get(variable, "").strip()


def is_allowed(url: str, variable: str) -> bool:
    """Say whether the operator lets what is in a variable be used at an address: `<variable>_FOR` lists origins.

    The address is set by a committee's administrator; without the list they could have the token, and the numbers of
    citizens, sent to any machine, also to one inside the network.
    """
    return _origin(url) in {_origin(each) for each in os.environ.get(f"{variable}_FOR", "").split()} - {None}


def _origin(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None for what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def post_message(gateway: Gateway, message: Message) -> Delivery:
    """Post a message. LATER while nothing of it has left us, UNKNOWN once it may have arrived without an answer."""
    parts = urlsplit(gateway.url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        try:
            connection.connect()
        except OSError:  # no name, nobody listens, no certificate
            return Delivery(Sent.LATER, detail="not_reached")
        try:
            connection.request("POST", _path(gateway.url), _body(gateway, message), _headers(gateway, message))
            return _read(connection.getresponse())
        except TimeoutError:
            return Delivery(Sent.UNKNOWN, detail="timeout")
        except (OSError, HTTPException):
            return Delivery(Sent.UNKNOWN, detail="broken_off")
    finally:
        connection.close()


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _body(gateway: Gateway, message: Message) -> bytes:
    return json.dumps({"from": gateway.sender, "to": message.address, "text": message.text}).encode()


def _headers(gateway: Gateway, message: Message) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {gateway.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": message.key,
    }


def _read(answer: HTTPResponse) -> Delivery:
    """Read an answer: 2xx went, 4xx is refused for good, what the gateway says of itself and 5xx come later."""
    body = answer.read(_LARGEST_ANSWER)
    if 200 <= answer.status < 300:
        return Delivery(Sent.SENT, receipt=_receipt(body))
    if 400 <= answer.status < 500 and answer.status not in _ITS_OWN:
        return Delivery(Sent.REFUSED, detail=f"http_{answer.status}")
    return Delivery(Sent.LATER, detail=f"http_{answer.status}")


def _receipt(body: bytes) -> str:
    try:
        given = json.loads(body).get("id", "")
    except (ValueError, AttributeError):
        return ""
    return str(given) if _RECEIPT.fullmatch(str(given)) else ""
