"""Whatever is in the registers, a report's sums add up: parts to the figure, own and below to the total."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.plugin_fixtures import (  # noqa: F401 - fixtures
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
from tests.reports.reporting import CLASSES, NAME
from tiepdan.registers.entries import add_entry
from tiepdan.reports.layout import lay_out
from tiepdan.reports.periods import make_years, read_period
from tiepdan.reports.rules import Measure

entries = st.lists(
    st.tuples(
        st.integers(0, 1200),
        st.one_of(st.none(), st.integers(0, 5_000_000_000)),
        st.sampled_from([None, "law", "skill"]),
        st.sampled_from(["A", "B", None]),
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=entries, below=entries)
def test_parts_add_up_to_the_figure_and_own_and_below_to_the_total(
    make_tenant,
    plugin,  # noqa: F811
    switch,  # noqa: F811
    begin,  # noqa: F811
    contents,  # noqa: F811
    freeze,  # noqa: F811
    send,  # noqa: F811
    entered,
    own,
    below,
):
    district = make_tenant("district", make_tenant("province"))
    commune = make_tenant("commune", district)
    switch(district, commune)
    for tenant, lines in ((district, own), (commune, below)):
        with entered(tenant, "registers.view", "registers.edit") as actor:
            for days, people, kind, place in lines:
                held_on = (date(2021, 1, 1) + timedelta(days)).isoformat()
                values = {"topic": "Lớp", "held_on": held_on, "people": people, "kind": kind, "place": place}
                given_values = {name: value for name, value in values.items() if value is not None}
                add_entry(NAME, CLASSES.key, given_values, actor=actor, on=ON)
    period = make_years(2021, 2024)
    send(commune, period)
    frozen = freeze(district, begin(district, period))
    found = contents(district, frozen)
    for code in ("DT-01", "DT-02", "DT-03", "DT-04", "DT-05"):
        own_part, below_part, total = (found.table.sum_of(code, part) for part in ("own", "below", "total"))
        assert own_part + below_part == total
    for code in ("DT-01", "DT-02"):
        total = found.table.sum_of(code, "total")
        assert sum(total.parts[""].values()) == total.value == sum(total.by_month.values())
        for year in ("2021", "2022", "2023", "2024"):
            assert sum(total.parts[year].values()) == total.by_month[year]
    assert found.table.sum_of("DT-02", "own").value == sum(people or 0 for _days, people, _kind, _place in own)
    assert found.table.sum_of("DT-01", "total").value == len(own) + len(below)
    with entered(district):
        layout = lay_out(frozen.definition, period, found.table, found.entries, {})
    for section in layout.sections:
        for breakdown in section.breakdowns:
            line = next(line for line in layout.lines if line.indicator is breakdown.indicator)
            assert breakdown.totals[-1] == line.total.value


@given(
    parts=st.lists(
        st.dictionaries(st.sampled_from(["", "2022"]), st.dictionaries(st.sampled_from("abc"), st.integers(0, 9))),
        max_size=4,
    )
)
def test_adding_measures_is_associative_and_keeps_every_part(parts):
    measures = [
        Measure(sum(each.get("", {}).values()), parts=each, by_month={"2022": sum(each.get("2022", {}).values())})
        for each in parts
    ]
    total = sum(measures, start=Measure(0))
    assert total.value == sum(total.parts.get("", {}).values())
    assert Measure.from_json(total.as_json()) == total


def test_a_frozen_platform_figure_reads_as_before():
    stored = {"value": 3, "of": None, "short": None, "by_month": {"2022-01": 3}}
    assert Measure.from_json(stored).as_json() == stored
    assert read_period("2022-H1").years == ()
