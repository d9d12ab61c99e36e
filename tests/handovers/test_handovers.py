"""A petition goes to another body: what travels, who sees it, how it comes back."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.deadlines.service import clocks_of
from tiepdan.handovers.jobs import return_refused
from tiepdan.handovers.models import Handover, HandoverStep
from tiepdan.handovers.rules import State, Word
from tiepdan.handovers.service import (
    accept_handover,
    count_waiting,
    find_loop,
    list_handovers,
    open_copy,
    open_handover,
    receive_handover,
    refuse_handover,
    search_bodies,
    take_back_refused,
    way_of,
    withdraw_handover,
)
from tiepdan.identity.vault import read_texts
from tiepdan.petitions.rules import Origin, PetitionStatus
from tiepdan.petitions.service import disclose_petition, open_file, petition_by_id
from tiepdan.sdk import PetitionKind
from tiepdan.worker import run_in_context

ON = date(2024, 6, 24)
NEXT = date(2024, 6, 25)
NAME = "Hoàng Thị Rất Kín"


@pytest.fixture
def state(entered):
    def state(tenant, sent):
        with entered(tenant, "handovers.view") as actor:
            return open_handover(*sent.key, actor=actor).state

    return state


@pytest.fixture
def status(entered):
    def status(sent):
        with entered(sent.sender):
            return PetitionStatus(petition_by_id(sent.petition_id).status)

    return status


def accept(entered, sent, on=NEXT):
    with entered(sent.receiver, "petition_officer") as actor:
        return accept_handover(*sent.key, actor=actor, on=on)


def test_the_receiver_gets_the_whole_petition(send, entered, two_tenants, state, status):
    sent = send(*two_tenants)
    assert status(sent) is PetitionStatus.TRANSFERRED

    registered = accept(entered, sent)

    with entered(sent.receiver, "petition_officer") as actor:
        file = open_file(registered.id, actor=actor)
        people = {person.role.value: person.details.full_name for person in file.people}
        assert people == {"petitioner": NAME, "respondent": "Lý Văn Bị"} or NAME in people.values()
        assert file.content == "Đề nghị làm đường liên xã, ông Lý chưa trả lời"
        assert file.petition.origin == Origin.TRANSFERRED
        assert file.petition.kind == PetitionKind.PROPOSAL
        assert file.petition.people_count == 7
        assert [(leg.from_id, leg.to_id, leg.document_number) for leg in way_of(registered.id)] == [
            (sent.sender.id, sent.receiver.id, "12/CV-HU")
        ]
    assert state(sent.sender, sent) is state(sent.receiver, sent) is State.ACCEPTED
    with entered(sent.sender, "handovers.view") as actor:
        view = open_handover(*sent.key, actor=actor)
        assert view.step(Word.ACCEPTED).note == registered.code
        assert view.petition_id == sent.petition_id


def test_a_stranger_finds_no_trace(send, entered, two_tenants, make_tenant):
    sent = send(*two_tenants)
    stranger = make_tenant()

    with entered(stranger, "petition_officer") as actor:
        assert list_handovers(outgoing=True, actor=actor).items == []
        assert list_handovers(outgoing=False, actor=actor).items == []
    for act in (
        lambda actor: open_handover(*sent.key, actor=actor),
        lambda actor: open_copy(*sent.key, actor=actor),
        lambda actor: receive_handover(*sent.key, actor=actor, on=ON),
        lambda actor: accept_handover(*sent.key, actor=actor, on=ON),
        lambda actor: refuse_handover(*sent.key, reason="Không", actor=actor, on=ON),
        lambda actor: withdraw_handover(sent.id, reason="Không", actor=actor, on=ON),
    ):
        with pytest.raises(NotFound), entered(stranger, "petition_officer") as actor:
            act(actor)


def test_the_sender_cannot_answer_itself_nor_read_the_copy_again(send, entered, two_tenants):
    sent = send(*two_tenants)
    for act in (
        lambda actor: accept_handover(*sent.key, actor=actor, on=ON),
        lambda actor: refuse_handover(*sent.key, reason="Không", actor=actor, on=ON),
        lambda actor: open_copy(*sent.key, actor=actor),
    ):
        with pytest.raises(NotFound), entered(sent.sender, "petition_officer") as actor:
            act(actor)


def forge_step(sent, writer, side, word):
    return sa.insert(HandoverStep).values(
        tenant_id=sent.sender.id,
        peer_tenant_id=writer.id if side == "receiver" else sent.receiver.id,
        handover_id=sent.id,
        side=side,
        word=word,
        taken_on=ON,
    )


@pytest.mark.parametrize(
    ("who", "side", "word"),
    [
        ("stranger", "receiver", "accepted"),
        ("stranger", "sender", "withdrawn"),
        ("sender", "receiver", "accepted"),
        ("receiver", "sender", "withdrawn"),
        ("receiver", "receiver", "withdrawn"),
    ],
)
def test_the_database_refuses_a_step_of_somebody_else(send, entered, two_tenants, make_tenant, who, side, word):
    sent = send(*two_tenants)
    writer = {"stranger": make_tenant(), "sender": sent.sender, "receiver": sent.receiver}[who]

    with pytest.raises((sa.exc.ProgrammingError, sa.exc.IntegrityError)), entered(writer):
        db.session.execute(forge_step(sent, writer, side, word))


@pytest.mark.parametrize("table", [Handover, HandoverStep])
def test_nobody_rewrites_what_was_sent(send, entered, two_tenants, table):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        receive_handover(*sent.key, actor=actor, on=ON)

    for tenant in two_tenants:
        for statement in (sa.update(table).values(tenant_id=tenant.id), sa.delete(table)):
            with pytest.raises(sa.exc.ProgrammingError), entered(tenant):
                db.session.execute(statement)


def test_a_refusal_comes_back_with_its_reason(send, entered, two_tenants, app, state, status):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason="Thuộc thẩm quyền cấp xã", actor=actor, on=NEXT)
    assert state(sent.sender, sent) is State.REFUSED

    with app.app_context():
        for _twice in range(2):
            run_in_context(return_refused.name, sent.sender.id, [str(sent.id)])

    assert status(sent) is PetitionStatus.CLASSIFIED
    with entered(sent.sender, "petition_officer") as actor:
        file = open_file(sent.petition_id, actor=actor)
        assert "Thuộc thẩm quyền cấp xã" in [file.reasons.get(step.reason_id) for step in file.steps]
        open_clocks = [c for c in clocks_of("petition", [sent.petition_id])[sent.petition_id] if c.state == "open"]
        assert "REC-13" in {clock.rule_id for clock in open_clocks}
    with entered(sent.receiver, "handovers.view") as actor:
        assert open_handover(*sent.key, actor=actor).step(Word.REFUSED).note == "Thuộc thẩm quyền cấp xã"


def test_a_lost_job_can_be_done_by_hand(send, entered, two_tenants, status):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason="Không thuộc thẩm quyền", actor=actor, on=NEXT)
    with entered(sent.sender, "petition_officer") as actor:
        assert open_handover(*sent.key, actor=actor).waits_for_return
        assert take_back_refused(sent.id, actor=actor, on=NEXT)
        assert not take_back_refused(sent.id, actor=actor, on=NEXT)
    assert status(sent) is PetitionStatus.CLASSIFIED


def test_a_withdrawn_handover_can_no_longer_be_accepted(send, entered, two_tenants, status):
    sent = send(*two_tenants)
    with entered(sent.sender, "petition_officer") as actor:
        withdraw_handover(sent.id, reason="Gửi nhầm nơi", actor=actor, on=ON)
    assert status(sent) is PetitionStatus.CLASSIFIED

    with pytest.raises(Conflict):
        accept(entered, sent)


def test_an_answer_is_given_once(send, entered, two_tenants, status):
    sent = send(*two_tenants)
    accept(entered, sent)

    with pytest.raises(Conflict):
        accept(entered, sent)
    with pytest.raises(Conflict), entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason="Đổi ý", actor=actor, on=NEXT)
    with pytest.raises(Conflict), entered(sent.sender, "petition_officer") as actor:
        withdraw_handover(sent.id, reason="Đổi ý", actor=actor, on=NEXT)
    assert status(sent) is PetitionStatus.TRANSFERRED


def test_a_refused_petition_may_be_sent_again(send, entered, two_tenants, make_tenant, state, status):
    sent = send(*two_tenants)
    with entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason="Không thuộc thẩm quyền", actor=actor, on=NEXT)
    with entered(sent.sender, "petition_officer") as actor:
        take_back_refused(sent.id, actor=actor, on=NEXT)

    again = send(sent.sender, make_tenant(), sent.petition_id, on=NEXT)
    assert state(again.receiver, again) is State.SENT
    assert status(sent) is PetitionStatus.TRANSFERRED


def test_reasons_and_papers_are_required(send, entered, two_tenants, make_petition):
    petition_id = make_petition(two_tenants[0])
    for missing in ({"reason": " "}, {"document_number": ""}):
        with pytest.raises(Invalid):
            send(*two_tenants, petition_id, **missing)
    with pytest.raises(Invalid):
        send(two_tenants[0], two_tenants[0], petition_id)
    sent = send(*two_tenants, petition_id)
    with pytest.raises(Invalid), entered(sent.receiver, "petition_officer") as actor:
        refuse_handover(*sent.key, reason=" ", actor=actor, on=ON)


def test_it_needs_the_rights(send, entered, two_tenants):
    sent = send(*two_tenants)
    with pytest.raises(Forbidden), entered(sent.receiver, "viewer") as actor:
        list_handovers(outgoing=False, actor=actor)
    with pytest.raises(Forbidden), entered(sent.receiver, "inspector") as actor:
        accept_handover(*sent.key, actor=actor, on=ON)
    with pytest.raises(Forbidden), entered(sent.sender, "inspector") as actor:
        withdraw_handover(sent.id, reason="Không", actor=actor, on=ON)


class TestDenunciation:
    """The identity travels in the sealed part and is shown by nobody without a reason."""

    def test_it_stays_sealed_on_both_sides(self, send, entered, two_tenants, superuser):
        sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
        registered = accept(entered, sent)

        with entered(sent.receiver, "petition_officer") as actor:
            file = open_file(registered.id, actor=actor)
            assert file.petition.sealed
            assert file.content is None
            assert all(person.details is None for person in file.people)
            opened = disclose_petition(registered.id, actor=actor, reason="Xác minh theo kế hoạch")
            assert NAME in [person.details.full_name for person in opened.people]
        for table in ("handover", "handover_step", "handover_origin", "event"):
            found = superuser.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%Kín%'").fetchone()
            assert found == (0,)

    def test_opening_the_copy_needs_right_and_reason_and_is_journalled(self, send, entered, two_tenants, superuser):
        sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
        with pytest.raises(Invalid), entered(sent.receiver, "petition_officer") as actor:
            open_copy(*sent.key, actor=actor)
        with pytest.raises(Forbidden), entered(sent.receiver, "handovers.view") as actor:
            open_copy(*sent.key, actor=actor, reason="Để biết nội dung đơn")
        with entered(sent.receiver, "petition_officer") as actor:
            assert open_copy(*sent.key, actor=actor, reason="Để quyết định tiếp nhận").people[0].full_name == NAME
        journalled = superuser.execute(
            "SELECT count(*) FROM event WHERE tenant_id = %s AND action = 'handover.copy_opened'",
            [sent.receiver.id],
        ).fetchone()
        assert journalled == (1,)

    def test_its_transfer_clock_ends_in_time(self, send, entered, two_tenants):
        sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
        with entered(sent.sender):
            clocks = clocks_of("petition", [sent.petition_id])[sent.petition_id]
            transfer = [clock for clock in clocks if clock.rule_id == "DEN-03"]
            # Received Thursday 20/6; five working days after it: 21, 24, 25, 26, 27/6.
            assert [(clock.due_on, clock.state) for clock in transfer] == [(date(2024, 6, 27), "met")]


def test_forwarding_from_the_desk_is_judged_by_five_working_days(send, entered, two_tenants, make_petition):
    in_time = send(*two_tenants)
    late = send(*two_tenants, make_petition(two_tenants[0]), on=date(2024, 6, 28))
    by_post = send(*two_tenants, origin=Origin.POST)
    with entered(two_tenants[0]):
        states = {
            sent.petition_id: [
                clock.state
                for clock in clocks_of("petition", [sent.petition_id])[sent.petition_id]
                if clock.rule_id == "REC-13"
            ]
            for sent in (in_time, late, by_post)
        }
    assert states == {in_time.petition_id: ["met"], late.petition_id: ["late"], by_post.petition_id: []}


def test_a_loop_is_seen_and_the_nearest_common_superior_proposed(send, entered, three_levels, classify_at):
    sent = send(three_levels.commune, three_levels.sibling)
    back = accept(entered, sent).id
    classify_at(three_levels.sibling, back)

    with entered(three_levels.sibling):
        loop = find_loop(back, three_levels.commune.id)
        assert loop.proposed.id == three_levels.district.id
        assert find_loop(back, three_levels.other_district.id) is None
    with pytest.raises(Invalid) as refused:
        send(three_levels.sibling, three_levels.commune, back, on=NEXT)
    assert "despite_loop" in refused.value.errors

    again = send(three_levels.sibling, three_levels.commune, back, on=NEXT, despite_loop=True)
    third = accept(entered, again)
    with entered(three_levels.commune, "handovers.view") as actor:
        assert open_handover(*again.key, actor=actor).loop
        assert [(leg.from_id, leg.to_id) for leg in way_of(third.id)] == [
            (three_levels.commune.id, three_levels.sibling.id),
            (three_levels.sibling.id, three_levels.commune.id),
        ]


def test_lists_page_and_count_what_waits(send, entered, two_tenants):
    for _number in range(3):
        sent = send(*two_tenants)
    accept(entered, sent)

    with entered(sent.receiver, "handovers.view") as actor:
        assert count_waiting() == 2
        first = list_handovers(outgoing=False, actor=actor, size=2)
        second = list_handovers(outgoing=False, actor=actor, size=2, cursor=first.next_cursor)
        assert len({view.id for view in [*first.items, *second.items]}) == 3
        assert second.next_cursor is None
        assert len(list_handovers(outgoing=False, waiting=True, actor=actor).items) == 2
        assert list_handovers(outgoing=True, actor=actor).items == []
    with entered(sent.sender):
        assert count_waiting() == 0


def test_bodies_are_found_without_accents_in_our_province_only(entered, make_tenant, three_levels):
    wanted = make_tenant("district", three_levels.province, name="Huyện ủy Chi Lăng")
    make_tenant("district", three_levels.stranger, name="Huyện ủy Chi Lăng")
    make_tenant("district", three_levels.province, name="Huyện ủy Chi Lăng Cũ", state="suspended")

    with entered(three_levels.commune):
        assert [body.id for body in search_bodies("chi lang")] == [wanted.id]
        assert search_bodies(" ") == []
        assert search_bodies("nowhere at all") == []


def test_the_reason_for_opening_a_sealed_copy_is_kept_with_the_journalled_read(send, entered, two_tenants, superuser):
    sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
    reason = "Xác minh trước khi tiếp nhận"
    for wrong, fault in (("", Invalid), ("xem", Invalid)):
        with entered(sent.receiver, "petition_officer") as actor, pytest.raises(fault):
            open_copy(*sent.key, actor=actor, reason=wrong)
    with entered(sent.receiver, "handovers.view") as actor, pytest.raises(Forbidden):
        open_copy(*sent.key, actor=actor, reason=reason)
    with entered(sent.sender, "petition_officer") as actor, pytest.raises(NotFound):
        open_copy(*sent.key, actor=actor, reason=reason)
    with pytest.raises(RuntimeError), entered(sent.receiver, "petition_officer") as actor:
        open_copy(*sent.key, actor=actor, reason=reason)
        raise RuntimeError("the request fails after the read")
    events = superuser.execute(
        "SELECT tenant_id, subject_id::text, detail FROM event WHERE action = 'handover.copy_opened' AND subject_id = %s",
        [str(sent.id)],
    ).fetchall()
    assert [(event[0], event[1]) for event in events] == [(sent.receiver.id, str(sent.id))]
    reason_id = UUID(events[0][2]["reason_id"])
    with entered(sent.receiver):
        assert read_texts([reason_id]) == {reason_id: reason}
    with entered(sent.sender):
        assert read_texts([reason_id]) == {reason_id: None}
