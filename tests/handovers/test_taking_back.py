"""Taking a petition back by hand: what was sent of it is withdrawn, unless the receiver has taken it on."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict
from tiepdan.deadlines.service import clocks_of
from tiepdan.handovers.rules import State, Word
from tiepdan.handovers.service import (
    accept_handover,
    handovers_of,
    open_handover,
    receive_handover,
    refuse_handover,
    withdraw_handover,
)
from tiepdan.petitions.rules import PetitionStatus
from tiepdan.petitions.service import petition_by_id, take_back_petition

NEXT = date(2024, 6, 25)
TAKEN_BACK = date(2024, 6, 26)
REASON = "Gửi nhầm nơi nhận"


@pytest.fixture
def take_back(entered):
    def take_back(sent, on=TAKEN_BACK):
        with entered(sent.sender, "petition_officer") as actor:
            take_back_petition(sent.petition_id, reason=REASON, actor=actor, on=on)

    return take_back


@pytest.fixture
def seen(entered):
    """seen(tenant, sent): the handover as a tenant sees it."""

    def seen(tenant, sent):
        with entered(tenant, "handovers.view") as actor:
            return open_handover(*sent.key, actor=actor)

    return seen


@pytest.mark.parametrize("noted", [False, True])
def test_the_receiver_sees_the_day_it_was_withdrawn_and_nothing_of_what_comes_after(
    send, take_back, seen, entered, three_levels, noted
):
    sent = send(three_levels.commune, three_levels.sibling)
    if noted:
        with entered(sent.receiver, "petition_officer") as actor:
            receive_handover(*sent.key, actor=actor, on=NEXT)
    take_back(sent)

    view = seen(sent.receiver, sent)
    assert view.state is State.WITHDRAWN
    assert (view.step(Word.WITHDRAWN).taken_on, view.step(Word.WITHDRAWN).note) == (TAKEN_BACK, "")
    again = send(sent.sender, three_levels.other_district, sent.petition_id, on=TAKEN_BACK)
    assert seen(sent.receiver, sent).steps == view.steps
    with pytest.raises(Exception, match="handover"), entered(sent.receiver, "handovers.view") as actor:
        open_handover(*again.key, actor=actor)


def test_what_was_withdrawn_cannot_be_accepted(send, take_back, entered, two_tenants):
    sent = send(*two_tenants)
    take_back(sent)
    with pytest.raises(Conflict), entered(sent.receiver, "petition_officer") as actor:
        accept_handover(*sent.key, actor=actor, on=NEXT)


def test_what_the_receiver_took_on_is_not_taken_back(send, take_back, seen, entered, two_tenants):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        accept_handover(*sent.key, actor=actor, on=NEXT)
    with pytest.raises(Conflict, match="đã tiếp nhận đơn này"):
        take_back(sent)

    assert seen(sent.receiver, sent).state is State.ACCEPTED
    with entered(sent.sender):
        assert petition_by_id(sent.petition_id).status == PetitionStatus.TRANSFERRED


def test_what_was_refused_stays_refused(send, take_back, seen, entered, two_tenants):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason="Thuộc thẩm quyền cấp xã", actor=actor, on=NEXT)
    take_back(sent)
    assert seen(sent.receiver, sent).state is State.REFUSED


def test_withdrawing_on_the_handovers_own_page_still_works(send, seen, entered, two_tenants):
    sent = send(*two_tenants)
    with entered(sent.sender, "petition_officer") as actor:
        withdraw_handover(sent.id, reason=REASON, actor=actor, on=TAKEN_BACK)
    assert seen(sent.receiver, sent).step(Word.WITHDRAWN).note == REASON
    with entered(sent.sender, "handovers.view") as actor:
        assert len(handovers_of(sent.petition_id)) == 1


def test_a_new_transfer_has_its_five_days_from_the_day_it_came_back(send, take_back, entered, two_tenants):
    """Luật Tiếp công dân, Điều 28 khoản 2 (REC-13): Wednesday 26/6 → 27, 28/6, Monday 1, 2, Wednesday 3/7/2024."""
    sent = send(*two_tenants)
    take_back(sent)
    with entered(sent.sender):
        clocks = clocks_of("petition", [sent.petition_id])[sent.petition_id]
    forward = [(clock.state, clock.due_on) for clock in clocks if clock.rule_id == "REC-13"]
    assert forward == [("met", date(2024, 6, 27)), ("open", date(2024, 7, 3))]
