"""Samples of charts, of the cards of the statistics and of their tables, invented.

What belongs here: sample values. What does not: the page (`guide`), geometry (`panel.charts`).
"""

from datetime import datetime, timedelta
from typing import Any

from recado.apps.statistics.figures import Filters, Measure, Period, Row, Totals
from recado.panel.charts.bars import Place, bar_chart
from recado.panel.charts.heat import heat
from recado.panel.statistics.asked import Asked
from recado.panel.statistics.cards import cards
from recado.panel.statistics.periods import Preset
from recado.panel.statistics.pieces import frame
from recado.panel.statistics.tables import table_of
from recado.panel.statistics.words import weekdays

DAYS = [52, 47, 64, 52, 49, 69, 98, 93, 93, 64, 83, 70, 66, 64]
BEFORE = [35, 39, 41, 55, 50, 60, 73, 98, 82, 66, 84, 59, 53, 57]
OPEN = range(9, 21)
NOW, THEN = Totals(2431, 386, 1904, 21), Totals(2170, 386, 2300, 18)
KEYWORDS = [
    Row("1", "OGRODNIK", 748, 0.55, 611, {"people": 512, "new_contacts": 214, "opt_outs": 6}),
    Row("", "RÓŻE", 611, 0.44, 702, {"people": 300, "new_contacts": 98, "opt_outs": 9}),
    Row("", "", 3, 0.002, 3, {"people": 3}),
]


def charts(now: datetime) -> dict[str, Any]:
    """Give what the samples of charts are made of."""
    begun = now - timedelta(days=len(DAYS))
    places = [
        Place(f"{begun + timedelta(days=at):%d.%m}", f"{count}, {before}", (count, before, count // 3))
        for at, (count, before) in enumerate(zip(DAYS, BEFORE, strict=True))
    ]
    counts = [[(hour * (day + 3)) % 19 * 3 if hour in OPEN else int(hour == OPEN.stop) for hour in range(24)] for day in range(7)]
    week = heat([str(hour) for hour in range(24)], weekdays(), counts, [[str(count) for count in row] for row in counts])
    period = Period(now.date() - timedelta(days=29), now.date())
    asked = Asked(
        Preset.MONTH,
        Filters(period, keyword_id=1),
        Measure.RECEIVED,
        True,
        now.date(),
        {},
        {1: "OGRODNIK", 2: "RÓŻE"},
        {},  # a value
    )
    return {
        "sample_chart": bar_chart(places),
        "sample_week": week,
        "sample_cards": list(cards(NOW, THEN)),
        "sample_table": table_of("keywords", asked, KEYWORDS),
        "sample_statistics": {"asked": asked, **frame(asked)},
    }
