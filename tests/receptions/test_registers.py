"""Registers brought in: whole, once, and at a cost that does not grow."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from tiepdan.core.errors import Forbidden, Invalid
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm, ReceptionStatus
from tiepdan.receptions.service import (
    RegisterEntry,
    count_receptions,
    find_returning,
    head_quota,
    queue_of,
    receptions_between,
    write_register,
    written_in_chunks,
)
from tiepdan.sdk import PetitionKind

ON = date(2022, 6, 30)
HALF_YEAR = (date(2022, 1, 1), ON)


def line(number, day=date(2022, 1, 15), session="Kỳ 1", **more):
    person = PersonDetails(f"Người Số {number}", "thôn Mẫu", "citizen_id", f"0200{number:08d}")
    values = {
        "book": "TCD-01",
        "year": 2022,
        "number": number,
        "day_on": day,
        "session": session,
        "duty": Duty.PARTY,
        "form": ReceptionForm.PERIODIC,
        "chair": ReceivedBy.HEAD,
        "chair_name": "Lương Văn Mẫu",
        "place": "Trụ sở",
        "people": (person,),
        "content": f"Nội dung {number}",
        **more,
    }
    return RegisterEntry(**values)


def empty(number, day, session):
    return line(number, day, session, people=(), content="")


@pytest.fixture
def write(entered, tenant):
    def write(*lines, body=None, **more):
        with entered(body or tenant, "registers.import") as actor:
            return write_register(lines, actor=actor, on=ON, **more)

    return write


# figures: Lạng Sơn, first half of 2022: 6 kỳ, 8 vụ việc, 27 lượt.
def test_the_register_of_lang_son_gives_its_figures(write, entered, tenant):
    days = [date(2022, month, 15) for month in range(1, 7)]
    lines = [line(n + 1, days[n % 5], f"Kỳ {n % 5 + 1}", matter=f"Vụ {n % 8}") for n in range(27)]
    lines.append(empty(28, days[5], "Kỳ 6"))
    done = write(*lines)
    assert (done.written, done.visits, done.receptions) == (28, 27, 6)
    with entered(tenant, "viewer"):
        found, quota = count_receptions(*HALF_YEAR), head_quota(*HALF_YEAR)
    assert (found.receptions, found.matters, found.visits, found.empty_receptions) == (6, 8, 27, 1)
    assert (quota.held, quota.owed) == (6, 12)


def test_a_second_run_changes_nothing(write, entered, tenant):
    lines = [line(1), line(2), empty(3, date(2022, 2, 15), "Kỳ 2")]
    write(*lines)
    again = write(*lines)
    assert (again.written, again.unchanged, again.changed) == (0, 3, ())
    with entered(tenant, "viewer"):
        assert count_receptions(*HALF_YEAR).visits == 2


def test_a_line_that_says_something_else_now_is_told_and_left(write, entered, tenant):
    write(line(1))
    again = write(replace(line(1), content="Nội dung khác"))
    assert again.changed == (("TCD-01", 2022, 1),)
    with entered(tenant, "viewer"):
        (reception,) = receptions_between(*HALF_YEAR)
        assert queue_of(reception.days[0].id)[0].content == "Nội dung 1"


def test_later_lines_join_the_reception_that_is_there(write, entered, tenant):
    write(empty(1, date(2022, 1, 15), "Kỳ 1"))
    done = write(line(2), line(3, date(2022, 1, 16)))
    assert (done.receptions, done.visits) == (0, 2)
    with entered(tenant, "viewer"):
        (reception,) = receptions_between(*HALF_YEAR)
        assert (reception.first_on.day, reception.last_on.day) == (15, 16)
        assert [day.last_number for day in reception.days] == [1, 1]
        assert reception.status is ReceptionStatus.CLOSED


def test_chunks_give_the_same_as_one_piece(write, entered, tenant, neighbour):
    lines = [line(n, date(2022, 1, 15 + n % 2), f"Kỳ {n % 3}", matter=f"Vụ {n % 4}") for n in range(1, 20)]
    write(*lines, chunk=4)
    write(*lines, body=neighbour)
    counts = []
    for body in (tenant, neighbour):
        with entered(body, "viewer"):
            counts.append(count_receptions(*HALF_YEAR))
    assert counts[0] == counts[1]
    assert (counts[0].receptions, counts[0].matters, counts[0].visits) == (3, 4, 19)


def test_progress_is_told_chunk_by_chunk(entered, tenant):
    with entered(tenant, "registers.import") as actor:
        steps = list(written_in_chunks((line(n) for n in range(1, 6)), actor=actor, on=ON, chunk=2))
    assert [step.written for step in steps] == [2, 2, 1]


def test_a_visitor_of_the_register_is_a_returning_visitor(write, entered, tenant, neighbour):
    write(line(7))
    with entered(tenant, "reception_officer") as officer:
        assert len(find_returning(id_number="020000000007", actor=officer)) == 1
    with entered(neighbour, "reception_officer") as officer:
        assert find_returning(id_number="020000000007", actor=officer) == []


def test_a_denunciation_of_the_register_is_sealed(write, entered, tenant):
    write(line(1, kind=PetitionKind.DENUNCIATION), line(2))
    with entered(tenant, "reception_officer") as officer:
        (reception,) = receptions_between(*HALF_YEAR)
        first, second = queue_of(reception.days[0].id)
        assert (first.lead_name, first.content) == (None, None)
        assert second.lead_name == "Người Số 2"
        assert find_returning(id_number="020000000001", actor=officer) == []


def test_the_columns_of_the_register_are_kept(write, entered, tenant):
    from tiepdan.receptions.service import visit_by_id

    write(line(1, settled_by="UBND xã", within_competence=True, guided_document="3/HD", note="Ghi chú", people_count=7))
    with entered(tenant, "viewer"):
        (reception,) = receptions_between(*HALF_YEAR)
        seen = visit_by_id(queue_of(reception.days[0].id)[0].id)
    assert (seen.remarks.settled_by, seen.remarks.within_competence, seen.remarks.note) == ("UBND xã", True, "Ghi chú")
    assert (seen.people_count, seen.is_crowd) == (7, True)


def test_duties_and_forms_of_one_day_are_different_receptions(write):
    done = write(
        line(1),
        line(2, duty=Duty.STATE),
        line(3, form=ReceptionForm.EXTRAORDINARY),
        line(4, form=ReceptionForm.REGULAR, chair=ReceivedBy.DESK),
    )
    assert done.receptions == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"day_on": date(2022, 7, 1)},
        {"content": " "},
        {"session": ""},
        {"people_count": 0},
        {"form": ReceptionForm.REGULAR},
        {"chair": ReceivedBy.DESK},
    ],
)
def test_a_line_that_contradicts_itself_stops_the_run(write, entered, tenant, wrong):
    with pytest.raises(Invalid) as fault:
        write(line(1), replace(line(2), **wrong))
    assert list(fault.value.errors) == ["TCD-01/2022/2"]
    with entered(tenant, "viewer"):
        assert count_receptions(*HALF_YEAR).visits == 0


def test_a_number_twice_in_a_run_is_a_fault(write):
    with pytest.raises(Invalid):
        write(line(1), line(1))


def test_the_right_to_import_is_needed(entered, tenant):
    with entered(tenant, "viewer") as viewer, pytest.raises(Forbidden):
        write_register([line(1)], actor=viewer, on=ON)


def test_a_line_cannot_be_guessed_from_what_is_kept_of_it(write, tenant, neighbour, superuser):
    """The digest of a line says whom it names: outside the vault it must be keyed, and differ by committee."""
    entry = line(1)
    write(entry)
    write(entry, body=neighbour)
    said = json.dumps(asdict(entry), default=str, sort_keys=True, ensure_ascii=False)
    kept = [
        bytes(superuser.execute("SELECT row_hash FROM register_row WHERE tenant_id = %s", [body.id]).fetchone()[0])
        for body in (tenant, neighbour)
    ]
    assert hashlib.sha256(said.encode()).digest() not in kept
    assert kept[0] != kept[1]
