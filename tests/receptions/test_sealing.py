"""What a reception leaves on paper is sealed as soon as one of its visitors is a denouncer."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest

from tests.support import csrf_of
from tiepdan.core.errors import Forbidden, Invalid, NotFound
from tiepdan.core.plugins import join
from tiepdan.directives.service import (
    NewAssignment,
    NewConclusion,
    assignment_by_id,
    disclose_notice,
    notice_by_id,
)
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field
from tiepdan.receptions.registers import RegisterEntry, write_register
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.receptions.service import (
    NewMinutes,
    RegisterRemarks,
    close_day,
    conclude_reception,
    disclose_minutes,
    disclose_visit,
    mark_received,
    queue_of,
    read_minutes,
    record_remarks,
    set_kind,
    take_petition,
    visit_by_id,
    write_minutes,
)
from tiepdan.sdk import PetitionKind

ON = date(2024, 6, 28)
NAME = "Lộc Thị Kín"
TEXT = f"Bà {NAME} tố cáo cán bộ địa chính."
UNSIGNED = f"{NAME} sợ bị lộ nên không ký"
MINUTES = NewMinutes(TEXT, "Lương Văn Mẫu", "Vi Thư Ký", citizens_signed=False, unsigned_reason=UNSIGNED)
REASON = "Chuẩn bị làm việc với thanh tra"


@pytest.fixture
def reception(make_reception):
    return make_reception(opened=True)


@pytest.fixture
def write(entered, tenant):
    """Write the minutes of a reception."""

    def write(reception, minutes=MINUTES):
        with entered(tenant, "reception_officer") as officer:
            write_minutes(reception.id, minutes, actor=officer, on=ON)

    return write


@pytest.fixture
def conclude(entered, tenant):
    """Conclude a reception with work for a body: conclude(reception, receiver=…) -> IssuedConclusion."""

    def conclude(reception, *, body=tenant, receiver=None):
        with entered(body, "committee_head") as head:
            for visit in queue_of(reception.days[0].id):
                mark_received(visit.id, actor=head, on=ON)
            close_day(reception.days[0].id, actor=head, on=ON)
            works = [NewAssignment((receiver or body).id, "Kiểm tra việc cấp đất", due_on=date(2024, 7, 12))]
            new = NewConclusion("05-TB/ĐU", ON, "Lương Văn Mẫu", TEXT, reception_id=reception.id, assignments=works)
            return conclude_reception(new, actor=head, on=ON)

    return conclude


@pytest.fixture
def seen(entered, tenant):
    def seen(reception):
        with entered(tenant):
            return read_minutes(reception.id)

    return seen


def journal(superuser, tenant):
    return superuser.execute(
        "SELECT action, subject_type, subject_id::text, detail FROM event WHERE tenant_id = %s ORDER BY at, id",
        [tenant.id],
    ).fetchall()


def sealed_texts(superuser, tenant):
    """Return how many texts of a tenant are sealed, and how many are not."""
    return superuser.execute(
        "SELECT count(*) FILTER (WHERE sealed), count(*) FILTER (WHERE NOT sealed) FROM vault.text WHERE tenant_id = %s",
        [tenant.id],
    ).fetchone()


def test_minutes_without_a_denouncer_are_open(reception, come, write, seen):
    come(reception)
    write(reception)
    assert (seen(reception).text, seen(reception).unsigned_reason) == (TEXT, UNSIGNED)


def test_minutes_after_a_denouncer_are_sealed(reception, come, write, seen, superuser, tenant):
    come(reception, name=NAME, kind=PetitionKind.DENUNCIATION)
    write(reception)
    assert seen(reception).text is None
    assert NAME not in str(seen(reception))
    row = superuser.execute("SELECT * FROM reception_minutes WHERE reception_id = %s", [reception.id]).fetchone()
    assert NAME not in str(row)


def test_minutes_are_sealed_when_a_visit_turns_out_to_be_a_denunciation(
    reception, come, write, seen, entered, tenant, superuser
):
    visit = come(reception, name=NAME)
    write(reception, NewMinutes("Bản đầu", "A", "B"))
    write(reception)
    with entered(tenant, "reception_officer") as officer:
        set_kind(visit.id, PetitionKind.DENUNCIATION, actor=officer, on=ON)
    assert (seen(reception).text, seen(reception).unsigned_reason) == (None, "")
    assert sealed_texts(superuser, tenant)[1] == 0  # neither the visit's content nor any version of the minutes


def test_minutes_are_sealed_when_a_denouncer_comes_after_they_were_begun(reception, come, write, seen):
    write(reception)
    come(reception, name=NAME, kind=PetitionKind.DENUNCIATION)
    assert seen(reception).text is None


def test_minutes_are_sealed_when_the_petition_of_a_visit_is(reception, come, write, seen, entered, tenant):
    visit = come(reception, name=NAME)
    write(reception)
    with entered(tenant, "reception_officer") as officer:
        petition = take_petition(visit.id, kind=None, field=Field.OTHER, actor=officer, on=ON)
        assert read_minutes(reception.id).text == TEXT
        join("petition_sealed", petition_id=petition.id, visit_id=visit.id, on=ON)
    assert seen(reception).text is None


def test_a_denouncer_in_an_imported_line_seals_too(entered, tenant, superuser):
    def line(number, kind):
        return RegisterEntry(
            "Sổ", 2024, number, ON, "Kỳ 1", Duty.PARTY, ReceptionForm.PERIODIC, ReceivedBy.HEAD,
            people=[PersonDetails("Lý Văn Một")], content="Nội dung", kind=kind,
        )  # fmt: skip

    with entered(tenant, "reception_officer") as officer:
        write_register([line(1, PetitionKind.PROPOSAL)], actor=officer, on=ON)
    reception_id = superuser.execute("SELECT reception_id FROM visit WHERE tenant_id = %s", [tenant.id]).fetchone()[0]
    with entered(tenant, "reception_officer") as officer:
        write_minutes(reception_id, MINUTES, actor=officer, on=ON)
        write_register([line(2, PetitionKind.DENUNCIATION)], actor=officer, on=ON)
        assert read_minutes(reception_id).text is None


def test_sealing_and_writing_at_once_leave_nothing_open(reception, come, entered, tenant, seen):
    visit = come(reception, name=NAME)

    def seal():
        with entered(tenant):
            join("petition_sealed", petition_id=visit.id, visit_id=visit.id, on=ON)

    with ThreadPoolExecutor(1) as other:
        with entered(tenant, "reception_officer") as officer:
            write_minutes(reception.id, MINUTES, actor=officer, on=ON)
            sealing = other.submit(seal)
            assert wait([sealing], 0.5).not_done  # for our transaction
        sealing.result(5)
    assert seen(reception).text is None


def test_sealed_minutes_open_with_the_right_and_a_reason_journalled_first(
    reception, come, write, entered, tenant, superuser
):
    come(reception, name=NAME, kind=PetitionKind.DENUNCIATION)
    write(reception)
    with entered(tenant, "reception_officer") as officer, pytest.raises(Forbidden):
        disclose_minutes(reception.id, actor=officer, reason=REASON)
    with entered(tenant, "inspector") as inspector, pytest.raises(Invalid):
        disclose_minutes(reception.id, actor=inspector, reason="xem")
    with entered(tenant, "inspector") as inspector:
        opened = disclose_minutes(reception.id, actor=inspector, reason=REASON)
    assert (opened.text, opened.unsigned_reason) == (TEXT, UNSIGNED)
    events = journal(superuser, tenant)
    assert ("reception.disclosed", "reception", str(reception.id)) in [event[:3] for event in events]
    assert events[-1][0] == "identity.unsealed"
    assert "reason_id" in json.dumps(events[-1][3])
    assert REASON not in str(events)


def test_a_notice_about_a_denouncer_is_sealed_and_its_work_carries_nothing_of_it(
    make_reception, come, conclude, entered, three_levels, superuser
):
    tenant, receiver = three_levels.district, three_levels.commune
    reception = make_reception(opened=True, body=tenant)
    come(reception, body=tenant, name=NAME, content=TEXT, kind=PetitionKind.DENUNCIATION)
    issued = conclude(reception, body=tenant, receiver=receiver)
    with entered(tenant):
        assert notice_by_id(issued.id).text is None
    with entered(receiver):
        work = assignment_by_id(issued.assignment_ids[0])
        assert work.number == "05-TB/ĐU"
        assert "Lộc" not in str(work)
        assert "tố cáo" not in str(work)
        assert (work.notice_id, work.reception_id, work.matter_id) == (None, None, None)
    with entered(tenant, "reception_officer") as officer, pytest.raises(Forbidden):
        disclose_notice(issued.id, actor=officer, reason=REASON)
    with entered(tenant, "committee_head") as head:
        assert disclose_notice(issued.id, actor=head, reason=REASON).text == TEXT
    actions = [event[0] for event in journal(superuser, tenant)]
    assert actions[-2:] == ["conclusion_notice.disclosed", "identity.unsealed"]


def test_a_notice_is_sealed_when_a_visit_turns_out_to_be_a_denunciation(reception, come, conclude, entered, tenant):
    visit = come(reception, name=NAME)
    issued = conclude(reception)
    with entered(tenant, "reception_officer") as officer:
        assert notice_by_id(issued.id).text == TEXT
        set_kind(visit.id, PetitionKind.DENUNCIATION, actor=officer, on=ON)
        assert notice_by_id(issued.id).text is None


def test_a_sealed_visit_opens_with_the_right_and_a_reason(reception, come, entered, tenant, superuser):
    visit = come(reception, name=NAME, content=TEXT)
    with entered(tenant, "reception_officer") as officer:
        record_remarks(visit.id, RegisterRemarks(note="Đã hẹn lại"), actor=officer, on=ON)
        set_kind(visit.id, PetitionKind.DENUNCIATION, actor=officer, on=ON)
        assert visit_by_id(visit.id).lead_name is None
        with pytest.raises(Forbidden):
            disclose_visit(visit.id, actor=officer, reason=REASON)
    with entered(tenant, "committee_head") as head:
        with pytest.raises(Invalid):
            disclose_visit(visit.id, actor=head, reason="")
        opened = disclose_visit(visit.id, actor=head, reason=REASON)
    assert opened.people[0].details.full_name == NAME
    assert (opened.content, opened.explanation, opened.remarks.note) == (TEXT, "", "Đã hẹn lại")
    actions = [event[0] for event in journal(superuser, tenant)]
    assert actions[-4:] == ["visit.disclosed", "identity.unsealed", "identity.unsealed", "identity.unsealed"]


def test_a_neighbour_opens_none_of_it(reception, come, write, conclude, entered, neighbour):
    visit = come(reception, name=NAME, kind=PetitionKind.DENUNCIATION)
    write(reception)
    issued = conclude(reception)
    with entered(neighbour, "committee_head", "inspector") as stranger:
        for act, row_id in ((disclose_visit, visit.id), (disclose_minutes, reception.id), (disclose_notice, issued.id)):
            with pytest.raises(NotFound):
                act(row_id, actor=stranger, reason=REASON)


def post(browser, path, token, **data):
    return browser.post(path, data={"csrf_token": token, **data})


def test_pages_show_nothing_sealed_before_a_reason_is_given(
    reception, come, write, conclude, make_account, sign_in, tenant, neighbour
):
    visit = come(reception, name=NAME, content=TEXT, kind=PetitionKind.DENUNCIATION)
    write(reception)
    issued = conclude(reception)
    head, stranger = sign_in(make_account(tenant, "committee_head")), sign_in(make_account(neighbour, "committee_head"))
    officer = sign_in(make_account(tenant, "reception_officer"))
    pages = {
        f"/receptions/visits/{visit.id}": f"/receptions/visits/{visit.id}/disclose",
        f"/receptions/{reception.id}/minutes/print": f"/receptions/{reception.id}/minutes/disclose",
        f"/directives/notices/{issued.id}": f"/directives/notices/{issued.id}/disclose",
    }
    token = csrf_of(head, tenant.url("/receptions/"))
    for page, door in pages.items():
        shown = head.get(tenant.url(page))
        assert shown.status_code == 200
        assert NAME not in shown.text
        assert door in shown.text
        assert door not in officer.get(tenant.url(page)).text
        short = post(head, tenant.url(door), token, reason="xem")
        assert short.status_code == 422
        assert NAME not in short.text
        opened = post(head, tenant.url(door), token, reason=REASON)
        assert opened.status_code == 200
        assert NAME in opened.text
        assert (
            post(officer, tenant.url(door), csrf_of(officer, tenant.url("/receptions/")), reason=REASON).status_code
            == 403
        )
        other = post(stranger, neighbour.url(door), csrf_of(stranger, neighbour.url("/receptions/")), reason=REASON)
        assert other.status_code == 404
    assert NAME not in officer.get(tenant.url(f"/receptions/{reception.id}/minutes")).text
