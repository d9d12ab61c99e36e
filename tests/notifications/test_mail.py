"""The platform's mail: against a server that runs in the test, and what becomes of a mail whatever it says."""

import dataclasses
import socketserver
import threading
from datetime import date

import pytest

from tests.notifications.conftest import ON
from tiepdan.config import ConfigError, load_settings
from tiepdan.notifications import mail as wire
from tiepdan.notifications.mail import send_mail
from tiepdan.notifications.rules import Happening
from tiepdan.operations.machine_checks import check_mail
from tiepdan.petitions.service import assign_petition
from tiepdan.sdk import Delivery, Message, Sent

MESSAGE = Message("0190-key", "mail", "an@langson.example", "Có việc mới", "Huyện ủy: bạn được giao một việc mới.")


class FakeServer:
    """Speaks as much SMTP as is needed. says: answers by command; None hangs up instead."""

    def __init__(self):
        self.says = {}
        self.mails = []
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def answer(self, command, usual):
                said = fake.says.get(command, usual)
                if said is None:
                    raise ConnectionAbortedError
                self.wfile.write(f"{said}\r\n".encode())
                return said

            def handle(self):
                self.wfile.write(b"220 fake\r\n")
                for line in self.rfile:
                    command = line.split()[0].decode().upper()
                    if command == "DATA":
                        if not self.answer("DATA", "354 go on").startswith("354"):
                            continue
                        lines = []
                        for text in self.rfile:
                            if text == b".\r\n":
                                break
                            lines.append(text)
                        fake.mails.append(b"".join(lines).decode())
                        self.answer("END", "250 taken")
                    else:
                        self.answer(command, "221 bye" if command == "QUIT" else "250 fine")

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

            def handle_error(self, *_words):
                """It hangs up on purpose."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server():
    running = FakeServer()
    yield running
    running.stop()


@pytest.fixture
def mailing(settings, server):
    return dataclasses.replace(settings, smtp_url=server.url, mail_from="Tiếp Dân <tiepdan@langson.example>")


def test_a_mail_goes_out_with_its_key(mailing, server):
    assert send_mail(mailing, MESSAGE) == Delivery(Sent.SENT)
    [sent] = server.mails
    assert "To: an@langson.example" in sent
    assert f"Message-ID: <{MESSAGE.key}@langson.example>" in sent
    assert "Auto-Submitted: auto-generated" in sent


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"RCPT": "550 nobody"}, Delivery(Sent.REFUSED, detail="smtp_550")),
        ({"RCPT": "451 later"}, Delivery(Sent.LATER, detail="smtp_451")),
        ({"MAIL": None}, Delivery(Sent.LATER, detail="broken_off")),
        ({"DATA": "452 full"}, Delivery(Sent.LATER, detail="smtp_452")),
        ({"END": "554 no"}, Delivery(Sent.REFUSED, detail="smtp_554")),
        ({"END": "421 later"}, Delivery(Sent.LATER, detail="smtp_421")),
        ({"END": None}, Delivery(Sent.UNKNOWN, detail="broken_off")),
        ({"QUIT": None}, Delivery(Sent.SENT)),
    ],
)
def test_what_the_server_says_counts(mailing, server, says, said):
    server.says = says
    assert send_mail(mailing, MESSAGE) == said


def test_a_server_that_is_not_there_is_tried_later(mailing, server, monkeypatch):
    server.stop()
    monkeypatch.setattr(wire, "TIMEOUT", 0.5)
    assert send_mail(mailing, MESSAGE) == Delivery(Sent.LATER, detail="not_reached")


@pytest.fixture
def assigned(make_tenant, make_account, plan, register, entered):
    """A committee in which a handler was given a petition, with a mail that waits."""

    def assigned(login):
        tenant = make_tenant()
        plan(tenant, {Happening.TASK_ASSIGNED: ["mail"]})
        made = register(tenant, news=False)
        handler = make_account(tenant, "handler")
        with entered(tenant, "committee_head") as actor:
            from tiepdan.identity.accounts import account_by_id

            account_by_id(handler.id).login = login or handler.login
        with entered(tenant, "committee_head") as actor:
            assign_petition(made.id, handler.id, actor=actor, on=ON)
        return tenant

    return assigned


def test_staff_are_written_to_where_their_login_is_an_address(app, mailing, server, assigned, work, rows, monkeypatch):
    monkeypatch.setitem(app.config, "TIEPDAN", mailing)
    login = f"an{id(mailing)}@langson.example"
    tenant, other = assigned(login), assigned(None)
    work()
    assert [row[2:5] for row in rows(tenant)] == [("sent", 1, "")]
    assert [row[2:5] for row in rows(other)] == [("refused", 1, "no_address")]
    [sent] = server.mails
    assert f"To: {login}" in sent


def test_without_a_mail_server_mails_wait(assigned, work, rows):
    tenant = assigned(None)
    work()
    assert rows(tenant) == [("task.assigned", "mail", "waiting", 0, "not_set_up", True)]


def test_the_doctor_says_whether_mails_go_out(settings, mailing):
    assert [finding.outcome for finding in check_mail(mailing)] == ["ok"]
    assert list(check_mail(settings)) == []
    production = dataclasses.replace(settings, environment="production")
    [finding] = check_mail(production)
    assert finding.outcome == "warning"
    assert "TIEPDAN_SMTP_URL" in finding.vi


@pytest.mark.parametrize(
    "environ",
    [
        {"TIEPDAN_SMTP_URL": "mail.example.vn"},
        {"TIEPDAN_SMTP_URL": "http://mail.example.vn"},
        {"TIEPDAN_MAIL_FROM": "Tiếp Dân"},
        {"TIEPDAN_MAIL_FROM": "a@b.vn"},
    ],
)
def test_crooked_settings_are_said(environ):
    with pytest.raises(ConfigError) as fault:
        load_settings(environ)
    assert any(problem.name in {"TIEPDAN_SMTP_URL", "TIEPDAN_MAIL_FROM"} for problem in fault.value.problems)


def test_the_address_of_the_server_holds_a_password_and_shows_nowhere(mailing):
    secret = dataclasses.replace(mailing, smtp_url="smtp://user:rat-kin@host:587?tls=1")
    assert "rat-kin" not in repr(secret)
    assert date(2024, 6, 28) == secret.clock
