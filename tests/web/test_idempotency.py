"""A form is carried out once: by its sender, and wherever its twin is led."""

from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import g
from sqlalchemy.exc import IntegrityError

from tests.support import csrf_of
from tiepdan.core.db import before_commit, db, new_id, transaction
from tiepdan.core.scope import enter
from tiepdan.petitions.models import Matter
from tiepdan.web.idempotency import AlreadyDone, answer_repetition, claim_form_token, lead_to


@pytest.fixture
def desk(make_tenant, make_account, sign_in):
    tenant = make_tenant()
    return tenant, sign_in(make_account(tenant, "petition_officer"))


def form_data(browser, address, token):
    return {
        "csrf_token": csrf_of(browser, address), "_token": str(token), "people-0-full_name": "Nguyễn Văn Mẫu",
        "content": "Đề nghị xem xét", "people_count": "1", "kind": "", "field": "land", "origin": "post", "received_on": "2024-06-27",
    }  # fmt: skip


def count_petitions(superuser, tenant):
    return superuser.execute("SELECT count(*) FROM petition WHERE tenant_id = %s", [tenant.id]).fetchone()[0]


def test_a_repeated_form_is_led_to_where_the_first_went(desk, superuser):
    tenant, browser = desk
    address, token = tenant.url("/petitions/new"), uuid4()
    data = form_data(browser, address, token)
    first = browser.post(address, data=data)
    assert first.status_code == 303, first.text
    again = browser.post(address, data=data)
    assert again.location == first.location
    assert count_petitions(superuser, tenant) == 1


def test_a_strangers_token_tells_nothing(desk, client, make_tenant, make_account, sign_in):
    tenant, browser = desk
    address, token = tenant.url("/petitions/new"), uuid4()
    location = browser.post(address, data=form_data(browser, address, token)).location
    # Nobody: no sign-in, no word about the form.
    data = {"_token": str(token), "csrf_token": csrf_of(client, tenant.url("/signin"))}
    answer = client.post(address, data=data)
    assert answer.status_code == 401
    # A colleague without the right, and one without CSRF token.
    viewer = sign_in(make_account(tenant, "viewer"))
    data["csrf_token"] = csrf_of(viewer, tenant.url("/signin"))
    assert viewer.post(address, data=data).status_code == 403
    assert browser.post(address, data={"_token": str(token)}).status_code == 400
    # Another committee: the same token is a new form there.
    other = make_tenant()
    neighbour = sign_in(make_account(other, "petition_officer"))
    theirs = neighbour.post(other.url("/petitions/new"), data=form_data(neighbour, other.url("/petitions/new"), token))
    assert theirs.status_code == 303
    assert theirs.location != location


def test_a_twin_in_the_same_moment_is_rolled_back_and_led_to_the_first_one(app, make_tenant, superuser):
    """Both passed the check before either was done: the second meets the first one's row at its commit."""
    tenant, token = make_tenant(), new_id()
    with app.test_request_context(f"/t/{tenant.slug}/petitions/new", method="POST"), enter(tenant.scope):
        g.form_token, g.locale = token, "vi"
        superuser.execute(
            "INSERT INTO form_token (tenant_id, id, location) VALUES (%s, %s, %s)", [tenant.id, token, "/first"]
        )
        with pytest.raises(AlreadyDone) as raised, transaction():
            before_commit(claim_form_token)
            lead_to("/of-the-twin-that-was-rolled-back")
        assert answer_repetition(raised.value).location == "/first"
        db.session.remove()


def test_a_fault_of_the_work_is_not_taken_for_a_repetition(app, make_tenant):
    tenant = make_tenant()
    with app.test_request_context("/", method="POST"), enter(tenant.scope):
        g.form_token = new_id()
        with pytest.raises(IntegrityError), transaction():
            before_commit(claim_form_token)
            for _ in range(2):  # the same code twice
                db.session.add(
                    Matter(
                        id=new_id(), code="LSVV-AAAAAAAAA", field="land", opened_on=date(2024, 6, 28), closed_on=None
                    )
                )
        db.session.remove()


def test_a_request_that_commits_twice_carries_its_form_out_once(app, make_tenant):
    tenant = make_tenant()
    with app.test_request_context("/", method="POST"), enter(tenant.scope):
        g.form_token = new_id()
        before_commit(claim_form_token)
        for _ in range(2):
            with transaction():
                db.session.execute(sa.text("SELECT 1"))
        db.session.remove()
