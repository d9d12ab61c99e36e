"""Classifying: conditions, clocks of the kind, and the sealing of a denunciation."""

import io
from datetime import date

import psycopg
import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.deadlines.service import clocks_of
from tiepdan.identity.vault import PersonDetails, store_people
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import (
    Classification,
    PetitionFilter,
    assign_petition,
    classify_petition,
    disclose_brief,
    disclose_petition,
    history_of_people,
    list_petitions,
    names_for,
    open_file,
    petition_by_id,
)
from tiepdan.sdk import PetitionKind

from .conftest import ALL_MET, ON

NAME, WORD = "Hoàng Thị Bí Mật Riêng", "chuyện-kín-không-lặp-lại"


def open_rules(petition_id):
    return {clock.rule_id for clock in clocks_of("petition", [petition_id])[petition_id] if clock.state == "open"}


def test_a_missing_condition_makes_it_ineligible_and_is_written_down(register, classify, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    assert classify(tenant, made, met=ALL_MET - {"signed"}) is False
    with entered(tenant, "petition_officer") as actor:
        file = open_file(made.id, actor=actor)
    assert file.petition.status == "classified"
    assert file.steps[-1].failed == "signed"


def test_a_change_of_kind_changes_the_clocks(register, classify, entered, make_tenant):
    tenant = make_tenant(branch="state")
    made = register(tenant)
    classify(tenant, made, PetitionKind.FEEDBACK)
    with entered(tenant, "petition_officer"):
        assert open_rules(made.id) == {"PET-07", "FBK-01"}
    classify(tenant, made, PetitionKind.COMPLAINT)
    with entered(tenant, "petition_officer"):
        assert open_rules(made.id) == {"PET-07", "CMP-02"}
    classify(tenant, made, PetitionKind.DENUNCIATION, within_competence=False)
    with entered(tenant, "petition_officer"):
        assert open_rules(made.id) == {"PET-07", "DEN-01", "DEN-03"}
        assert petition_by_id(made.id).due_on == date(2024, 6, 27)  # DEN-03: 5 working days from Thursday 20/06


def test_a_complex_matter_of_the_partys_head_gets_fifteen_days(register, classify, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made, PetitionKind.PROPOSAL, complex_notice=True)
    with entered(tenant, "petition_officer"):
        assert open_rules(made.id) == {"PTY-07"}
        assert petition_by_id(made.id).due_on == date(2024, 7, 11)


def test_a_stale_page_is_told_what_changed(register, classify, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    classify(tenant, made)
    found = Classification(PetitionKind.PROPOSAL, Field.LAND, within_competence=True)
    with entered(tenant, "petition_officer") as actor, pytest.raises(Conflict, match="Phân loại"):
        classify_petition(made.id, found, actor=actor, on=ON, seen_version=1)


def test_classifying_needs_the_right_and_the_own_tenant(register, entered, two_tenants):
    own, other = two_tenants
    made = register(own)
    found = Classification(PetitionKind.PROPOSAL, Field.LAND, within_competence=True)
    with entered(own, "handler") as actor, pytest.raises(Forbidden):
        classify_petition(made.id, found, actor=actor, on=ON)
    with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
        classify_petition(made.id, found, actor=actor, on=ON)


@pytest.fixture
def denounced(register, classify, make_tenant):
    tenant = make_tenant("commune", make_tenant("district", make_tenant("province")))
    made = register(tenant, name=NAME, content=f"Nội dung: {WORD}")
    classify(tenant, made, PetitionKind.DENUNCIATION, reason=f"vì {NAME} nói {WORD}")
    return tenant, made


def dump(connection: psycopg.Connection) -> bytes:
    """Everything in every table, as a superuser who is under no policy."""
    out = io.BytesIO()
    tables = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'vault')"
    ).fetchall()
    for (table,) in tables:
        with connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
            for block in copy:
                out.write(block)
    return out.getvalue()


def test_after_sealing_no_table_shows_name_or_content(denounced, superuser):
    everything = dump(superuser)
    assert denounced[1].code.encode() in everything  # the search does see the petition
    for planted in (NAME, WORD, "012345678901"):
        assert planted.encode() not in everything


def test_after_sealing_no_page_and_no_log_shows_name_or_content(denounced, officer, capsys):
    tenant, made = denounced
    browser = officer(tenant, "petition_officer", "committee_head", "inspector", "tenant_admin")
    pages = ["/petitions/", f"/petitions/{made.id}", "/matters/", f"/matters/{made.matter_id}", "/journal/"]
    pages += [f"/petitions/{made.id}/{step}" for step in ("classify", "decide", "assign", "notice", "link", "withdraw")]
    for page in pages:
        answer = browser.get(tenant.url(page))
        if answer.status_code == 500 and page == "/journal/":
            continue  # its template is another slice's
        assert answer.status_code == 200, page
        assert NAME not in answer.text, page
        assert WORD not in answer.text, page
    assert NAME not in capsys.readouterr().out


