"""What a program does in place of the panel's pages of statistics."""

TWINS = {
    "statistics": ["get_statistics", "get_statistics_series", "get_keyword_figures", "get_number_figures", "get_busy_hours"],
    "statistics-keywords": ["get_keyword_figures", "get_argument_figures", "get_near_miss_figures", "get_conversion"],
    "statistics-people": ["get_group_figures", "get_operator_figures", "get_survey_figures"],
    "statistics-sending": ["get_sent_states", "get_sent_reasons", "get_wait_figures"],
    "statistics-export": "every table is an operation of its own, which programs ask for as JSON",
}
