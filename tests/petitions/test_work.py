"""Working on a petition until the citizen was told."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.core.plugins import manager
from tiepdan.petitions.rules import Decision, Outcome
from tiepdan.petitions.service import (
    MadeDecision,
    assign_petition,
    close_petition,
    decide_petition,
    matter_by_id,
    petition_by_id,
    record_result,
    withdraw_petition,
)
from tiepdan.sdk import PetitionKind, hookimpl

from .conftest import ON

SETTLED, TOLD = date(2024, 6, 26), date(2024, 6, 27)


@pytest.fixture
def accepted(register, classify, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.COMPLAINT)
    with entered(tenant, "petition_officer") as actor:
        decide_petition(made.id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
    return tenant, made


@pytest.fixture
def settle(entered):
    def settle(tenant, petition, *, outcome=Outcome.FOUNDED, account=None, role="petition_officer"):
        with entered(tenant, role, account=account) as actor:
            record_result(petition.id, outcome, "Chấp nhận", document_number="9/QĐ", actor=actor, on=SETTLED)

    return settle


def test_assigned_settled_told_closed(accepted, settle, entered, make_account):
    tenant, made = accepted
    handler = make_account(tenant, "handler")
    with entered(tenant, "committee_head") as actor:
        assign_petition(made.id, handler.id, actor=actor, on=ON, brief="giải quyết")
    with entered(tenant, "viewer"):
        assert petition_by_id(made.id).status == "in_progress"
    settle(tenant, made, account=handler.id, role="handler")
    with entered(tenant, "petition_officer") as actor:
        close_petition(made.id, told_on=TOLD, actor=actor, on=TOLD)
    with entered(tenant, "viewer"):
        row = petition_by_id(made.id)
        assert (row.status, row.outcome, row.closed_on, row.due_on) == ("closed", "founded", TOLD, None)
        assert matter_by_id(made.matter_id).closed_on == TOLD


def test_only_the_own_handler_or_who_decides_records_a_result(accepted, settle, make_account):
    tenant, made = accepted
    with pytest.raises(Forbidden):
        settle(tenant, made, account=make_account(tenant, "handler").id, role="handler")
    with pytest.raises(Forbidden):
        settle(tenant, made, role="reception_officer")


def test_a_result_fits_the_kind(accepted, settle):
    with pytest.raises(Invalid):
        settle(*accepted, outcome=Outcome.ANSWERED)


def test_nothing_closes_before_the_result_and_before_the_citizen_was_told(accepted, settle, entered):
    tenant, made = accepted
    with entered(tenant, "petition_officer") as actor, pytest.raises(Conflict):
        close_petition(made.id, told_on=ON, actor=actor, on=ON)
    settle(tenant, made)
    with entered(tenant, "petition_officer") as actor, pytest.raises(Invalid):
        close_petition(made.id, told_on=date(2024, 6, 25), actor=actor, on=TOLD)


def test_a_higher_slice_that_objects_keeps_the_petition_open(accepted, settle, entered):
    tenant, made = accepted
    settle(tenant, made)

    class Objector:
        @hookimpl
        def petition_closed(self):
            raise Conflict("còn nhiệm vụ chưa xong")

    manager.register(Objector(), "zz_objector")
    try:
        with pytest.raises(Conflict), entered(tenant, "petition_officer") as actor:
            close_petition(made.id, told_on=TOLD, actor=actor, on=TOLD)
    finally:
        manager.unregister(name="zz_objector")
    with entered(tenant, "viewer"):
        assert petition_by_id(made.id).status == "resolved"


def test_a_petition_is_withdrawn_with_a_reason(accepted, entered):
    tenant, made = accepted
    with entered(tenant, "petition_officer") as actor, pytest.raises(Invalid):
        withdraw_petition(made.id, reason=" ", actor=actor, on=ON)
    with entered(tenant, "petition_officer") as actor:
        withdraw_petition(made.id, reason="Giấy rút đơn ngày 24/6", actor=actor, on=ON)
    with entered(tenant, "viewer"):
        assert petition_by_id(made.id).outcome == "withdrawn"


def test_an_accepted_denunciation_is_not_simply_withdrawn(register, classify, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.DENUNCIATION)
    with entered(tenant, "petition_officer") as actor:
        decide_petition(made.id, MadeDecision(Decision.ACCEPT), actor=actor, on=ON)
    with entered(tenant, "petition_officer") as actor, pytest.raises(Conflict):
        withdraw_petition(made.id, reason="Người tố cáo xin rút", actor=actor, on=ON)


def test_a_neighbour_can_do_none_of_it(accepted, entered, make_tenant, make_account):
    _tenant, made = accepted
    other = make_tenant()
    handler = make_account(other, "handler")
    steps = [
        lambda actor: assign_petition(made.id, handler.id, actor=actor, on=ON),
        lambda actor: record_result(made.id, Outcome.FOUNDED, "x", document_number="1", actor=actor, on=ON),
        lambda actor: close_petition(made.id, told_on=ON, actor=actor, on=ON),
        lambda actor: withdraw_petition(made.id, reason="xxx", actor=actor, on=ON),
    ]
    for step in steps:
        with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
            step(actor)


def test_only_people_of_the_tenant_are_assigned(accepted, entered, make_tenant, make_account):
    tenant, made = accepted
    stranger = make_account(make_tenant(), "handler")
    with entered(tenant, "petition_officer") as actor, pytest.raises(Invalid):
        assign_petition(made.id, stranger.id, actor=actor, on=ON)
