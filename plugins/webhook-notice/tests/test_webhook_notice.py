"""Against a dispatcher that runs in the test: the signature fits the body, and each answer means what it says."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import tiepdan_webhook_notice as plugin
from tiepdan_webhook_notice import webhook as wire

from tiepdan.sdk import Delivery, Message, Sent
from tiepdan.testing import ask

MESSAGE = Message("0190-key", "dispatch", "0912345678", "Có tin mới", "Tỉnh ủy: có tin mới về hồ sơ của ông/bà.")
SECRET = "secret-of-the-test"


class FakeDispatcher:
    """Takes what is signed; answers as it is told."""

    def __init__(self) -> None:
        self.status, self.delay = 202, 0.0
        self.bodies: list[bytes] = []
        dispatcher = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
                fits = self.headers["X-Tiepdan-Signature"] == f"sha256={signature}"
                dispatcher.bodies.append(body)
                time.sleep(dispatcher.delay)
                self.send_response(dispatcher.status if fits else 401)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_words: None
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/notices"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def dispatcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDispatcher]:
    monkeypatch.setenv("TIEPDAN_WEBHOOK_SECRET", SECRET)
    running = FakeDispatcher()
    monkeypatch.setenv("TIEPDAN_WEBHOOK_SECRET_FOR", running.url)
    yield running
    running.stop()


def deliver(plugin_tenants, url: str, message: Message = MESSAGE) -> Delivery | None:
    return ask("deliver_message", plugin, tenant=plugin_tenants.commune, message=message, settings={"url": url})


def test_the_channels_follow_the_settings(plugin_tenants):
    assert ask("channels", plugin, tenant=plugin_tenants.commune) == []
    url = "https://lgsp.example.vn/notices"
    offered = ask("channels", plugin, tenant=plugin_tenants.commune, settings={"url": url, "mails_too": True})
    assert [(channel.key, channel.address) for channel in offered] == [
        ("dispatch", "phone"),
        ("dispatch-mail", "email"),
    ]


def test_a_notice_is_signed_and_says_which_committee(plugin_tenants, dispatcher):
    assert deliver(plugin_tenants, dispatcher.url) == Delivery(Sent.SENT)
    notice = json.loads(dispatcher.bodies[0])
    assert notice == {
        "key": MESSAGE.key, "tenant": plugin_tenants.commune.slug, "channel": "dispatch", "to": MESSAGE.address,
        "subject": MESSAGE.subject, "text": MESSAGE.text,
    }  # fmt: skip


def test_the_same_message_is_the_same_body(plugin_tenants, dispatcher):
    for _time in range(2):
        deliver(plugin_tenants, dispatcher.url)
    assert dispatcher.bodies[0] == dispatcher.bodies[1]


def test_a_wrong_key_is_tried_later(plugin_tenants, dispatcher, monkeypatch):
    monkeypatch.setenv("TIEPDAN_WEBHOOK_SECRET", "another secret")
    assert deliver(plugin_tenants, dispatcher.url) == Delivery(Sent.LATER, detail="http_401")
    monkeypatch.delenv("TIEPDAN_WEBHOOK_SECRET")
    assert deliver(plugin_tenants, dispatcher.url) == Delivery(Sent.LATER, detail="no_secret")


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, Sent.SENT), (422, Sent.REFUSED), (404, Sent.LATER), (500, Sent.LATER)]
)
def test_what_an_answer_means(plugin_tenants, dispatcher, status, outcome):
    dispatcher.status = status
    assert deliver(plugin_tenants, dispatcher.url).outcome is outcome


def test_what_may_have_arrived_is_unknown_and_what_cannot_have_is_later(plugin_tenants, dispatcher, monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    dispatcher.delay = 0.6
    assert deliver(plugin_tenants, dispatcher.url) == Delivery(Sent.UNKNOWN, detail="timeout")
    dispatcher.stop()
    assert deliver(plugin_tenants, dispatcher.url) == Delivery(Sent.LATER, detail="not_reached")


def test_notices_go_only_where_the_operator_lets_them(plugin_tenants, dispatcher, monkeypatch):
    refused = Delivery(Sent.LATER, detail="address_not_allowed")
    assert deliver(plugin_tenants, dispatcher.url.replace("127.0.0.1", "localhost")) == refused
    monkeypatch.delenv("TIEPDAN_WEBHOOK_SECRET_FOR")
    assert deliver(plugin_tenants, dispatcher.url) == refused
    assert dispatcher.bodies == []


def test_another_channel_is_not_its_business(plugin_tenants, dispatcher):
    assert deliver(plugin_tenants, dispatcher.url, Message("k", "sms", "0912345678", "", "x")) is None
    assert SECRET not in repr(wire.Webhook("https://x", "xa", SECRET))
