"""Visits: registered fast, in the vault from the first moment, seen by nobody else."""

from datetime import date

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.identity.vault import find_people
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import open_matter, petition_by_id
from tiepdan.receptions.rules import ReceivedBy, ReceptionForm, RefusalForm, RefusalGround, VisitorRole, VisitStatus
from tiepdan.receptions.service import (
    RegisterRemarks,
    close_day,
    find_returning,
    issue_refusal_notice,
    link_matter,
    mark_left,
    mark_received,
    queue_of,
    reception_by_id,
    record_remarks,
    refuse_visit,
    register_visit,
    renew_visit_pin,
    set_kind,
    take_petition,
    track_visit,
    visit_by_id,
)
from tiepdan.sdk import PetitionKind

ON = date(2024, 6, 28)
EXPLAINED = "Đã giải thích: vụ việc đã có quyết định giải quyết."


@pytest.fixture
def reception(make_reception):
    return make_reception(opened=True)


@pytest.fixture
def desk(make_reception):
    return make_reception(form=ReceptionForm.REGULAR)


def test_a_visit_gets_the_next_number_and_a_code(reception, come, entered, tenant):
    first, second = come(reception), come(reception, name="Lò Văn Hai")
    assert (first.number, second.number) == (1, 2)
    with entered(tenant, "reception_officer"):
        queue = queue_of(reception.days[0].id)
    assert [visit.lead_name for visit in queue] == ["Hoàng Thị Mẫu", "Lò Văn Hai"]
    assert queue[0].content == "Đề nghị cấp giấy chứng nhận."


def test_names_and_contents_are_only_in_the_vault(reception, come, superuser):
    visit = come(reception, name="Tên Rất Lạ", content="Nội dung rất lạ", number="012345678901")
    rows = superuser.execute(
        "SELECT v::text, p::text FROM visit v JOIN visit_person p ON p.visit_id = v.id WHERE v.id = %s", [visit.id]
    )
    plain = str(rows.fetchall())
    assert "Lạ" not in plain
    assert "012345678901" not in plain


def test_a_posted_day_opens_with_its_first_visit(make_reception, come, entered, tenant):
    reception = make_reception()
    come(reception)
    with entered(tenant, "viewer"):
        assert reception_by_id(reception.id).days[0].status == "open"


def test_nobody_is_registered_on_a_day_that_is_over(reception, come, entered, tenant):
    with entered(tenant, "committee_head") as head:
        close_day(reception.days[0].id, actor=head, on=ON)
    with pytest.raises(Conflict):
        come(reception)


def test_who_comes_to_the_head_waits_and_who_comes_to_the_desk_is_received(reception, desk, come, entered, tenant):
    to_head, to_desk = come(reception), come(desk)
    with entered(tenant, "committee_head") as head:
        assert visit_by_id(to_head.id).status is VisitStatus.WAITING
        assert visit_by_id(to_desk.id).status is VisitStatus.RECEIVED
        mark_received(to_head.id, actor=head, on=ON)
        seen = visit_by_id(to_head.id)
        assert (seen.status, seen.received_by) == (VisitStatus.RECEIVED, ReceivedBy.HEAD)
        with pytest.raises(Conflict):
            mark_left(to_head.id, actor=head, on=ON)


# Luật Tiếp công dân, Điều 29 (REC-18): twelve people send at most five.
def test_a_group_with_too_many_representatives_is_refused_with_the_clause(reception, come):
    with pytest.raises(Invalid) as fault:
        come(reception, more_people=[f"Người {n}" for n in range(5)], people_count=12)
    assert "Điều 29" in str(fault.value.errors["people_count"])


# workflows: a group of 12 with 5 representatives; group flag at 5 and more.
def test_a_group_is_a_crowd_with_its_representatives(reception, come, entered, tenant):
    visit = come(reception, more_people=["Người Hai", "Người Ba", "Người Bốn", "Người Năm"], people_count=12)
    with entered(tenant, "viewer"):
        seen = visit_by_id(visit.id)
    assert (seen.people_count, seen.is_crowd, len(seen.people)) == (12, True, 5)


@pytest.mark.parametrize(("people_count", "crowd"), [(4, False), (5, True)])
def test_five_people_are_a_crowd(reception, come, entered, tenant, people_count, crowd):
    visit = come(reception, people_count=people_count)
    with entered(tenant, "viewer"):
        assert visit_by_id(visit.id).is_crowd is crowd


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "people"), ({"content": " "}, "content"), ({"people_count": 1, "more_people": ["Hai"]}, "people_count")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(reception, come, wrong, field):
    with pytest.raises(Invalid) as fault:
        come(reception, **wrong)
    assert field in fault.value.errors


# Luật Tố cáo 25/2018/QH14, Điều 49: who denounces is kept secret from the first moment.
def test_a_denunciation_is_sealed_at_the_door(reception, come, entered, tenant):
    visit = come(reception, name="Người Tố Cáo", kind=PetitionKind.DENUNCIATION)
    with entered(tenant, "reception_officer") as officer:
        seen = visit_by_id(visit.id)
        assert (seen.sealed, seen.lead_name, seen.content) == (True, None, None)
        assert find_people(full_name="Người Tố Cáo") == []
        assert find_returning(full_name="Người Tố Cáo", actor=officer) == []


