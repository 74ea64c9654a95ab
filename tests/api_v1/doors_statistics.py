"""Doors of `/statistics`."""

from api_v1.doors import Door
from api_v1.doors_keywords import a_keyword

DOORS = {
    "get_statistics": Door(),
    "get_statistics_series": Door(query={"measure": "opt_outs"}),
    "get_keyword_figures": Door(),
    "get_argument_figures": Door(a_keyword),
    "get_number_figures": Door(),
    "get_group_figures": Door(),
    "get_busy_hours": Door(),
    "get_sent_states": Door(),
    "get_sent_reasons": Door(),
    "get_operator_figures": Door(),
    "get_survey_figures": Door(),
    "get_wait_figures": Door(),
    "get_near_miss_figures": Door(),
    "get_conversion": Door(),
}
