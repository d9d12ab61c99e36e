"""One signed request to the dispatcher, and what its answer means."""

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from tiepdan.sdk import Delivery, Message, Sent

TIMEOUT = 10.0  # seconds for each step
_LARGEST_ANSWER = 20_000  # bytes
_PORTS = {"https": 443, "http": 80}
_REFUSED = frozenset({400, 410, 413, 422})  # this notice will never pass; anything else may


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where notices go and for which committee. The key never shows in its repr."""

    url: str
    tenant: str
    secret: str = field(repr=False)


def read_secret(variable: str) -> str:
    """Return the signing key the operator put into the environment; "" for none."""
    return os.environ.get(variable, "").strip()


def is_allowed(url: str, variable: str) -> bool:
    """Say whether the operator lets what is in a variable be used at an address: `<variable>_FOR` lists origins.

    The address is set by a committee's administrator; without the list they could have the numbers of citizens sent to
    any machine, also to one inside the network.
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


def sign(secret: str, body: bytes) -> str:
    """Return the signature of a body: HMAC-SHA-256, in hexadecimal. The body holds the key, so none fits another."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post_notice(webhook: Webhook, message: Message) -> Delivery:
    """Post a notice. 202 and 200 went; a notice that may have arrived without an answer is UNKNOWN."""
    notice = {
        "key": message.key,
        "tenant": webhook.tenant,
        "channel": message.channel,
        "to": message.address,
        "subject": message.subject,
        "text": message.text,
    }
    body = json.dumps(notice, ensure_ascii=False, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message.key,
        "X-Tiepdan-Signature": f"sha256={sign(webhook.secret, body)}",
    }
    parts = urlsplit(webhook.url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.connect()
    except OSError:
        return Delivery(Sent.LATER, detail="not_reached")
    try:
        connection.request("POST", f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", body, headers)
        answer = connection.getresponse()
        answer.read(_LARGEST_ANSWER)
    except (OSError, HTTPException) as fault:
        return Delivery(Sent.UNKNOWN, detail="timeout" if isinstance(fault, TimeoutError) else "broken_off")
    finally:
        connection.close()
    if 200 <= answer.status < 300:
        return Delivery(Sent.SENT)
    return Delivery(Sent.REFUSED if answer.status in _REFUSED else Sent.LATER, detail=f"http_{answer.status}")