def test_a_kind_found_later_seals_too_and_stays_sealed(reception, come, entered, tenant):
    visit = come(reception)
    with entered(tenant, "reception_officer") as officer:
        set_kind(visit.id, PetitionKind.DENUNCIATION, actor=officer, on=ON)
        set_kind(visit.id, PetitionKind.FEEDBACK, actor=officer, on=ON)
        assert visit_by_id(visit.id).lead_name is None


def test_a_returning_visitor_is_found_by_number_or_folded_name(reception, come, entered, tenant):
    first = come(reception, name="Nguyễn Thị Đào", number="012 345 678 901")
    with entered(tenant, "reception_officer") as officer:
        by_number = find_returning(id_number="012345678901", actor=officer)
        by_name = find_returning(full_name="nguyen thi dao", actor=officer)
    assert [visit.id for visit in by_number[0].visits] == [first.id]
    assert by_name[0].details.address == "thôn Bản, xã Mẫu"


def test_two_visits_of_one_person_are_one_person(reception, come, entered, tenant):
    for _ in range(2):
        come(reception, name="Nguyễn Thị Đào", number="012345678901")
    with entered(tenant, "reception_officer") as officer:
        found = find_returning(id_number="012345678901", actor=officer)
    assert [len(person.visits) for person in found] == [2]


def test_one_word_of_a_name_finds_nobody(reception, come, entered, tenant):
    come(reception, name="Đào")
    with entered(tenant, "reception_officer") as officer:
        assert find_returning(full_name="Đào", actor=officer) == []


def test_a_neighbour_does_not_know_the_visitor(reception, come, entered, neighbour):
    come(reception, name="Nguyễn Thị Đào", number="012345678901")
    with entered(neighbour, "reception_officer") as officer:
        assert find_returning(id_number="012345678901", actor=officer) == []
        assert find_returning(full_name="Nguyễn Thị Đào", actor=officer) == []


def test_a_petition_shares_the_rows_of_the_visit(reception, come, entered, tenant):
    visit = come(reception, name="Nguyễn Thị Đào", people_count=3)
    with entered(tenant, "committee_head", "petitions.register") as actor:
        petition = take_petition(visit.id, kind=PetitionKind.PROPOSAL, field=Field.LAND, actor=actor, on=ON)
        seen, row = visit_by_id(visit.id), petition_by_id(petition.id)
        assert (seen.petition_id, seen.matter_id, seen.status) == (petition.id, row.matter_id, VisitStatus.RECEIVED)
        assert row.people_count == 3
        assert row.lead_person_id == seen.people[0].id
        assert [p.id for p in find_returning(full_name="Nguyễn Thị Đào", actor=actor)[0].petitions] == [petition.id]
        with pytest.raises(Conflict):
            take_petition(visit.id, kind=None, field=Field.LAND, actor=actor, on=ON)


def test_a_petition_that_denounces_seals_the_visit(reception, come, entered, tenant):
    visit = come(reception)
    with entered(tenant, "committee_head", "petitions.register") as actor:
        record_remarks(visit.id, RegisterRemarks(note="Có tên người"), actor=actor, on=ON)
        take_petition(visit.id, kind=PetitionKind.DENUNCIATION, field=Field.OTHER, actor=actor, on=ON)
        seen = visit_by_id(visit.id)
    assert (seen.sealed, seen.lead_name, seen.content, seen.remarks.note) == (True, None, None, "")


def test_a_visit_is_linked_to_a_matter_of_this_tenant_only(reception, come, entered, tenant, neighbour):
    visit = come(reception)
    with entered(neighbour, "petition_officer") as officer:
        foreign = open_matter(Field.LAND, actor=officer, on=ON)
    with entered(tenant, "committee_head", "petitions.register") as actor:
        own = open_matter(Field.LAND, actor=actor, on=ON)
        with pytest.raises(NotFound):
            link_matter(visit.id, foreign.id, actor=actor, on=ON)
        link_matter(visit.id, own.id, actor=actor, on=ON)
        assert visit_by_id(visit.id).matter_id == own.id


def test_the_columns_of_the_register_are_kept(reception, come, entered, tenant):
    visit = come(reception)
    said = RegisterRemarks("UBND huyện", "12/HD-TCD", "", "Đã trả lời", "Mang theo bản sao", within_competence=True)
    with entered(tenant, "reception_officer") as officer:
        record_remarks(visit.id, said, actor=officer, on=ON)
        assert visit_by_id(visit.id).remarks == said


