"""A plugin's report from beginning to acceptance: counted, written, frozen, sent, summed, returned."""

from datetime import date

import pytest

from tests.reports.plugin_fixtures import (  # noqa: F401 - fixtures
    CODE,
    ON,
    add_class,
    begin,
    contents,
    enable,
    freeze,
    plugin,
    send,
    switch,
)
from tests.reports.reporting import FIGURES, NAME, report, words
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.registers.entries import strike_entry
from tiepdan.reports.consolidated import sum_received
from tiepdan.reports.kept_definitions import definition_known, definition_sent
from tiepdan.reports.layout import lay_out
from tiepdan.reports.periods import PeriodKind, make_years, period_of_month, read_period
from tiepdan.reports.plugin_definitions import definitions_here
from tiepdan.reports.preparing import correct_report, freeze_report, open_report, read_contents, report_by_id
from tiepdan.reports.requests import open_round, requests_received, round_of
from tiepdan.reports.reviewing import accept_submission, read_submission, return_submission
from tiepdan.reports.rounds import run_round
from tiepdan.reports.rules import Punctuality, Standing
from tiepdan.reports.texts import texts_of, write_texts
from tiepdan.reports.typed import type_figure
from tiepdan.sdk import Section, Span

YEAR = read_period("2024")


@pytest.fixture
def country(three_levels, plugin, switch):  # noqa: F811 - fixtures
    switch(three_levels.province, three_levels.district, three_levels.commune, three_levels.sibling)
    return three_levels


def totals(found):
    table = found.table
    return {code: table.sum_of(code, "total") for code in [figure.code for figure in FIGURES]}


def test_figures_are_those_counted_by_hand_and_only_the_own_ones(country, add_class, begin, contents):  # noqa: F811
    add_class(country.commune, "2024-01-10", people=30, kind="law", place="A")
    add_class(country.commune, "2024-03-31", people=12, kind="skill", place="A")
    add_class(country.commune, "2024-06-28", people=None, kind=None, place="B")
    add_class(country.commune, "2023-12-31", people=99)
    add_class(country.sibling, "2024-02-01", people=7)
    found = totals(contents(country.commune, begin(country.commune, YEAR)))
    assert (found["DT-01"].value, found["DT-01"].parts) == (3, {"": {"law": 1, "skill": 1, "": 1}})
    assert (found["DT-02"].value, found["DT-02"].parts) == (42, {"": {"law": 30, "skill": 12, "": 0}})
    assert (found["DT-03"].value, found["DT-03"].of) == (1, 3)
    assert found["DT-04"].value == 2
    assert (found["DT-05"].value, found["DT-05"].of) == (0, 0)


def test_several_years_stand_side_by_side_and_the_total_is_counted_for_itself(
    country,
    add_class,  # noqa: F811
    begin,  # noqa: F811
    contents,  # noqa: F811
):
    for held_on, kind, place in (
        ("2021-12-31", "law", "A"),
        ("2022-01-01", "law", "A"),
        ("2022-05-05", "skill", "B"),
        ("2024-02-02", "law", "A"),
    ):
        add_class(country.commune, held_on, people=10, kind=kind, place=place)
    found = totals(contents(country.commune, begin(country.commune, make_years(2022, 2024))))
    assert (found["DT-01"].value, found["DT-01"].by_month) == (3, {"2022": 2, "2023": 0, "2024": 1})
    # Two places in 2022, one of them again in 2024: two in all, not three.
    assert (found["DT-04"].value, found["DT-04"].by_month) == (2, {"2022": 2, "2023": 0, "2024": 1})
    assert found["DT-03"].by_month == {"2022": 1, "2023": 0, "2024": 1}
    assert (found["DT-03"].value, found["DT-03"].of) == (2, 3)
    assert found["DT-03"].of_by_month == {"2022": 2, "2023": 0, "2024": 1}
    assert found["DT-01"].parts == {
        "": {"law": 2, "skill": 1},
        "2022": {"law": 1, "skill": 1},
        "2023": {"law": 0, "skill": 0},
        "2024": {"law": 1, "skill": 0},
    }


