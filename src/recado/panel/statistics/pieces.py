"""What each page of the statistics is made of.

What belongs here: gathering. What does not: requests (`pages`), tables (`tables`), pictures (`pictures`).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from recado.apps.accounts.models import Account
from recado.apps.statistics.figures import Period, Totals
from recado.apps.statistics.queries import counted_until, first_day, median_first_reply, nearest_with_data, totals
from recado.panel.statistics import words
from recado.panel.statistics.asked import Asked
from recado.panel.statistics.cards import cards, totals_before
from recado.panel.statistics.periods import later
from recado.panel.statistics.pictures import chart, week
from recado.panel.statistics.tables import Tab, Table, of_tab, table

TOP, WEEK = 5, 7
"""Keywords on the first page, all are on a page of their own; days that show what a week is like."""
BEHIND = timedelta(minutes=10)
"""Counting that is further behind than this is worth a word."""


def pieces(account: Account, asked: Asked, tab: Tab, now: datetime) -> dict[str, Any]:
    """Return what a page shows: its frame and, where there is anything, its figures."""
    began = first_day(account)
    context = {"asked": asked, "tab": tab, "has_any": began is not None, **frame(asked)}
    if began is None:
        return context
    found = totals(account, asked.filters)
    if found == Totals() and tab is not Tab.SENDING:
        return context | {"nearest": _nearest(account, asked)}
    until = counted_until(account)
    context |= {"found": found, "behind_since": until if asked.ends_today and now - until > BEHIND else None, "now": now}
    if tab is Tab.OVERVIEW:
        return context | _overview(account, asked, found, totals_before(account, asked.filters, began, now))
    asked = replace(asked, compares=asked.compares and began <= asked.period.before.first)
    tables = _shown(asked, [table(account, asked, slug) for slug in of_tab(tab)])
    return context | {"tables": tables, "median": median_first_reply(account, asked.filters) if tab is Tab.SENDING else None}


def _overview(account: Account, asked: Asked, found: Totals, before: Totals | None) -> dict[str, Any]:
    shown = {"cards": list(cards(found, before)), "can_compare": before is not None}
    asked = replace(asked, compares=asked.compares and before is not None)
    top = [table(account, asked, "keywords", most=TOP), table(account, asked, "numbers")]
    return shown | {
        "chart": chart(account, asked),
        "tables": _shown(asked, top),
        "week": week(account, asked) if asked.period.days >= WEEK else None,
    }


def _shown(asked: Asked, tables: list[Table]) -> list[Table]:
    """Leave out tables that have nothing to say; groups are not told apart within a number or keyword."""
    is_within = asked.filters.number_id is not None or asked.filters.keyword_id is not None
    return [one for one in tables if one.lines or (one.kind.empty and not (one.slug == "groups" and is_within))]


def frame(asked: Asked) -> dict[str, Any]:
    """Return what stands around the figures."""
    period = asked.period
    return {
        "presets": [(preset, word, words.PRESET_KEYS[preset]) for preset, word in words.PRESETS.items()],
        "days": words.days_of(period),
        "versus": words.versus(period),
        "earlier": period.before,
        "later": later(period, asked.today),
        "choices": [(name, word, asked.choices(name), asked.chosen(name)) for name, word in words.FILTERS.items() if asked.choices(name)],
        "narrowed": [
            (name, word, asked.choices(name)[chosen]) for name, word in words.FILTERS.items() if (chosen := asked.chosen(name)) is not None
        ],
    }


def _nearest(account: Account, asked: Asked) -> dict[str, Any] | None:
    found = nearest_with_data(account, asked.filters)
    if found is None or found.first > asked.today:
        return None
    period = Period(found.first, min(found.last, asked.today))
    return {"period": period, "days": words.days_of(period)}