def test_a_refusal_keeps_ground_form_and_explanation(reception, come, entered, tenant):
    visit = come(reception)
    with entered(tenant, "reception_officer") as officer:
        form = refuse_visit(visit.id, RefusalGround.ARTICLE_9_2, EXPLAINED, actor=officer, on=ON)
        seen = visit_by_id(visit.id)
        assert form is RefusalForm.ORAL
        assert (seen.status, seen.refusal_ground, seen.explanation) == (
            VisitStatus.REFUSED,
            RefusalGround.ARTICLE_9_2,
            EXPLAINED,
        )
        with pytest.raises(Conflict):
            take_petition(visit.id, kind=None, field=Field.LAND, actor=officer, on=ON)
        with pytest.raises(Conflict):
            issue_refusal_notice(visit.id, "01/TB", actor=officer, on=ON)


# Before 01/7/2026 the points of the decree are no ground (REC-16p).
def test_a_ground_that_is_not_in_force_is_refused(reception, come, entered, tenant):
    visit = come(reception)
    with entered(tenant, "reception_officer") as officer, pytest.raises(Invalid) as fault:
        refuse_visit(visit.id, RefusalGround.POINT_C, EXPLAINED, actor=officer, on=ON)
    assert "ground" in fault.value.errors


# Nghị định 154/2026/NĐ-CP, Điều 4 khoản 3: 3 working days from the grounds. Wed 2026-07-08 → Mon 2026-07-13.
def test_a_written_refusal_starts_a_clock_of_three_working_days(make_reception, come, entered, tenant):
    from tiepdan.deadlines.service import clocks_of

    day = date(2026, 7, 8)
    visit = come(make_reception(day, opened=True))
    with entered(tenant, "reception_officer") as officer:
        assert refuse_visit(visit.id, RefusalGround.POINT_H, EXPLAINED, actor=officer, on=day) is RefusalForm.WRITTEN
        (clock,) = clocks_of("visit", [visit.id])[visit.id]
        assert clock.due_on == date(2026, 7, 13)
        issue_refusal_notice(visit.id, "01/TB-TCD", actor=officer, on=date(2026, 7, 10))
        (clock,) = clocks_of("visit", [visit.id])[visit.id]
        assert clock.ended_on == date(2026, 7, 10)


def test_the_receipt_opens_the_tracking(reception, come, entered, tenant, neighbour):
    visit = come(reception)
    with entered(tenant, "viewer"):
        assert track_visit(visit.code, visit.pin).visited_on == ON
        with pytest.raises(NotFound):
            track_visit(visit.code, "000000" if visit.pin != "000000" else "111111")
    with entered(neighbour, "viewer"), pytest.raises(NotFound):
        track_visit(visit.code, visit.pin)


def test_a_new_pin_ends_the_old_one(reception, come, entered, tenant):
    visit = come(reception)
    with entered(tenant, "reception_officer") as officer:
        pin = renew_visit_pin(visit.id, actor=officer, on=ON)
        assert track_visit(visit.code, pin).code == visit.code


def test_a_neighbour_finds_no_visit(reception, come, entered, neighbour, new_visit):
    visit = come(reception)
    with entered(neighbour, "reception_officer") as officer:
        for act in (
            lambda: visit_by_id(visit.id),
            lambda: register_visit(reception.days[0].id, new_visit(), actor=officer, on=ON),
            lambda: mark_received(visit.id, actor=officer, on=ON),
            lambda: mark_left(visit.id, actor=officer, on=ON),
            lambda: set_kind(visit.id, None, actor=officer, on=ON),
            lambda: record_remarks(visit.id, RegisterRemarks(), actor=officer, on=ON),
            lambda: take_petition(visit.id, kind=None, field=Field.LAND, actor=officer, on=ON),
            lambda: refuse_visit(visit.id, RefusalGround.ARTICLE_9_1, EXPLAINED, actor=officer, on=ON),
            lambda: issue_refusal_notice(visit.id, "1", actor=officer, on=ON),
            lambda: renew_visit_pin(visit.id, actor=officer, on=ON),
        ):
            with pytest.raises(NotFound):
                act()


def test_rights_are_checked(reception, come, entered, tenant, new_visit):
    visit = come(reception)
    with entered(tenant, "viewer") as viewer:
        for act in (
            lambda: register_visit(reception.days[0].id, new_visit(), actor=viewer, on=ON),
            lambda: refuse_visit(visit.id, RefusalGround.ARTICLE_9_1, EXPLAINED, actor=viewer, on=ON),
            lambda: find_returning(full_name="Hoàng Thị Mẫu", actor=viewer),
        ):
            with pytest.raises(Forbidden):
                act()


def test_a_representative_is_one(reception, entered, tenant, new_visit):
    from tiepdan.identity.vault import PersonDetails
    from tiepdan.receptions.service import NewVisit, Visitor

    new = NewVisit([Visitor(PersonDetails("Người Đại Diện"), VisitorRole.REPRESENTATIVE)], "Nội dung", people_count=7)
    with entered(tenant, "reception_officer") as officer:
        visit = register_visit(reception.days[0].id, new, actor=officer, on=ON)
        assert visit_by_id(visit.id).people[0].role is VisitorRole.REPRESENTATIVE
