"""Entries: kept, numbered, changed, struck, found; a neighbour's never; nothing private outside the vault."""

import json
import threading
from datetime import date

import pytest

from tests.registers.conftest import ON, make_register, make_schema, words
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.registers.entries import add_entry, change_entry, list_entries, strike_entry
from tiepdan.registers.reading import open_entry, page_of_entries
from tiepdan.registers.service import find_register, registers_here

SECRET = "Lộc Thị Gieo Tên"


def rows(superuser, tenant, columns="*"):
    return superuser.execute(
        f"SELECT {columns} FROM register_entry WHERE tenant_id = %s ORDER BY id", [tenant.id]
    ).fetchall()


def found(entered, tenant, search, **more):
    with entered(tenant, "petition_officer"):
        register = find_register("keeping", "classes", on=ON)
        return [each.title for each in page_of_entries(register, search=search, **more).items]


def test_an_entry_is_kept_with_number_and_version(own, add, entered, superuser):
    first = add(own, people=40, kind="law", done=True, result="Đạt", fee=2.5)
    second = add(own, opened_on="2023-12-31")
    third = add(own, topic="Kỹ năng tiếp dân")
    assert [first.number, second.number, third.number] == ["1/2024", "1/2023", "2/2024"]
    with entered(own, "petition_officer") as actor:
        file = open_entry(first.id, actor=actor, on=ON)
        assert file.values == {
            "topic": "Luật Tiếp công dân", "opened_on": "2024-06-03", "people": 40, "kind": "law", "done": True,
            "result": "Đạt", "fee": 2.5,
        }  # fmt: skip
        assert file.schema.version == 1
        assert file.older == []
        assert [each.title for each in list_entries("keeping", "classes", limit=10)] == [
            "Kỹ năng tiếp dân", "Luật Tiếp công dân", "Luật Tiếp công dân",
        ]  # fmt: skip
        assert len(list_entries("keeping", "classes", first=date(2024, 1, 1), last=ON, limit=1)) == 1
    assert superuser.execute("SELECT count(*) FROM form_version WHERE tenant_id = %s", [own.id]).fetchone() == (1,)