def test_a_sealed_petition_has_no_name_in_lists_and_no_search_by_name(denounced, entered):
    tenant, made = denounced
    with entered(tenant, "petition_officer") as actor:
        rows = list_petitions(PetitionFilter(), actor=actor, on=ON).items
        assert [row.sealed for row in rows] == [True]
        assert names_for(rows) == {}
        assert list_petitions(PetitionFilter(search=NAME), actor=actor, on=ON).items == []
        assert history_of_people([PersonDetails(NAME)]) == []
        assert [row.id for row in list_petitions(PetitionFilter(search=made.code), actor=actor, on=ON).items] == [
            made.id
        ]


def test_people_shared_with_a_visit_are_sealed_too(register, classify, entered, make_tenant):
    from tiepdan.identity.vault import read_people

    tenant = make_tenant()
    with entered(tenant, "petition_officer"):
        [person_id] = store_people([PersonDetails(NAME)])
    made = register(tenant, people=[], person_ids=[person_id])
    classify(tenant, made, PetitionKind.DENUNCIATION)
    with entered(tenant, "petition_officer"):
        assert read_people([person_id]) == {person_id: None}


def test_what_was_given_in_confidence_stays_sealed_when_the_kind_changes_back(denounced, classify, entered):
    tenant, made = denounced
    classify(tenant, made, PetitionKind.PROPOSAL)
    with entered(tenant, "petition_officer") as actor:
        file = open_file(made.id, actor=actor)
    assert file.petition.sealed
    assert file.content is None


def test_superiors_lose_the_summary_and_keep_a_count(register, classify, make_tenant, superuser):
    tenant = make_tenant("commune", make_tenant("district"))
    made = register(tenant)
    classify(tenant, made, PetitionKind.COMPLAINT)
    count = "SELECT count(*) FROM shared_case WHERE tenant_id = %s"
    assert superuser.execute(count, [tenant.id]).fetchone()[0] == 1
    classify(tenant, made, PetitionKind.DENUNCIATION)
    assert superuser.execute(count, [tenant.id]).fetchone()[0] == 0
    kinds = superuser.execute(
        "SELECT kind, sum(count) FROM shared_count WHERE tenant_id = %s GROUP BY kind HAVING sum(count) > 0",
        [tenant.id],
    ).fetchall()
    assert kinds == [("denunciation", 1)]


def test_opening_a_sealed_petition_needs_right_and_reason_and_is_journalled_first(denounced, entered, superuser):
    tenant, made = denounced
    with entered(tenant, "viewer") as actor, pytest.raises(Forbidden):
        disclose_petition(made.id, actor=actor, reason="vì tôi muốn biết")
    with entered(tenant, "petition_officer") as actor, pytest.raises(Invalid):
        disclose_petition(made.id, actor=actor, reason="  ")
    with entered(tenant, "petition_officer") as actor:
        opened = disclose_petition(made.id, actor=actor, reason="Làm việc với người tố cáo theo kế hoạch")
    assert opened.people[0].details.full_name == NAME
    assert WORD in opened.content
    reads = superuser.execute(
        "SELECT count(*) FROM event WHERE tenant_id = %s AND action = 'identity.unsealed'", [tenant.id]
    ).fetchone()
    assert reads == (2,)  # one person, one text


def test_the_handler_of_a_denunciation_reads_the_extract_and_nothing_else(denounced, entered, make_account):
    tenant, made = denounced
    handler = make_account(tenant, "handler")
    with entered(tenant, "petition_officer") as actor, pytest.raises(Invalid):
        assign_petition(made.id, handler.id, actor=actor, on=ON)
    with entered(tenant, "petition_officer") as actor:
        assign_petition(made.id, handler.id, actor=actor, on=ON, brief="Xác minh việc thu chi năm 2023")
    with entered(tenant, "handler", account=handler.id) as actor:
        text = disclose_brief(made.id, actor=actor, reason="Đọc để lập kế hoạch xác minh")
        assert text == "Xác minh việc thu chi năm 2023"
        with pytest.raises(Forbidden):
            disclose_petition(made.id, actor=actor, reason="Đọc để lập kế hoạch xác minh")
    other = make_account(tenant, "handler")
    with entered(tenant, "handler", account=other.id) as actor, pytest.raises(Forbidden):
        disclose_brief(made.id, actor=actor, reason="Đọc để lập kế hoạch xác minh")


def test_what_was_a_denunciation_goes_up_as_a_number_only_whatever_it_becomes(
    register, classify, three_levels, superuser
):
    tenant = three_levels.commune
    petition = register(tenant)
    listed = "SELECT count(*) FROM shared_case WHERE tenant_id = %s AND id = %s"
    for kind, rows in (
        (PetitionKind.COMPLAINT, 1),
        (PetitionKind.DENUNCIATION, 0),
        (PetitionKind.COMPLAINT, 0),  # it was given in confidence, and stays sealed
    ):
        classify(tenant, petition, kind)
        assert superuser.execute(listed, [tenant.id, petition.id]).fetchone()[0] == rows, kind
    counted = superuser.execute(
        "SELECT kind, status, count FROM shared_count WHERE tenant_id = %s AND count <> 0", [tenant.id]
    ).fetchall()
    assert counted == [("complaint", "", 1)]
