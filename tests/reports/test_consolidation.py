"""Figures of a whole province: each unit from its own records, summed level by level, opened down to a reception."""

from datetime import date

from tiepdan.reports.drill import all_evidence, evidence_of, open_figure, unit_named
from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import list_reports, read_contents
from tiepdan.reports.rules import Measure, Standing, Tier
from tiepdan.reports.units import key_of

ON = date(2024, 6, 28)
HALF = read_period("2022-H1")
VISITOR = "Nguyễn Thị Bí Mật"


def contents_of(entered, tenant):
    with entered(tenant, "reports.view") as actor:
        report = list_reports(actor=actor)[0]
        return report, read_contents(report, on=ON)


def totals(contents):
    return {
        (code, tier.value): cell.total.value for (code, tier), cell in contents.table.cells.items() if cell.total.value
    }


def test_the_province_counts_as_by_hand(reported, entered):
    _report, contents = contents_of(entered, reported.province)
    found = totals(contents)
    assert found["D11-01", "province"] == 2
    assert found["D11-02", "province"] == 2
    assert found["D11-03", "province"] == 3
    assert found["D11-01", "district"] == 1
    assert found["D11-01.days", "district"] == 2
    assert found["D11-01.delegated", "district"] == 1
    assert found["D11-03", "district"] == 2
    assert found["D11-01", "commune"] == 3 + 0 + 2
    assert found["D11-03", "commune"] == 3 + 0 + 2
    assert found["D11-10", "state"] == 8 + 5
    assert found["D11-11", "judicial"] == 2


def test_held_and_owed_are_judged_month_by_month(reported, entered):
    _report, contents = contents_of(entered, reported.province)
    cells = contents.table.cells
    # One day a month is owed: the province held in January and February only.
    quota = cells["D11-22", Tier.PROVINCE].total
    assert (quota.value, quota.of, quota.short) == (2, 6, 4)
    # Two days in March pay for March alone; the substitute's day of the other district pays for nothing.
    quota = cells["D11-22", Tier.DISTRICT].total
    assert (quota.value, quota.of, quota.short) == (2, 12, 11)
    # Two days a month: three in January count as two.
    quota = cells["D11-22", Tier.COMMUNE].total
    assert (quota.value, quota.of, quota.short) == (5, 36, 10 + 12 + 10)


def test_months_are_told_apart(reported, entered):
    _report, contents = contents_of(entered, reported.province)
    commune = contents.table.cells["D11-01", Tier.COMMUNE].total
    assert commune.by_month == {"2022-01": 3, "2022-02": 1, "2022-06": 1}
    state = contents.table.cells["D11-10", Tier.STATE].total
    assert state.by_month == {"2022-01": 4, "2022-04": 4, "2022-06": 5}


def test_a_body_with_a_line_of_its_own_is_counted_once(reported, entered):
    """The district's people's committee has a superior and a line: it sends along the line only."""
    _report, contents = contents_of(entered, reported.province)
    state = [unit.key for unit in contents.below if unit.tier is Tier.STATE]
    assert sorted(state) == sorted(key_of(each.id) for each in (reported.committee, reported.district_committee))


def test_a_figure_opens_level_by_level_down_to_a_reception(reported, entered):
    with entered(reported.province, "reports.view") as actor:
        report = list_reports(actor=actor)[0]
        contents = read_contents(report, on=ON)
        indicator = report.definition.indicator("D11-01")
        opened = open_figure(contents, indicator, Tier.COMMUNE, None)
        assert [(part.unit.key, part.measure.value) for part in opened.parts] == [
            (key_of(reported.district.id), 3),
            (key_of(reported.other.id), 2),
        ]
        assert opened.total.value == 5
        inside = open_figure(contents, indicator, Tier.COMMUNE, key_of(reported.district.id))
        assert [(part.unit.key, part.measure.value) for part in inside.parts] == [
            (key_of(reported.commune.id), 3),
            (key_of(reported.sibling.id), 0),
        ]
        rows = evidence_of(report, contents, unit_named(contents, key_of(reported.commune.id)))
        assert [(row.days, row.visits) for row in rows] == [
            (("2022-01-05",), 1),
            (("2022-01-20",), 0),
            (("2022-01-25",), 2),
        ]


def test_evidence_adds_up_to_the_figures(reported, entered):
    with entered(reported.province, "reports.view") as actor:
        report = list_reports(actor=actor)[0]
        contents = read_contents(report, on=ON)
        for unit, rows in all_evidence(report, contents):
            visits = unit.figures.get("D11-03") or unit.figures.get("D11-10") or unit.figures.get("D11-11")
            by_head = [row for row in rows if unit.tier in (Tier.STATE, Tier.JUDICIAL) or "head" in row.received_by]
            assert sum(row.visits for row in by_head) == visits.value
            if "D11-01" in unit.figures:
                assert len(by_head) == unit.figures["D11-01"].value


def test_no_name_and_no_content_travels(reported, superuser):
    for table in ("report_evidence", "report_submission_unit", "report_figure", "report_submission"):
        for (row,) in superuser.execute(f"SELECT to_jsonb(t)::text FROM {table} t").fetchall():
            assert VISITOR not in row
            assert "Nội dung kín" not in row
            assert "Người chủ trì" not in row


def test_everybody_below_is_accepted_and_the_root_waits(reported, entered):
    report, _contents = contents_of(entered, reported.district)
    assert report.standing is Standing.ACCEPTED
    report, _contents = contents_of(entered, reported.province)
    assert report.standing is Standing.FROZEN


def test_a_second_round_changes_nothing(app, reported, superuser):
    from tiepdan.reports.rounds import run_round

    def rows():
        tables = ("report", "report_submission", "report_request", "report_submission_step", "report_evidence")
        return [superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    before = rows()
    with app.app_context():
        outcome = run_round("qd11", HALF, reported.province.id, on=ON)
    assert (outcome.units, outcome.frozen, outcome.submitted) == (9, 0, 0)
    assert rows() == before


def test_measures_add_part_by_part():
    first = Measure(1, 2, None, {"2022-01": 1})
    second = Measure(3, None, 4, {"2022-01": 1, "2022-02": 2})
    assert first + second == Measure(4, 2, 4, {"2022-01": 2, "2022-02": 2})
