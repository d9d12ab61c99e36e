"""A round by the queue and by the command; periods and definitions."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from tiepdan.core.errors import NotFound
from tiepdan.reports import jobs
from tiepdan.reports.commands import reports
from tiepdan.reports.definitions import definition_on
from tiepdan.reports.indicators import COUNTERS
from tiepdan.reports.periods import PeriodKind, make_period, read_period, recent_periods
from tiepdan.reports.preparing import list_reports, open_report, read_contents
from tiepdan.reports.rules import ReportStatus, Standing, StepKind, Tier, decide_standing
from tiepdan.reports.typed import type_figure

ON = date(2024, 6, 28)
HALF = read_period("2022-H1")


def test_the_last_one_below_wakes_its_superior(province, entered, monkeypatch):
    """Jobs in the worst order, some twice: the superior's waits until everybody below has sent."""
    waiting = []
    monkeypatch.setattr(jobs, "_send", lambda tenant_id, *_rest: waiting.append(tenant_id))
    with entered(province.stranger):
        assert jobs.send_round("qd11", HALF, province.province.id, on=ON) == 9
    by_id = {tenant.id: tenant for tenant in province.reporting}
    assert waiting[-1] == province.province.id
    waiting.reverse()  # superiors first
    waiting.append(province.commune.id)
    runs = 0
    while waiting:
        runs += 1
        with entered(by_id[waiting.pop(0)]):
            jobs.prepare_unit_report("qd11", HALF.code, ON.isoformat(), province.province.id)
    assert runs < 40
    with entered(province.province, "reports.view") as actor:
        [report] = list_reports(actor=actor)
        assert report.standing is Standing.FROZEN
        assert read_contents(report, on=ON).table.value("D11-01", Tier.COMMUNE) == 5


def test_a_round_finishes_what_somebody_began(app, province, entered):
    from tiepdan.reports.rounds import run_round

    with entered(province.district, "reports.view", "reports.prepare") as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        type_figure(
            report.id, body_name="Tòa án huyện", tier="judicial", indicator="D11-11", value=4, note="BC 45", actor=actor
        )
    with app.app_context():
        run_round("qd11", HALF, province.province.id, on=ON)
    with entered(province.province, "reports.view") as actor:
        contents = read_contents(list_reports(actor=actor)[0], on=ON)
        assert contents.table.value("D11-11", Tier.JUDICIAL) == 2 + 4
        assert contents.table.value("D11-01", Tier.COMMUNE) == 5


def test_the_command_carries_a_round_through(app, province, monkeypatch):
    monkeypatch.setattr("tiepdan.reports.commands.resolve_name", lambda _name: lambda: app)
    slug = province.district.slug
    answer = CliRunner().invoke(reports, ["run", slug, "2022-H1", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert (told["units"], told["frozen"], told["submitted"]) == (3, 3, 2)
    again = CliRunner().invoke(reports, ["run", slug, "2022-H1", "--json"])
    assert json.loads(again.output)["frozen"] == 0
    assert CliRunner().invoke(reports, ["run", slug, "2022-H3"]).exit_code == 2
    assert CliRunner().invoke(reports, ["run", "khong-co", "2022-H1"]).exit_code == 1


@pytest.mark.parametrize(
    ("code", "kind", "first", "last", "label"),
    [
        ("2022-H1", PeriodKind.HALF_YEAR, date(2022, 1, 1), date(2022, 6, 30), "6 tháng đầu năm 2022"),
        ("2022-H2", PeriodKind.HALF_YEAR, date(2022, 7, 1), date(2022, 12, 31), "6 tháng cuối năm 2022"),
        ("2024-M02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
        ("2022-Q3", PeriodKind.QUARTER, date(2022, 7, 1), date(2022, 9, 30), "quý III năm 2022"),
        ("2022-9M", PeriodKind.NINE_MONTHS, date(2022, 1, 1), date(2022, 9, 30), "9 tháng đầu năm 2022"),
        ("2022", PeriodKind.YEAR, date(2022, 1, 1), date(2022, 12, 31), "năm 2022"),
    ],
)
def test_periods_follow_the_calendar(app, code, kind, first, last, label):
    period = read_period(code)
    assert (period.kind, period.first, period.last, period.code) == (kind, first, last, code)
    with app.test_request_context():
        assert period.label == label


@pytest.mark.parametrize("code", ["", "2022-H3", "2022-M13", "2022-M00", "H1", "2022-Q5", "22-H1"])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="no period"):
        read_period(code)


def test_a_period_starts_where_its_kind_starts():
    with pytest.raises(ValueError, match="no period"):
        make_period(PeriodKind.QUARTER, date(2022, 2, 1))
    with pytest.raises(ValueError, match="no period"):
        make_period(PeriodKind.NINE_MONTHS, date(2022, 4, 1))


def test_recent_periods_begin_no_later_than_today():
    periods = recent_periods(ON)
    assert len(periods) == len(set(periods))
    assert all(period.first <= ON for period in periods)
    assert read_period("2022-H1") in periods
    assert read_period("2024-H2") not in periods


def test_the_district_ends_with_its_law():
    definition = definition_on("qd11", date(2025, 12, 31))
    assert Tier.DISTRICT in [line.tier for line in definition.tiers_on(read_period("2025-H1"))]
    assert Tier.DISTRICT not in [line.tier for line in definition.tiers_on(read_period("2025-H2"))]


def test_every_indicator_is_counted_and_explained():
    definition = definition_on("qd11", ON)
    for indicator in definition.indicators:
        assert indicator.code in COUNTERS
        assert indicator.how
        assert indicator.source
    with pytest.raises(NotFound):
        definition_on("qd11", date(2019, 2, 17))
    with pytest.raises(NotFound):
        definition_on("qd99", ON)


def test_the_usual_due_day_lies_in_the_month_after():
    definition = definition_on("qd11", ON)
    assert definition.due_on(read_period("2022-H1")) == date(2022, 7, 5)
    assert definition.due_on(read_period("2022")) == date(2023, 1, 5)


def test_the_receivers_last_word_decides():
    assert decide_standing(ReportStatus.FROZEN, [StepKind.ACCEPTED]) is Standing.FROZEN
    assert decide_standing(ReportStatus.SUBMITTED, []) is Standing.SUBMITTED
    assert decide_standing(ReportStatus.SUBMITTED, [StepKind.RECEIVED]) is Standing.SUBMITTED
    assert decide_standing(ReportStatus.SUBMITTED, [StepKind.RECEIVED, StepKind.RETURNED]) is Standing.RETURNED
