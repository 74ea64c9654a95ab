"""Access to surveys, and to the results of those that everybody may see."""

from panel import asked
from panel.doors import Door
from panel.hostile import MARKUP
from recado.apps.accounts.models import Role


def a_draft(account, user):
    return {"survey_id": asked.draft(account, user, name=MARKUP[:110]).pk}


def one_that_collects(account, user):
    return {"survey_id": asked.hostile(account, user, MARKUP).pk}


def a_question(account, user):
    survey = asked.hostile(account, user, MARKUP)
    return {"survey_id": survey.pk, "question_id": survey.questions.last().pk}


def a_public_one(account, user):
    return {"token": asked.public(account, user).public_token}


DOORS = {
    "surveys": Door(refuses=Role.BILLING),
    "survey-new": Door(refuses=Role.AGENT),
    "survey": Door(a_draft, Role.BILLING),
    "survey-keep": Door(a_draft, Role.AGENT, "post", {"name": "Visits"}),
    "survey-preview": Door(a_draft, Role.BILLING, "post", {"said": "5"}),
    "survey-restore": Door(a_draft, Role.AGENT, "post"),
    "survey-start": Door(a_draft, Role.AGENT),
    "survey-free": Door(a_draft, Role.AGENT),
    "survey-close": Door(one_that_collects, Role.AGENT, "post"),
    "survey-reopen": Door(one_that_collects, Role.AGENT, "post"),
    "survey-copy": Door(a_draft, Role.AGENT, "post"),
    "survey-delete": Door(a_draft, Role.AGENT),
    "survey-send": Door(one_that_collects, Role.AGENT, "post"),
    "survey-results": Door(one_that_collects, Role.BILLING),
    "survey-results-live": Door(one_that_collects, Role.BILLING),
    "survey-export": Door(one_that_collects, Role.BILLING),
    "survey-answers": Door(a_question, Role.BILLING),
    "survey-publish": Door(one_that_collects, Role.AGENT, "post", {"to": "on"}),
    "survey-renew": Door(one_that_collects, Role.AGENT, "post"),
}
PUBLIC = {
    "public-results": Door(a_public_one),
    "public-results-wall": Door(a_public_one),
    "public-results-live": Door(a_public_one),
}
