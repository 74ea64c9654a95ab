"""Charts as geometry: round figures, bars, shares and tones."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.panel.charts.bars import HEIGHT, MOST_LABELS, Place, bar_chart
from recado.panel.charts.heat import TONES, heat, tone_of
from recado.panel.charts.shares import share_bar
from recado.panel.charts.ticks import MOST_STEPS, nice_ticks, spread

COUNTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("highest", "figures"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (17, [0, 5, 10, 15, 20]),
        (100, [0, 25, 50, 75, 100]),
        (148, [0, 40, 80, 120, 160]),
        (1001, [0, 400, 800, 1200]),
    ],
)
def test_an_axis_has_figures_people_count_in(highest, figures):
    assert nice_ticks(highest) == figures


@given(COUNTS)
def test_an_axis_begins_at_nothing_reaches_the_highest_and_has_equal_steps(highest):
    figures = nice_ticks(highest)
    step = figures[1]
    assert figures == list(range(0, figures[-1] + 1, step))
    assert figures[-1] - step < max(highest, 1) <= figures[-1]
    assert len(figures) <= MOST_STEPS + 1
    assert str(step).rstrip("0") in {"1", "2", "25", "4", "5"}


@given(st.integers(0, 2000), st.integers(1, 20))
def test_labels_stand_in_equal_steps(count, most):
    labelled = spread(count, most)
    assert len(labelled) <= most
    assert len({later - earlier for earlier, later in pairwise(labelled)}) <= 1
    assert (0 in labelled) == (count > 0)


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=40))
def test_bars_stay_within_their_places_and_are_as_high_as_they_count(figures):
    chart = bar_chart([Place(str(at), "", pair) for at, pair in enumerate(figures)])
    top = chart.ticks[-1].figure
    assert sum(bool(column.label) for column in chart.columns) <= MOST_LABELS
    for column, pair in zip(chart.columns, figures, strict=True):
        assert [bar.series for bar in column.bars] == [series for series, figure in enumerate(pair) if figure]
        for bar in column.bars:
            assert column.x <= bar.x
            assert bar.x + bar.width <= column.x + column.width + 0.01
            assert bar.height == pytest.approx(max(HEIGHT * pair[bar.series] / top, 2), abs=0.06)
            assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.11)


def test_a_chart_of_nothing_has_an_axis():
    chart = bar_chart([])
    assert (chart.columns, [tick.figure for tick in chart.ticks]) == ((), [0, 1])


@given(st.lists(COUNTS, min_size=1))
def test_more_is_never_paler(counts):
    highest = max(counts)
    tones = [tone_of(count, highest) for count in sorted(counts)]
    assert tones == sorted(tones)
    assert all((tone == 0) == (count == 0) for tone, count in zip(tones, sorted(counts), strict=True))
    assert tones[-1] == (TONES if highest else 0)


def test_a_table_is_coloured_by_its_highest_figure():
    drawn = heat(["0", "1"], [("Monday", "Mon"), ("Tuesday", "Tue")], [[0, 1], [100, 25]], [["a", "b"], ["c", "d"]])
    assert [[cell.tone for cell in row.cells] for row in drawn.rows] == [[0, 1], [TONES, 3]]
    assert [cell.says for cell in drawn.rows[1].cells] == ["c", "d"]


@pytest.mark.parametrize(
    ("share", "width", "percent", "is_less"), [(0, 0, 0, False), (0.001, 1.5, 0, True), (0.5, 50, 50, False), (1.2, 100, 100, False)]
)
def test_a_share_that_is_there_can_be_seen_and_is_not_called_nothing(share, width, percent, is_less):
    bar = share_bar(share)
    assert (bar.width, bar.percent, bar.is_less_than_one) == (width, percent, is_less)
