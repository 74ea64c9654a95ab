"""What a program does in place of the panel's pages of surveys."""

TWINS = {
    "surveys": ["list_surveys"],
    "survey-new": ["add_survey"],
    "survey": ["get_survey", "edit_survey"],
    "survey-keep": ["edit_survey"],
    "survey-preview": ["preview_survey"],
    "survey-restore": ["edit_survey"],
    "survey-start": ["start_survey", "add_survey_keywords"],
    "survey-free": "keywords are checked by the call that reserves them",
    "survey-close": ["close_survey"],
    "survey-reopen": ["reopen_survey"],
    "survey-copy": ["copy_survey"],
    "survey-delete": ["delete_survey"],
    "survey-send": ["send_survey"],
    "survey-results": ["get_survey_results"],
    "survey-results-live": ["get_survey_results"],
    "survey-export": ["list_survey_persons"],
    "survey-answers": ["list_survey_answers"],
    "survey-publish": ["publish_survey"],
    "survey-renew": ["renew_survey_address"],
}
