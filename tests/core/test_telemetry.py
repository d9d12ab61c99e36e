"""No name and no content leaves by logs or fault reports."""

import json
import logging

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from tiepdan.core.telemetry import bind_log, configure_logging, configure_sentry, log

NAME = "Nguyễn Văn Tố Cáo"


class Kept(Transport):
    """A transport that keeps what would be sent."""

    envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)


@pytest.fixture
def sentry():
    Kept.envelopes.clear()
    configure_sentry(None, "test", transport=Kept)
    yield Kept.envelopes
    sentry_sdk.init()


def test_a_fault_report_names_tenant_and_place_but_no_planted_name(
    app, two_tenants, make_account, sign_in, sentry, monkeypatch
):
    tenant = two_tenants[0]
    browser = sign_in(make_account(tenant, "committee_head", name=NAME))

    def fail(**_arguments):
        planted = NAME
        raise ValueError(f"could not store {planted}")

    monkeypatch.setattr("tiepdan.identity.member_views.list_members", fail)
    logging.getLogger("anything").error("breadcrumb %s", NAME)
    answer = browser.get(tenant.url(f"/members/?q={NAME}"), headers={"X-Note": "planted-header"})
    assert answer.status_code == 500
    sentry_sdk.flush()
    sent = b"".join(envelope.serialize() for envelope in sentry)
    assert b"ValueError" in sent
    assert tenant.slug.encode() in sent
    for planted in (
        NAME.encode(),
        json.dumps(NAME)[1:-1].encode(),
        b"planted-header",
        b"could not store",
        b"Nguy",
    ):
        assert planted not in sent


def test_a_log_line_keeps_known_keys_only(capsys):
    configure_logging("INFO")
    bind_log(tenant="lang-son")
    log.info("request", status=200, full_name=NAME, body="x")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["tenant"] == "lang-son"
    assert line["status"] == 200
    assert NAME not in str(line)
    assert "body" not in line
    configure_logging("WARNING")


def test_a_logged_exception_gives_type_and_place_only(capsys):
    configure_logging("INFO")
    try:
        raise KeyError(NAME)
    except KeyError:
        log.exception("fault")
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["exception_type"] == "KeyError"
    assert "test_telemetry" in line["where"]
    assert NAME not in str(line)
    configure_logging("WARNING")
