"""The geometry of charts, without a page."""

import pytest

from tiepdan.web.charts import Series, choose_step, measure_quota, plot_bars, plot_sparkline


def test_bars_stand_on_the_base_line_and_keep_their_proportions():
    chart = plot_bars(["Tháng 1", "Tháng 2"], [Series("Cấp xã", (10, 20))])
    low, high = chart.bars
    assert low.y + low.height == pytest.approx(chart.base, abs=0.1)
    assert high.height == pytest.approx(2 * low.height, abs=0.2)


def test_groups_do_not_overlap():
    chart = plot_bars(["a", "b"], [Series("x", (1, 2)), Series("y", (3, 4)), Series("z", (5, 6))])
    rights = [bar.x + bar.width for bar in chart.bars]
    lefts = [bar.x for bar in chart.bars]
    assert all(right <= left for right, left in zip(rights, lefts[1:], strict=False))


def test_a_chart_of_nothing_still_has_an_axis():
    chart = plot_bars(["a"], [Series("x", (0,))])
    assert [tick.value for tick in chart.ticks] == [0, 1]


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (5, 1), (6, 2), (161, 50), (1433, 500)])
def test_ticks_are_round_and_few(highest, step):
    assert choose_step(highest) == step


@pytest.mark.parametrize("values", [(1,), (1, -2)])
def test_figures_that_do_not_fit_are_refused(values):
    with pytest.raises(ValueError, match="x"):
        plot_bars(["a", "b"], [Series("x", values)])


def test_a_sparkline_ends_at_its_last_figure():
    line = plot_sparkline([4, 7, 5])
    assert line.line.endswith(f"{line.last[0]},{line.last[1]}")


def test_a_sparkline_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        plot_sparkline([])


def test_more_days_than_owed_fill_the_meter_and_no_more():
    quota = measure_quota(8, 6)
    assert (quota.filled, quota.missing, len(quota.slots)) == (100.0, 0, 5)


def test_a_duty_of_nothing_is_done():
    assert measure_quota(0, 0).filled == 100.0


def test_what_is_missing_is_counted():
    assert measure_quota(9, 12).missing == 3
