"""Against a gateway that runs in the test: what goes over the wire, and what each answer means."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import tiepdan_sms_gateway as plugin
from tiepdan_sms_gateway import gateway as wire

from tiepdan.sdk import Delivery, Message, Sent
from tiepdan.testing import ask

MESSAGE = Message("0190-key", "sms", "0912345678", "Có tin mới", "Tinh uy: co tin moi ve ho so cua ong/ba.")
TOKEN = "token-of-the-test"


class FakeGateway:
    """Answers as it is told, remembers what it was asked, and honours the key."""

    def __init__(self) -> None:
        self.status, self.answer, self.delay = 200, b'{"id": "SMS-17"}', 0.0
        self.asked: list[tuple[dict[str, str], dict[str, str]]] = []
        self.brought: dict[str, str] = {}
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
                time.sleep(gateway.delay)
                if gateway.status == 0:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if gateway.status < 300:
                    gateway.brought.setdefault(self.headers["Idempotency-Key"], body["text"])
                self.send_response(gateway.status)
                self.send_header("Content-Length", str(len(gateway.answer)))
                self.end_headers()
                self.wfile.write(gateway.answer)

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_words: None  # it hangs up on purpose
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1/messages?route=gov"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGateway]:
    monkeypatch.setenv("TIEPDAN_SMS_TOKEN", TOKEN)
    running = FakeGateway()
    monkeypatch.setenv("TIEPDAN_SMS_TOKEN_FOR", f"https://sms.example.vn {running.url}")
    yield running
    running.stop()


def deliver(plugin_tenants, url: str, message: Message = MESSAGE) -> Delivery | None:
    settings = {"gateway_url": url}
    return ask("deliver_message", plugin, tenant=plugin_tenants.commune, message=message, settings=settings)


def test_without_a_gateway_there_is_no_channel(plugin_tenants):
    assert ask("channels", plugin, tenant=plugin_tenants.commune) == []
    assert ask("deliver_message", plugin, tenant=plugin_tenants.commune, message=MESSAGE) is None


def test_the_channel_takes_one_text_message(plugin_tenants):
    [channel] = ask(
        "channels", plugin, tenant=plugin_tenants.commune, settings={"gateway_url": "https://sms.example.vn"}
    )
    assert (channel.key, channel.address, channel.longest) == ("sms", "phone", 160)


def test_a_message_goes_with_key_token_and_sender(plugin_tenants, gateway):
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.SENT, receipt="SMS-17")
    [(headers, body)] = gateway.asked
    assert headers["idempotency-key"] == MESSAGE.key
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert body == {"from": "TIEPDAN", "to": MESSAGE.address, "text": MESSAGE.text}


def test_a_gateway_that_honours_the_key_brings_it_once(plugin_tenants, gateway):
    for _time in range(3):
        deliver(plugin_tenants, gateway.url)
    assert gateway.brought == {MESSAGE.key: MESSAGE.text}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (202, Sent.SENT),
        (400, Sent.REFUSED),
        (422, Sent.REFUSED),
        (302, Sent.LATER),
        (401, Sent.LATER),
        (500, Sent.LATER),
    ],
)
def test_what_an_answer_means(plugin_tenants, gateway, status, outcome):
    gateway.status = status
    assert deliver(plugin_tenants, gateway.url).outcome is outcome


def test_an_answer_that_comes_too_late_is_unknown(plugin_tenants, gateway, monkeypatch):
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    gateway.delay = 0.6
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.UNKNOWN, detail="timeout")


def test_a_gateway_that_hangs_up_after_the_request_is_unknown(plugin_tenants, gateway):
    gateway.status = 0
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.UNKNOWN, detail="broken_off")


def test_a_gateway_that_is_not_there_is_tried_later(plugin_tenants, gateway):
    gateway.stop()
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.LATER, detail="not_reached")


@pytest.mark.usefixtures("gateway")
def test_a_gateway_without_a_name_is_tried_later(plugin_tenants, monkeypatch):
    monkeypatch.setenv("TIEPDAN_SMS_TOKEN_FOR", "http://no-such-host.invalid")
    assert deliver(plugin_tenants, "http://no-such-host.invalid/") == Delivery(Sent.LATER, detail="not_reached")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:{port}/v1/messages",
        "https://127.0.0.1:{port}/v1/messages",
        "http://127.0.0.1/v1/messages",
        "http://sms.example.vn@127.0.0.1:{port}1/",
        "http://[::1/",
        "http://127.0.0.1:99999/",
    ],
)
def test_the_token_goes_only_where_the_operator_lets_it(plugin_tenants, gateway, url):
    port = gateway.server.server_address[1]
    said = deliver(plugin_tenants, url.replace("{port}", str(port)))
    assert said == Delivery(Sent.LATER, detail="address_not_allowed")
    assert gateway.asked == []


def test_no_list_means_nowhere(plugin_tenants, gateway, monkeypatch):
    monkeypatch.delenv("TIEPDAN_SMS_TOKEN_FOR")
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.LATER, detail="address_not_allowed")
    assert gateway.asked == []


def test_without_its_token_nothing_leaves(plugin_tenants, gateway, monkeypatch):
    monkeypatch.delenv("TIEPDAN_SMS_TOKEN")
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.LATER, detail="no_token")
    assert gateway.asked == []


@pytest.mark.parametrize("answer", [b"no json", b"[]", b'{"id": "a b <c>"}', b""])
def test_an_odd_receipt_is_left_out(plugin_tenants, gateway, answer):
    gateway.answer = answer
    assert deliver(plugin_tenants, gateway.url) == Delivery(Sent.SENT)


def test_another_channel_is_not_its_business(plugin_tenants, gateway):
    assert deliver(plugin_tenants, gateway.url, Message("k", "zalo", "0912345678", "", "x")) is None


@pytest.mark.parametrize("settings", [{"token_variable": "DATABASE_URL"}, {"gateway_url": "ftp://x"}, {"token": "abc"}])
def test_settings_hold_no_secret_and_name_no_other_variable(plugin_tenants, settings):
    with pytest.raises(AssertionError, match="settings"):
        ask("channels", plugin, tenant=plugin_tenants.commune, settings=settings)


def test_the_token_shows_nowhere():
    assert TOKEN not in repr(wire.Gateway("https://x", "A", TOKEN))
