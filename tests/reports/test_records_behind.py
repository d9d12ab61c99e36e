"""A figure of the own records opens exactly the records it counts: as many rows as the number says."""

import re
from datetime import date

import pytest

from tiepdan.core.db import db
from tiepdan.directives.rules import Side
from tiepdan.directives.service import (
    NewAssignment,
    NewConclusion,
    Show,
    issue_assignment,
    issue_conclusion,
    list_assignments,
    record_citizen_told,
    refuse_assignment,
    report_done,
)
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.matters import open_matter
from tiepdan.petitions.rules import Field
from tiepdan.petitions.service import NewPetition, record_notice, register_petition
from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import freeze_report, open_report, read_contents, report_by_id

HALF = read_period("2024-H1")
CUT_OFF = date(2024, 6, 28)  # the tests' business day, a Friday
MARCH = date(2024, 3, 4)


@pytest.fixture
def work(entered, three_levels):
    """A district's half-year, counted by hand; the figures are in test_the_figures_are_those_counted_by_hand."""
    district, commune = three_levels.district, three_levels.commune

    def give(title, on=MARCH, due_on=date(2024, 4, 1), **more):
        with entered(district, "committee_head") as head:
            return issue_assignment(NewAssignment(commune.id, title, due_on=due_on, **more), actor=head, on=on)

    def do(step, assignment, on, *words):
        with entered(commune, "committee_head") as head:
            step(assignment, *words, actor=head, on=on)

    with entered(district, "petition_officer") as actor:
        road, school = (open_matter(Field.LAND, actor=actor, on=MARCH).id for _ in range(2))
    # The road: two tasks, both done, the citizen told of both. The school: two tasks, told of one only.
    for title, matter, told in (("Đường A", road, 1), ("Đường B", road, 1), ("Trường A", school, 1)):
        one = give(title, matter_id=matter)
        do(report_done, one, date(2024, 3, 20), "Đã làm")
        if told:
            do(record_citizen_told, one, date(2024, 3, 25))
    give("Trường B", matter_id=school)  # overdue since 2/4
    alone = give("Việc lẻ")  # names no matter: stands for one
    do(report_done, alone, date(2024, 3, 20), "Đã làm")
    do(record_citizen_told, alone, date(2024, 3, 25))
    give("Nội bộ", tell_citizen=False, due_on=date(2024, 12, 1))  # nobody waits for it
    do(refuse_assignment, give("Nhầm nơi", matter_id=road), date(2024, 3, 5), "Không thuộc thẩm quyền của xã")
    give("Năm trước", on=date(2023, 12, 29))
    with entered(district, "committee_head") as head:
        for number, signed_on in (("1-TB", date(2024, 1, 8)), ("2-TB", date(2024, 6, 3)), ("9-TB", date(2023, 12, 29))):
            new = NewConclusion(number, signed_on, "Hoàng Văn Bí", "Giao kiểm tra.", "Bí thư")
            issue_conclusion(new, actor=head, on=CUT_OFF)
    # Letters: PTY-06, ten working days. Received Monday 4/3/2024: 5–8, 11–15, Monday 18/3. One told on the day, one
    # a day late, one not at all, one still within its ten days at the end of June, one of last year.
    for received_on, notified_on in (
        (MARCH, date(2024, 3, 18)),
        (MARCH, date(2024, 3, 19)),
        (MARCH, None),
        (date(2024, 6, 27), None),
        (date(2023, 12, 28), date(2024, 1, 2)),
    ):
        with entered(district, "petition_officer") as actor:
            new = NewPetition(content="Đường hỏng", people=[PersonDetails("Hoàng A")], received_on=received_on)
            petition = register_petition(new, actor=actor, on=received_on)
            db.session.flush()
            if notified_on:
                record_notice(petition.id, notified_on=notified_on, document_number="1", actor=actor, on=notified_on)
    return district


FIGURES = {
    "D11-04": (4, None),
    "D11-05": (1, 3),
    "D11-06": (2, None),
    "D11-07": (4, 7),
    "D11-07.overdue": (1, None),
    "D11-08": (2, 3),
}


@pytest.fixture
def report_id(work, entered):
    with entered(work, "petition_officer") as actor:
        return open_report("qd11", HALF, actor=actor, on=CUT_OFF).id


def test_the_figures_are_those_counted_by_hand(work, report_id, entered):
    """D11-08 counts matters (reports.md, D11-08: "% of matters"): the road and the single task of three."""
    with entered(work, "petition_officer") as actor:
        own = read_contents(report_by_id(report_id, actor=actor), on=CUT_OFF).own
        found = {code: (own.figures[code].value, own.figures[code].of) for code in FIGURES}
    assert found == FIGURES


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_a_figure_opens_as_many_rows_as_it_counts(work, report_id, make_account, sign_in, code):
    browser = sign_in(make_account(work, "petition_officer"))
    page = browser.get(work.url(f"/reports/{report_id}/figures/{code}/district"), follow_redirects=True)
    assert page.status_code == 200
    links = [link.replace("&amp;", "&") for link in re.findall(r'<a class="btn" href="([^"]+)"', page.text)]
    wanted = [number for number in FIGURES[code] if number is not None]
    assert len(links) == len(wanted), links
    for link, number in zip(links, wanted, strict=True):
        listed = browser.get(link)
        assert listed.status_code == 200
        assert listed.text.count("<tr>") - listed.text.count("<thead><tr>") == number, (link, number)


def test_a_frozen_figure_still_opens_what_it_counted(work, report_id, entered, three_levels, make_account, sign_in):
    """What is done after the cut-off is done, but not in that report."""
    with entered(work, "committee_head") as actor:
        freeze_report(report_id, actor=actor, on=CUT_OFF)
    with entered(work, "directives.view", "petitions.view") as actor:
        overdue = list_assignments(Side.SENDER, actor=actor, on=CUT_OFF, show=Show.OVERDUE).items
        late = next(one for one in overdue if one.title == "Trường B")
    with entered(three_levels.commune, "committee_head") as head:
        report_done(late.id, "Đã làm", actor=head, on=date(2024, 7, 3))
    browser = sign_in(make_account(work, "petition_officer"))
    page = browser.get(work.url(f"/reports/{report_id}/figures/D11-07.overdue/district"), follow_redirects=True)
    (link,) = [link.replace("&amp;", "&") for link in re.findall(r'<a class="btn" href="([^"]+)"', page.text)]
    assert "as_of=2024-06-28" in link
    assert late.title in browser.get(link).text


def test_a_neighbours_list_is_empty_and_a_stranger_word_is_not_found(work, three_levels, make_account, sign_in):
    browser = sign_in(make_account(three_levels.other_district, "petition_officer"))
    other = three_levels.other_district
    for part in ("notices", "given", "done", "overdue", "matters", "told"):
        page = browser.get(other.url(f"/directives/period/{part}?from=2024-01-01&to=2024-06-30&as_of=2024-06-28"))
        assert page.status_code == 200
        assert "Không có hồ sơ nào trong kỳ này" in page.text
    assert browser.get(other.url("/directives/period/gi-do")).status_code == 404
    assert browser.get(other.url("/directives/period/given?from=x&to=y&after=z")).status_code == 422
