"""The questions of the statistics, in one place for pages and programs.

What belongs here: their names. What does not: answers; those are in the modules named below.
"""

from recado.apps.statistics.fresh import one_look
from recado.apps.statistics.mistyped import near_misses
from recado.apps.statistics.over_time import counted_until, first_day, hours_by_weekday, nearest_with_data, series, totals
from recado.apps.statistics.sending_queries import sent_reasons, sent_states
from recado.apps.statistics.surveyed import survey_rows
from recado.apps.statistics.tables import arguments, conversion, groups, keywords, numbers, operators
from recado.apps.statistics.waiting import first_reply, median_first_reply

__all__ = [
    "arguments",
    "conversion",
    "counted_until",
    "first_day",
    "first_reply",
    "groups",
    "hours_by_weekday",
    "keywords",
    "median_first_reply",
    "near_misses",
    "nearest_with_data",
    "numbers",
    "one_look",
    "operators",
    "sent_reasons",
    "sent_states",
    "series",
    "survey_rows",
    "totals",
]