def test_years_from_the_same_one_on_are_different_reports(country, begin):  # noqa: F811
    first, second = begin(country.commune, make_years(2022, 2023)), begin(country.commune, make_years(2022, 2024))
    assert first.id != second.id
    assert begin(country.commune, make_years(2022, 2023)).id == first.id
    assert (second.period.code, second.period.label) == ("2022-2024", "giai đoạn 2022–2024")


@pytest.mark.parametrize(
    ("kind", "year", "month", "first", "last"),
    [
        (PeriodKind.MONTH, 2024, 6, date(2024, 5, 15), date(2024, 6, 14)),
        (PeriodKind.MONTH, 2024, 1, date(2023, 12, 15), date(2024, 1, 14)),
        (PeriodKind.MONTH, 2024, 3, date(2024, 2, 15), date(2024, 3, 14)),
        (PeriodKind.QUARTER, 2024, 1, date(2023, 12, 15), date(2024, 3, 14)),
        (PeriodKind.HALF_YEAR, 2024, 7, date(2024, 6, 15), date(2024, 12, 14)),
        (PeriodKind.NINE_MONTHS, 2024, 1, date(2023, 12, 15), date(2024, 9, 14)),
        (PeriodKind.YEAR, 2024, 1, date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_a_period_with_a_cut_off_day(kind, year, month, first, last):
    period = period_of_month(kind, year, month, 15)
    assert (period.first, period.last) == (first, last)
    assert read_period(period.code, 15) == period
    assert period.named_from == (year, month)


def test_the_cut_off_day_decides_which_entries_belong_to_a_month(
    country,
    plugin,  # noqa: F811
    add_class,  # noqa: F811
    begin,  # noqa: F811
    contents,  # noqa: F811
):
    plugin.given = [report(first_day=15, due_day=17)]
    for held_on in ("2024-05-14", "2024-05-15", "2024-06-14", "2024-06-15"):
        add_class(country.commune, held_on)
    june = begin(country.commune, read_period("2024-M06", 15))
    assert totals(contents(country.commune, june))["DT-01"].value == 2
    assert june.due_on == date(2024, 6, 17)
    assert june.period.label == "tháng 6 năm 2024"
    with pytest.raises(Invalid):
        begin(country.commune, read_period("2024-M06"))


def test_a_calendar_period_is_due_in_the_month_after(country, begin):  # noqa: F811
    assert begin(country.commune, "2024-M05").due_on == date(2024, 6, 10)


def test_what_was_frozen_does_not_move(country, add_class, begin, freeze, contents, entered):  # noqa: F811
    one = add_class(country.commune, "2024-01-10", people=30, kind="law")
    frozen = freeze(country.commune, begin(country.commune, YEAR))
    with entered(country.commune, "registers.view", "registers.edit") as actor:
        strike_entry(one.id, "Ghi nhầm lớp", actor=actor, on=ON)
    add_class(country.commune, "2024-02-10", people=5)
    found = contents(country.commune, frozen)
    assert (totals(found)["DT-02"].value, totals(found)["DT-02"].parts) == (30, {"": {"law": 30, "skill": 0}})
    [listed] = found.entries
    assert [(line.title, line.on) for line in listed.lines] == [("Luật Khiếu nại", date(2024, 1, 10))]
    assert [cell["vi"] for cell in listed.lines[0].cells] == ["Pháp luật", "30"]


def test_a_report_keeps_the_definition_it_was_begun_in(country, plugin, begin, contents):  # noqa: F811
    begun = begin(country.commune, YEAR)
    plugin.given = [report(version=2, title=words("Tên mới"), figures=FIGURES[:1], sections=(Section(words("Một"), ("DT-01",)),))]  # fmt: skip
    again = begin(country.commune, YEAR)
    assert again.id == begun.id
    assert again.definition.name == "Báo cáo tập huấn"
    assert len(contents(country.commune, again).table.indicators) == 5
    assert begin(country.commune, "2024-M05").definition.name == "Tên mới"


def test_texts_are_saved_with_the_draft_and_fixed_with_it(country, begin, freeze, entered):  # noqa: F811
    begun = begin(country.commune, YEAR)
    with entered(country.commune, "reports.prepare") as actor:
        write_texts(begun.id, begun.definition, {0: "Tốt.\r\nRất tốt.", 1: "Không."}, actor=actor)
        write_texts(begun.id, begun.definition, {1: " "}, actor=actor)
        assert texts_of(begun.id) == {0: "Tốt.\nRất tốt."}
        with pytest.raises(NotFound):
            write_texts(begun.id, begun.definition, {7: "x"}, actor=actor)
        with pytest.raises(Invalid):
            write_texts(begun.id, begun.definition, {0: "x" * 20_001}, actor=actor)
    freeze(country.commune, begun)
    with entered(country.commune, "reports.prepare") as actor:
        with pytest.raises(Conflict):
            write_texts(begun.id, begun.definition, {0: "Sửa"}, actor=actor)
        following = correct_report(begun.id, actor=actor)
        assert texts_of(following.id) == {0: "Tốt.\nRất tốt."}


def test_whoever_receives_sums_what_it_received(country, add_class, begin, freeze, send, contents, entered):  # noqa: F811
    add_class(country.commune, "2024-01-10", people=30, kind="law", place="A")
    add_class(country.sibling, "2024-01-11", people=5, kind="skill", place="A")
    add_class(country.district, "2024-01-12", people=2, kind="skill", place="C")
    for commune in (country.commune, country.sibling):
        send(commune, YEAR)
    draft = begin(country.district, YEAR)
    table = contents(country.district, draft).table
    for code, own, below in (("DT-01", 1, 2), ("DT-02", 2, 35), ("DT-04", 1, 2)):
        parts = [table.sum_of(code, part).value for part in ("own", "below", "total")]
        assert parts == [own, below, own + below]
    assert table.sum_of("DT-01", "total").parts == {"": {"law": 1, "skill": 2}}
    assert table.sum_of("DT-03", "total").of == 3
    frozen = send(country.district, YEAR)
    add_class(country.district, "2024-03-03")
    assert contents(country.district, frozen).table.sum_of("DT-02", "total").value == 37
    # And once more, at the top: the province has nothing of its own.
    assert contents(country.province, begin(country.province, YEAR)).table.sum_of("DT-02", "total").value == 37
    [submission] = report_view(entered, country.commune, CODE).sent
    assert submission.receiver_id == country.district.id


def report_view(entered, tenant, code):
    from tiepdan.reports.preparing import list_reports

    with entered(tenant, "reports.view") as actor:
        return next(each for each in list_reports(actor=actor) if each.definition.code == code)


def test_a_returned_report_is_corrected_and_accepted(country, add_class, send, contents, begin, entered):  # noqa: F811
    add_class(country.commune, "2024-01-10", people=30)
    first = send(country.commune, YEAR)
    [submission] = report_view(entered, country.commune, CODE).sent
    with entered(country.district, "reports.view", "reports.review") as actor:
        return_submission(country.commune.id, submission.id, reason="Thiếu một lớp", actor=actor, on=ON)
    assert contents(country.district, begin(country.district, YEAR)).sources == ()
    add_class(country.commune, "2024-01-11", people=4)
    with entered(country.commune, "reports.prepare") as actor:
        following = correct_report(first.id, actor=actor)
    assert following.edition == 2
    send(country.commune, YEAR)
    newest = report_view(entered, country.commune, CODE)
    with entered(country.district, "reports.view", "reports.review") as actor:
        accept_submission(country.commune.id, newest.sent[0].id, actor=actor, on=ON)
    assert report_view(entered, country.commune, CODE).standing is Standing.ACCEPTED
    assert contents(country.district, begin(country.district, YEAR)).table.sum_of("DT-02", "below").value == 34


def test_a_receiver_without_the_plugin_reads_what_was_sent(country, switch, add_class, send, entered):  # noqa: F811
    add_class(country.commune, "2024-01-10", people=30)
    send(country.commune, YEAR)
    switch(country.district, on=False)
    [submission] = report_view(entered, country.commune, CODE).sent
    with entered(country.district, "reports.view") as actor:
        view, own, below, table = read_submission(country.commune.id, submission.id, actor=actor)
        definition = definition_sent(*view.key, view.definition, view.period.last)
        layout = lay_out(definition, view.period, table, (), {})
        assert (own.figures["DT-02"].value, below) == (30, [])
        assert [section.title for section in layout.sections] == ["Tập huấn", "Đơn thư"]
        assert definition_known(CODE, ON).name == "Báo cáo tập huấn"
        assert sum_received(definition, view.period).lines[1].cells == ("30",)
        with pytest.raises(NotFound):
            open_report(CODE, YEAR, actor=actor_who_prepares(actor), on=ON)


def actor_who_prepares(actor):
    from dataclasses import replace

    return replace(actor, permissions=frozenset({"reports.prepare"}))


def test_a_stranger_sees_nothing(country, add_class, send, entered):  # noqa: F811
    add_class(country.commune, "2024-01-10")
    sent = send(country.commune, YEAR)
    [submission] = report_view(entered, country.commune, CODE).sent
    for tenant in (country.stranger, country.sibling, country.province):
        with entered(tenant, "reports.view") as actor:
            with pytest.raises(NotFound):
                report_by_id(sent.id, actor=actor)
            with pytest.raises(NotFound):
                read_submission(country.commune.id, submission.id, actor=actor)
    with entered(country.stranger, "reports.view"), pytest.raises(NotFound):
        definition_known(CODE, ON)


def test_a_report_goes_to_a_named_body_which_sums_it(country, plugin, make_tenant, switch, add_class, send, entered):  # noqa: F811
    inspectorate = make_tenant("district", country.province, branch="state", kind="agency")
    plugin.given = [report(to=f"body:{inspectorate.slug}")]
    for tenant in (country.commune, country.sibling):
        add_class(tenant, "2024-01-10", people=3)
        send(tenant, YEAR)
    [submission] = report_view(entered, country.commune, CODE).sent
    assert submission.receiver_id == inspectorate.id
    with entered(inspectorate, "reports.view") as actor:
        definition = definition_known(CODE, ON)
        assert sum_received(definition, YEAR).lines[1].total.value == 6
        assert read_submission(country.commune.id, submission.id, actor=actor)[1].figures["DT-02"].value == 3
        rows = round_of(CODE, YEAR, actor=actor, on=ON).rows
        assert {row.unit.id for row in rows if row.submission} == {country.commune.id, country.sibling.id}
    with entered(country.district, "reports.view") as actor, pytest.raises(NotFound):
        read_submission(country.commune.id, submission.id, actor=actor)


@pytest.mark.parametrize("where", ["stranger", "itself", "suspended", "nobody"])
def test_an_address_that_is_no_active_body_of_the_province_is_a_fault(country, plugin, make_tenant, entered, where):  # noqa: F811
    slug = {
        "stranger": lambda: country.stranger.slug,
        "itself": lambda: country.commune.slug,
        "suspended": lambda: make_tenant("commune", country.district, state="suspended").slug,
        "nobody": lambda: "no-such-body",
    }[where]()
    plugin.given = [report(to=f"body:{slug}")]
    with entered(country.commune):
        found = definitions_here(ON)
    assert (found.items, found.failed) == ((), (NAME,))


def test_a_round_asks_those_that_have_the_plugin(country, switch, add_class, send, entered):  # noqa: F811
    switch(country.sibling, on=False)
    with entered(country.district, "reports.view", "reports.review") as actor:
        assert open_round(CODE, YEAR, date(2024, 6, 20), actor=actor, on=ON) == 1
    with entered(country.commune, "reports.view") as actor:
        [request] = requests_received(actor=actor, on=ON)
        assert (request.definition, request.period) == (CODE, YEAR)
    with entered(country.sibling, "reports.view") as actor:
        assert requests_received(actor=actor, on=ON) == []
    send(country.commune, YEAR)
    with entered(country.district, "reports.view") as actor:
        [row] = round_of(CODE, YEAR, actor=actor, on=ON).rows
    assert (row.unit.id, row.punctuality) == (country.commune.id, Punctuality.LATE)


def test_a_round_runs_through_those_that_have_the_plugin(country, app, switch, add_class, contents, entered):  # noqa: F811
    switch(country.sibling, on=False)
    add_class(country.commune, "2024-01-10", people=30)
    with app.app_context():
        outcome = run_round(CODE, YEAR, country.district.id, on=ON)
    assert (outcome.units, outcome.frozen, outcome.submitted) == (2, 2, 1)
    found = report_view(entered, country.district, CODE)
    assert contents(country.district, found).table.sum_of("DT-02", "total").value == 30
    with app.app_context():
        assert run_round(CODE, YEAR, country.district.id, on=ON).frozen == 0
        with pytest.raises(NotFound):
            run_round(CODE, YEAR, country.stranger.id, on=ON)


def test_a_plugin_that_is_off_hides_beginning_and_keeps_what_was_begun(
    country,
    switch,  # noqa: F811
    add_class,  # noqa: F811
    begin,  # noqa: F811
    freeze,  # noqa: F811
    contents,  # noqa: F811
    entered,
):
    add_class(country.commune, "2024-01-10", people=30)
    draft, frozen = begin(country.commune, "2024-M05"), freeze(country.commune, begin(country.commune, YEAR))
    switch(country.commune, on=False)
    with pytest.raises(NotFound):
        begin(country.commune, "2024-M04")
    assert totals(contents(country.commune, frozen))["DT-02"].value == 30
    with entered(country.commune, "reports.view", "reports.prepare") as actor:
        with pytest.raises(Conflict, match="đang tắt"):
            read_contents(draft, on=ON)
        with pytest.raises(Conflict, match="đang tắt"):
            freeze_report(draft.id, actor=actor, on=ON)
    switch(country.commune)
    assert totals(contents(country.commune, draft))["DT-01"].value == 0


def test_a_report_that_stays_is_sent_nowhere(country, plugin, send):  # noqa: F811
    plugin.given = [report(to="")]
    with pytest.raises(Conflict, match="hãy xuất tệp"):
        send(country.commune, YEAR)


def test_a_plugins_report_takes_no_figures_typed_by_hand(country, begin, entered):  # noqa: F811
    begun = begin(country.commune, YEAR)
    with entered(country.commune, "reports.prepare") as actor, pytest.raises(NotFound):
        type_figure(
            begun.id, body_name="Tòa án", tier="commune", indicator="DT-01", value=1, note="BC 1", actor=actor
        )  # fmt: skip


@pytest.mark.parametrize("span", list(Span))
def test_every_span_can_be_begun(country, plugin, begin, span):  # noqa: F811
    plugin.given = [report(spans=(span,))]
    code = {
        "month": "2024-M05", "quarter": "2024-Q1", "half_year": "2023-H2", "nine_months": "2023-9M", "year": "2023",
        "years": "2020-2023",
    }[span]  # fmt: skip
    assert begin(country.commune, code).period.code == code
    with pytest.raises(Invalid, match="không lập cho kỳ đó"):
        begin(country.commune, "2024-M05" if span is not Span.MONTH else "2023")
