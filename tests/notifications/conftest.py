"""What tests of messages need: a committee that tells, petitions whose senders asked, and a worker's hand."""

from collections.abc import Callable
from datetime import date, datetime

import psycopg
import pytest

from tests.extensions.conftest import dummy, enable  # noqa: F401 - fixtures
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.db import db
from tiepdan.core.jobs import connection, queue_named
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.escalation.jobs import check_clocks
from tiepdan.escalation.service import find_tenants_due
from tiepdan.identity.vault import PersonDetails
from tiepdan.notifications import sending
from tiepdan.notifications.plan import Plan, save_plan
from tiepdan.notifications.rules import Happening, Language, QuietHours
from tiepdan.notifications.sending import send_message
from tiepdan.petitions.rules import CONDITIONS, Decision, Field, Origin
from tiepdan.petitions.service import (
    Classification,
    MadeDecision,
    NewPetition,
    classify_petition,
    decide_petition,
    register_petition,
)
from tiepdan.sdk import PetitionKind
from tiepdan.worker import run_in_context

ON = date(2024, 6, 24)
NOON = datetime(2024, 6, 24, 12, 0, tzinfo=TIMEZONE)
MET = frozenset(condition.word for condition in CONDITIONS)
SECRET = "Lò Thị Rất Kín"
PHONE = "0912 345 678"
SMS = "dummy/test"
EVERY_CITIZEN_EVENT = [event for event in Happening if event.value.startswith("petition.")]


@pytest.fixture(autouse=True)
def empty_queue(app):
    def empty():
        with app.app_context():
            connection().flushdb()

    empty()
    yield
    empty()


@pytest.fixture(autouse=True)
def noon(monkeypatch, superuser):
    """No test runs in the quiet hours unless it says so; the clock stands still where messages are concerned."""
    at = [datetime.now(TIMEZONE).replace(hour=12)]
    monkeypatch.setattr(sending, "now", lambda: at[0])
    return at


@pytest.fixture
def plan(entered) -> Callable[..., None]:
    """plan(tenant, {event: [channel]}, language=…, quiet=…): choose what is told by which channel."""

    def plan(tenant, channels, *, language=Language.VI, quiet=None):
        with entered(tenant, "tenant_admin") as actor:
            save_plan(Plan(channels, language, quiet or QuietHours()), actor=actor)

    return plan


@pytest.fixture
def register(entered):
    """register(tenant, news=True, kind=…, phone=…): register a petition and return its id and code."""

    def register(tenant, *, news=True, kind=None, phone=PHONE, name=SECRET):
        with entered(tenant, "petition_officer") as actor:
            person = PersonDetails(name, address="Thôn Kín", phone=phone)
            new = NewPetition(
                content=f"Nội dung của {SECRET}",
                people=[person],
                received_on=ON,
                origin=Origin.POST,
                kind=kind,
                news=news,
            )
            return register_petition(new, actor=actor, on=ON)

    return register


@pytest.fixture
def classify(entered):
    """classify(tenant, petition_id, kind=…)."""

    def classify(tenant, petition_id, kind=PetitionKind.COMPLAINT):
        with entered(tenant, "petition_officer", "committee_head") as actor:
            found = Classification(kind=kind, field=Field.LAND, within_competence=True, met=MET)
            classify_petition(petition_id, found, actor=actor, on=ON)

    return classify


@pytest.fixture
def accept(entered, classify):
    """accept(tenant, petition_id, kind=…): classify and accept."""

    def accept(tenant, petition_id, kind=PetitionKind.COMPLAINT):
        classify(tenant, petition_id, kind)
        with entered(tenant, "petition_officer", "committee_head") as actor:
            decide_petition(petition_id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)

    return accept


@pytest.fixture
def work(app):
    """work(): run the messages' jobs that wait in the queue as a worker does; work(lose=True) loses them."""

    def work(*, lose=False, names=(send_message.name,)):
        with app.app_context():
            waiting = [job.args for job in queue_named("default").get_jobs()]
            connection().flushdb()
        for name, tenant_id, arguments in waiting:
            if name in names and not lose:
                with app.app_context():
                    run_in_context(name, tenant_id, arguments)
        return [arguments for name, _tenant, arguments in waiting if name in names]

    return work


@pytest.fixture
def sweep(app, superuser):
    """sweep(tenant): let time pass, and let the tenant's periodic job run if the sweep finds it."""

    def sweep(tenant):
        superuser.execute("UPDATE message SET next_at = now() WHERE next_at > now()")
        with app.app_context(), enter(PlatformScope()):
            found = find_tenants_due()
            db.session.remove()
        with app.app_context():
            if tenant.id in found:
                run_in_context(check_clocks.name, tenant.id, [])

    return sweep


@pytest.fixture
def rows(superuser: psycopg.Connection):
    """rows(tenant): (event, channel, state, attempts, failed, whether something is left to try) of each message."""

    def rows(tenant) -> list[tuple]:
        return superuser.execute(
            "SELECT event, channel, state, attempts, failed, next_at IS NOT NULL FROM message"
            " WHERE tenant_id = %s ORDER BY made_at, id",
            [tenant.id],
        ).fetchall()

    return rows
