"""What the citizen sees with code and PIN."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, NotFound
from tiepdan.petitions.service import renew_pin, track
from tiepdan.sdk import PetitionKind

from .conftest import ON, RECEIVED


def test_code_and_pin_show_the_step_and_the_next_date(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with entered(tenant):
        seen = track(made.code.lower().replace("-", " "), made.pin, address="10.0.0.1")
    assert (seen.received_on, seen.next_on) == (RECEIVED, date(2024, 7, 4))
    assert seen.step == "Mới vào sổ"


def test_a_denunciation_looks_like_any_other(register, entered, make_tenant):
    tenant = make_tenant()
    plain, sealed = register(tenant), register(tenant, kind=PetitionKind.DENUNCIATION)
    with entered(tenant):
        one, other = (track(made.code, made.pin, address="10.0.0.2") for made in (plain, sealed))
    assert (one.step, one.next_step) == (other.step, other.next_step)


def test_a_wrong_pin_an_unknown_code_and_a_neighbours_code_answer_alike(register, entered, two_tenants):
    own, other = two_tenants
    made = register(own)
    for tenant, code, pin in ((own, made.code, "x"), (own, "LS-000000000", made.pin), (other, made.code, made.pin)):
        with entered(tenant), pytest.raises(NotFound):
            track(code, pin, address=f"10.1.{tenant.id % 250}.3")


def test_guessing_is_slowed_down(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with entered(tenant):
        for _ in range(6):
            with pytest.raises(NotFound):
                track(made.code, "bad", address="10.0.9.9")
        with pytest.raises(Conflict):
            track(made.code, made.pin, address="10.0.9.8")


def test_a_new_pin_replaces_the_old(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with entered(tenant, "petition_officer") as actor:
        fresh = renew_pin(made.id, actor=actor, on=ON)
    with entered(tenant):
        assert track(made.code, fresh, address="10.0.0.4")
        with pytest.raises(NotFound):
            track(made.code, made.pin if made.pin != fresh else "x", address="10.0.0.4")
    with entered(make_tenant(), "petition_officer") as actor, pytest.raises(NotFound):
        renew_pin(made.id, actor=actor, on=ON)
