"""Doors of `/surveys`."""

from api_v1.doors import Door
from panel import asked


def a_draft(account):
    return {"survey_id": asked.draft(account).pk}


def one_that_collects(account):
    return {"survey_id": asked.collecting(account).pk}


def a_closed_one(account):
    made = asked.collecting(account)
    made.state = "closed"
    made.save()
    return {"survey_id": made.pk}


DOORS = {
    "list_surveys": Door(),
    "add_survey": Door(body={"name": "Visits"}),
    "get_survey": Door(a_draft),
    "edit_survey": Door(a_draft, body={"name": "Visits in May"}),
    "delete_survey": Door(a_draft),
    "preview_survey": Door(a_draft, body={"texts": ["5"]}),
    "start_survey": Door(a_draft, body={}),
    "add_survey_keywords": Door(one_that_collects, body={}),
    "close_survey": Door(one_that_collects),
    "reopen_survey": Door(a_closed_one),
    "copy_survey": Door(a_draft, body={}),
    "publish_survey": Door(one_that_collects, body={"is_public": True}),
    "renew_survey_address": Door(one_that_collects),
    "send_survey": Door(one_that_collects),
    "get_survey_results": Door(one_that_collects),
    "list_survey_answers": Door(one_that_collects),
    "list_survey_persons": Door(one_that_collects),
}
