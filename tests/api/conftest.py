"""Fixtures of the API: a key, and a reader that uses it."""

from datetime import date

import pytest

from tiepdan.api.keys import make_key
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Origin
from tiepdan.petitions.service import NewPetition, register_petition

ON = date(2024, 6, 28)  # the tests' business day


@pytest.fixture
def new_key(entered):
    def new_key(tenant, **values):
        values.setdefault("expires_on", None)
        with entered(tenant, "tenant_admin") as actor:
            return make_key(values.pop("label", "Trục liên thông"), actor=actor, on=values.pop("on", ON), **values)

    return new_key


@pytest.fixture
def read(client):
    def read(tenant, key, path="/petitions"):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return client.get(tenant.url(f"/api/v1{path}"), headers=headers)

    return read


@pytest.fixture
def register(entered):
    def register(tenant, **values):
        values.setdefault("received_on", date(2024, 6, 20))
        people = [PersonDetails("Nguyễn Văn Mẫu")]
        with entered(tenant, "petition_officer") as actor:
            new = NewPetition(content="Nội dung mẫu", people=people, origin=Origin.POST, **values)
            return register_petition(new, actor=actor, on=ON)

    return register
