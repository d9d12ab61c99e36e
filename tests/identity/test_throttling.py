"""Guessing is slowed down, and not by sending all guesses at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_hex

import pytest

from tiepdan.core.db import db, transaction
from tiepdan.core.scope import PlatformScope, enter
from tiepdan.identity.sessions import sign_in
from tiepdan.identity.throttling import (
    FREE_FAILURES,
    FREE_FAILURES_OF_ADDRESS,
    count_attempt,
    drop_old_failures,
    forgive_attempt,
    throttle_key,
)


@pytest.fixture
def platform(app):
    with app.app_context(), enter(PlatformScope()):
        yield
        db.session.remove()


@pytest.fixture
def key(app):
    with app.app_context():
        return throttle_key(token_hex())


@pytest.fixture
def address(app):
    with app.app_context():
        return throttle_key(token_hex())


def row_of(superuser, key):
    return superuser.execute(
        "SELECT failures, blocked_until > now() FROM throttle WHERE key_hash = %s", [key]
    ).fetchone()


def test_attempts_sent_at_once_all_count(app, key, superuser):
    def attempt(_number):
        with app.app_context(), enter(PlatformScope()):
            return count_attempt([key])

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(40)))
    assert sum(wait is None for wait in waits) == FREE_FAILURES + 1
    assert row_of(superuser, key) == (FREE_FAILURES + 1, True)


def test_parallel_wrong_passwords_are_not_all_judged(app, make_account, monkeypatch):
    person = make_account()
    judged = []
    monkeypatch.setattr("tiepdan.identity.sessions.verify_password", lambda *_: judged.append(1) or False)

    def guess(number):
        with app.app_context(), enter(PlatformScope()), transaction():
            sign_in(person.login, f"đoán lần {number}", address=f"parallel-{person.login}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(30)))
    assert len(judged) == FREE_FAILURES + 1


def test_a_request_that_fails_still_counts(platform, key, superuser):
    with pytest.raises(RuntimeError), transaction():
        count_attempt([key])
        raise RuntimeError("something else went wrong")
    assert row_of(superuser, key)[0] == 1


def test_waiting_doubles_and_is_not_made_longer_by_impatience(platform, key, superuser):
    for _number in range(FREE_FAILURES + 1):
        assert count_attempt([key]) is None
    for _number in range(5):
        assert timedelta(0) < count_attempt([key]) <= timedelta(seconds=2)
    superuser.execute("UPDATE throttle SET blocked_until = now() WHERE key_hash = %s", [key])
    assert count_attempt([key]) is None
    assert timedelta(seconds=2) < count_attempt([key]) <= timedelta(seconds=4)
    superuser.execute("UPDATE throttle SET blocked_until = now(), failures = 90 WHERE key_hash = %s", [key])
    assert count_attempt([key]) is None
    assert timedelta(minutes=14) < count_attempt([key]) <= timedelta(minutes=15)


def test_an_hour_later_counting_begins_anew(platform, key, superuser):
    for _number in range(FREE_FAILURES):
        count_attempt([key])
    superuser.execute("UPDATE throttle SET last_failed_at = now() - interval '2 hours' WHERE key_hash = %s", [key])
    assert count_attempt([key]) is None
    assert row_of(superuser, key)[0] == 1


def test_what_waits_for_one_key_is_not_counted_for_the_other(platform, key, address, superuser):
    superuser.execute(
        "INSERT INTO throttle (key_hash, failures, blocked_until) VALUES (%s, 60, now() + interval '1 minute')",
        [address],
    )
    assert count_attempt([key, address], address_key=address) is not None
    assert row_of(superuser, key) is None


def test_an_office_full_of_people_who_sign_in_well_never_waits(platform, address):
    for _number in range(FREE_FAILURES_OF_ADDRESS + 10):
        key = throttle_key(token_hex())
        assert count_attempt([key, address], address_key=address) is None
        forgive_attempt(key, address_key=address)


def test_a_success_does_not_clear_the_address_it_came_from(platform, key, address, superuser):
    for _number in range(3):
        count_attempt([throttle_key(token_hex()), address], address_key=address)
    count_attempt([key, address], address_key=address)
    forgive_attempt(key, address_key=address)
    assert row_of(superuser, key) is None
    assert row_of(superuser, address)[0] == 3


def test_old_failures_are_dropped_by_the_sweep_and_fresh_ones_kept(platform, app, key, address, monkeypatch, superuser):
    from tiepdan import worker

    count_attempt([key, address])
    superuser.execute("UPDATE throttle SET last_failed_at = now() - interval '2 hours' WHERE key_hash = %s", [key])
    monkeypatch.setattr(worker, "application", lambda: app)
    db.session.remove()
    worker.sweep()
    assert row_of(superuser, key) is None
    assert row_of(superuser, address) is not None
    with transaction():
        assert drop_old_failures() == 0