def test_a_neighbour_has_nothing_of_it(own, other, add, enable, entered):
    made = add(own)
    with entered(other, "petition_officer") as actor:
        assert registers_here(ON).items == ()
        with pytest.raises(NotFound):
            open_entry(made.id, actor=actor, on=ON)
        with pytest.raises(NotFound):
            add_entry("keeping", "classes", {}, actor=actor, on=ON)
    enable(other)
    with entered(other, "petition_officer") as actor:
        assert list_entries("keeping", "classes", limit=10) == []
        for act in (
            lambda: open_entry(made.id, actor=actor, on=ON),
            lambda: change_entry(made.id, {}, actor=actor, on=ON),
            lambda: strike_entry(made.id, "ghi nhầm sổ", actor=actor, on=ON),
        ):
            with pytest.raises(NotFound):
                act()
    assert add(other).number == "1/2024"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"topic": None}, "topic"),
        ({"topic": "   "}, "topic"),
        ({"opened_on": "2024-02-31"}, "opened_on"),
        ({"opened_on": "0224-02-01"}, "opened_on"),
        ({"people": -1}, "people"),
        ({"people": "ba mươi"}, "people"),
        ({"people": True}, "people"),
        ({"kind": "no_such"}, "kind"),
        ({"done": "yes"}, "done"),
        ({"fee": float("nan")}, "fee"),
        ({"fee": float("inf")}, "fee"),
        ({"topic": "x" * 301}, "topic"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(own, add, superuser, values, field):
    with pytest.raises(Invalid) as fault:
        add(own, **values)
    assert set(fault.value.errors) == {field}
    assert rows(superuser, own) == []


def test_a_field_that_is_none_is_a_fault_of_the_caller(own, add):
    with pytest.raises(ValueError, match="no_such"):
        add(own, no_such="x")


def test_what_is_not_asked_is_not_kept(own, add, superuser):
    add(own, done=False, result="Không ai hỏi")
    [(answers,)] = rows(superuser, own, "answers")
    assert "result" not in answers


def test_a_private_field_is_in_the_vault_and_nowhere_else(own, add, entered, superuser):
    made = add(own, trainer=SECRET)
    with entered(own, "petition_officer") as actor:
        assert open_entry(made.id, actor=actor, on=ON).values["trainer"] == SECRET
        [listed] = list_entries("keeping", "classes", limit=5)
        assert "trainer" not in listed.values
    assert "trainer" not in made.values
    assert found(entered, own, "Gieo") == []
    for table in ("register_entry", "register_word", "event"):
        text = superuser.execute(
            f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s OR t::text ILIKE %s", [f"%{SECRET}%", "%gieo%"]
        ).fetchone()
        assert text == (0,), table


def test_changing_the_private_part_leaves_no_old_copy(own, add, entered, superuser):
    def texts():
        return superuser.execute("SELECT count(*) FROM vault.text WHERE tenant_id = %s", [own.id]).fetchone()[0]

    made = add(own, trainer=SECRET)
    base = {"topic": "Luật", "opened_on": "2024-06-03"}
    with entered(own, "petition_officer") as actor:
        change_entry(made.id, {**base, "trainer": "Người khác"}, actor=actor, on=ON)
    assert texts() == 1
    with entered(own, "petition_officer") as actor:
        assert open_entry(made.id, actor=actor, on=ON).values["trainer"] == "Người khác"
        change_entry(made.id, base, actor=actor, on=ON)
    assert texts() == 0


def test_the_journal_names_changed_fields_and_no_value(own, add, entered, superuser):
    made = add(own, people=40, trainer=SECRET)
    with entered(own, "petition_officer") as actor:
        change_entry(made.id, {"topic": "Khác", "opened_on": "2024-06-03", "people": 41}, actor=actor, on=ON)
    with entered(own, "petition_officer") as actor:
        strike_entry(made.id, f"{SECRET} đã nghỉ", actor=actor, on=ON)
    events = superuser.execute(
        "SELECT action, detail FROM event WHERE tenant_id = %s AND action LIKE 'register_entry.%%' ORDER BY id",
        [own.id],
    ).fetchall()
    assert [action for action, _detail in events] == [
        "register_entry.added", "register_entry.changed", "register_entry.struck",
    ]  # fmt: skip
    assert events[1][1] == {"plugin": "keeping", "register": "classes", "changed": 3, "fields": "people,topic,trainer"}
    assert "Khác" not in json.dumps(events, ensure_ascii=False, default=str)


def test_who_is_slower_is_told(own, add, entered):
    made = add(own)
    values = {"topic": "Luật", "opened_on": "2024-06-03"}
    with entered(own, "petition_officer") as actor:
        change_entry(made.id, values, actor=actor, on=ON, seen_version=1)
    with entered(own, "petition_officer") as actor, pytest.raises(Conflict):
        change_entry(made.id, values, actor=actor, on=ON, seen_version=1)
    with entered(own, "petition_officer") as actor, pytest.raises(Conflict):
        strike_entry(made.id, "ghi nhầm", actor=actor, on=ON, seen_version=1)


def test_a_number_belongs_to_its_year(own, add, entered):
    made = add(own)
    with entered(own, "petition_officer") as actor, pytest.raises(Invalid) as fault:
        change_entry(made.id, {"topic": "Luật", "opened_on": "2023-06-03"}, actor=actor, on=ON)
    assert "1/2024" in fault.value.errors["opened_on"]


def test_struck_is_out_of_the_list_and_still_there(own, add, entered):
    made = add(own)
    with entered(own, "petition_officer") as actor, pytest.raises(Invalid):
        strike_entry(made.id, "x", actor=actor, on=ON)
    with entered(own, "petition_officer") as actor:
        strike_entry(made.id, "Ghi hai lần", actor=actor, on=ON)
    assert found(entered, own, "") == []
    assert found(entered, own, "", struck=True) == ["Luật Tiếp công dân"]
    with entered(own, "petition_officer") as actor:
        assert open_entry(made.id, actor=actor, on=ON).struck_reason == "Ghi hai lần"
        with pytest.raises(Conflict):
            change_entry(made.id, {"topic": "Luật", "opened_on": "2024-06-03"}, actor=actor, on=ON)
        with pytest.raises(Conflict):
            strike_entry(made.id, "Ghi hai lần", actor=actor, on=ON)
    assert add(own).number == "2/2024"  # its number is not given again


@pytest.mark.parametrize(
    ("search", "hits"),
    [
        ("tiep cong dan", 1), ("TIẾP", 1), ("dân tiếp", 1), ("ti", 1), ("đạt yêu", 1), ("phap luat", 1), ("law", 0),
        ("1/2024", 1), ("40", 1), ("xyz", 0), ("%", 0), ("tiep xyz", 0), ("", 2), ("\x00", 0), ("bản làng", 1),
    ],
)  # fmt: skip
def test_words_are_found_without_marks_and_by_their_beginning(own, add, entered, search, hits):
    add(own, people=40, kind="law", done=True, result="Đạt yêu cầu")
    add(own, topic="Hòa giải ở bản làng", kind="skill")
    assert len(found(entered, own, search)) == hits


def test_a_changed_entry_is_found_by_its_new_words_only(own, add, entered):
    made = add(own)
    with entered(own, "petition_officer") as actor:
        change_entry(made.id, {"topic": "Phòng cháy", "opened_on": "2024-06-03"}, actor=actor, on=ON)
    assert found(entered, own, "cong dan") == []
    assert found(entered, own, "phong") == ["Phòng cháy"]


def test_search_uses_its_index_under_row_level_security(own, add, entered):
    import sqlalchemy as sa

    from tiepdan.core.db import db
    from tiepdan.registers.models import ENTRIES
    from tiepdan.registers.searching import conditions_of_search

    add(own)
    with entered(own, "petition_officer"):
        register = find_register("keeping", "classes", on=ON)
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
        query = sa.select(ENTRIES.c.id).where(*conditions_of_search(register, "cong"))
        compiled = query.compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = "\n".join(row[0] for row in db.session.execute(sa.text(f"EXPLAIN {compiled}".replace(":", "\\:"))))
    assert "pk_register_word" in plan
    condition = next(line for line in plan.splitlines() if "Index Cond" in line and "word" in line)
    assert ">= 'cong'" in condition  # the range itself, not a filter after the policy


def test_an_entry_keeps_its_version_until_it_is_changed(own, keeping, add, entered):
    made = add(own, people=40, kind="law", trainer="Cô Mẫu")
    newer = make_schema(people=None, trainer=None, kind={
        "type": "string", "enum": ["skill"], "x-label": words("Loại"), "x-choices": {"skill": words("Kỹ năng")},
    }, place={"type": "string", "x-label": words("Nơi mở")})  # fmt: skip
    keeping.books = [make_register(version=2, schema=newer, list_fields=("place",))]
    with entered(own, "petition_officer") as actor:
        file = open_entry(made.id, actor=actor, on=ON)
        assert (file.schema.version, file.values["people"], file.older) == (1, 40, [])
        change_entry(made.id, {"topic": "Luật", "opened_on": "2024-06-03", "place": "Hội trường"}, actor=actor, on=ON)
    with entered(own, "petition_officer") as actor:
        file = open_entry(made.id, actor=actor, on=ON)
        assert file.schema.version == 2
        older = {name: (field.label["vi"], value) for name, field, value in file.older}
        assert older == {"people": ("Số người", 40), "trainer": ("Giảng viên", "Cô Mẫu")}
        assert file.values["place"] == "Hội trường"


def test_what_becomes_private_leaves_lists_at_once(own, keeping, add, entered):
    add(own, place=None)
    keeping.books = [make_register(version=2, list_fields=(), schema=make_schema(
        people={"type": "integer", "x-label": words("Số người"), "x-private": True}))]  # fmt: skip
    add(own, people=3)
    keeping.books = [make_register()]
    add(own, people=7)
    keeping.books = [make_register(version=2, list_fields=(), schema=make_schema(
        people={"type": "integer", "x-label": words("Số người"), "x-private": True}))]  # fmt: skip
    with entered(own, "petition_officer"):
        assert all("people" not in each.values for each in list_entries("keeping", "classes", limit=10))


def test_numbers_have_no_gap_when_many_write_at_once(own, keeping, add, app, superuser):
    add(own)
    faults = []

    def write(fails):
        try:
            add(own, people=-1 if fails else 1)
        except Invalid:
            pass
        except Exception as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)

    threads = [threading.Thread(target=write, args=[n % 3 == 0]) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = [number for (number,) in rows(superuser, own, "number")]
    assert sorted(numbers) == list(range(1, 10))


def test_a_rolled_back_entry_takes_no_number(own, keeping, entered, add):
    with pytest.raises(ZeroDivisionError), entered(own, "petition_officer") as actor:
        add_entry("keeping", "classes", {"topic": "Luật", "opened_on": "2024-06-03"}, actor=actor, on=ON)
        raise ZeroDivisionError
    assert add(own).number == "1/2024"


def test_who_may_not_write_does_not(own, add, entered):
    made = add(own)
    with entered(own, "viewer") as actor:
        assert open_entry(made.id, actor=actor, on=ON)
        with pytest.raises(Forbidden):
            add_entry("keeping", "classes", {}, actor=actor, on=ON)
        with pytest.raises(Forbidden):
            change_entry(made.id, {}, actor=actor, on=ON)
        with pytest.raises(Forbidden):
            strike_entry(made.id, "ghi nhầm", actor=actor, on=ON)
    with entered(own, "tenant_admin") as actor, pytest.raises(Forbidden):
        open_entry(made.id, actor=actor, on=ON)


def test_a_register_for_the_head_does_not_exist_for_others(own, keeping, add, entered):
    keeping.books = [make_register(for_head=True)]
    made = add(own)
    with entered(own, "committee_head") as actor:
        assert open_entry(made.id, actor=actor, on=ON)
    with entered(own, "viewer") as actor, pytest.raises(NotFound):
        open_entry(made.id, actor=actor, on=ON)


def test_a_plugin_that_is_off_hides_and_keeps(own, add, disable, enable, entered, superuser):
    made = add(own)
    disable(own)
    with entered(own, "petition_officer") as actor:
        with pytest.raises(NotFound):
            open_entry(made.id, actor=actor, on=ON)
        with pytest.raises(ValueError, match="no such register"):
            list_entries("keeping", "classes", limit=5)
    assert len(rows(superuser, own)) == 1
    enable(own)
    with entered(own, "petition_officer") as actor:
        assert open_entry(made.id, actor=actor, on=ON).entry.title == "Luật Tiếp công dân"


def test_the_plugin_is_asked_once_a_session(own, keeping, add, entered):
    add(own)
    keeping.asked.clear()
    with entered(own, "petition_officer"):
        for _time in range(20):
            list_entries("keeping", "classes", limit=5)
    assert len(keeping.asked) == 1
