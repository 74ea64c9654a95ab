"""`/surveys`: what is particular about them."""

import pytest

from panel import asked
from panel.conversations import number
from recado.api.v1.survey_problems import CONFLICTS, REFUSED
from recado.apps.audit.models import AuditEntry
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.keywords.models import Keyword
from recado.apps.surveys.errors import SurveyRefusal
from recado.apps.surveys.models import Survey
from recado.core.number import NumberKind

FULL = {
    "name": "Visits",
    "counting": "last",
    "late": "store",
    "closes_at": "2098-12-24T00:00:00Z",
    "idle_minutes": 720,
    "session_minutes": 1440,
    "reminder_minutes": 60,
    "reask_limit": 1,
    "intro_text": "A minute?",
    "end_text": "Thank you!",
    "reminder_text": "Still there?",
    "already_text": "Thank you again.",
    "closed_text": "Over.",
    "gave_up_text": "Never mind.",
}
QUESTIONS = [
    {
        "kind": "choice",
        "text": "Which?",
        "options": [
            {"text": "Tulips", "goes_to": 3},
            {"text": "Roses", "synonyms": ["rose"]},
            {"label": "N", "text": "None", "ends": True},
        ],
    },
    {"kind": "number", "text": "How many?", "low": 1, "high": 9},
    {"kind": "text", "text": "Why?", "reask_text": "A few words, please."},
]


def made(api, account, **given):
    response = api("post", "/surveys", {"name": "Visits", "number_id": number(account).pk, "questions": QUESTIONS, **given})
    assert response.status_code == 201, response.content
    return response.json()


def test_one_with_everything_is_shown_as_it_was_given_and_noted(api, account):
    added = made(api, account, **FULL)
    shown = api("get", f"/surveys/{added['id']}").json()
    assert {name: shown[name] for name in FULL} == FULL
    assert [one["label"] for one in shown["questions"][0]["options"]] == ["A", "B", "N"]
    assert [one["goes_to"] for one in shown["questions"][0]["options"]] == [3, None, None]
    assert (shown["state"], shown["missing"], shown["segments_per_person"], shown["cost_per_person"]) == ("draft", [], 4, 36)
    assert AuditEntry.objects.get().action == "survey.added"


def test_questions_sent_with_their_ids_stay_the_same_ones(api, account):
    added = made(api, account)
    first, _, third = added["questions"]
    first["options"][0]["goes_to"] = None
    changed = api("patch", f"/surveys/{added['id']}", {"questions": [third, first]}).json()["questions"]
    assert [one["id"] for one in changed] == [third["id"], first["id"]]
    assert [one["id"] for one in changed[1]["options"]] == [one["id"] for one in first["options"]]


def test_what_keeps_a_draft_from_starting_is_listed(api, account):
    added = made(api, account, questions=[{"kind": "choice", "options": [{"text": "Tulips"}]}], number_id=None)
    assert [(one["code"], one["place"]) for one in added["missing"]] == [("no_text", 1), ("few_options", 1), ("no_number", 0)]
    refused = api("post", f"/surveys/{added['id']}/start", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "not-ready")
    assert "few_options (question 1)" in refused.json()["detail"]


def test_it_starts_with_its_words_or_not_at_all(api, account):
    added = made(api, account)
    words = [{"number_id": number(account).pk, "word": word} for word in ("VISIT", "VISIT")]
    refused = api("post", f"/surveys/{added['id']}/start", {"keywords": words})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "body.keywords.1.word")
    assert (Survey.objects.get().state, Keyword.objects.count()) == ("draft", 0)
    started = api("post", f"/surveys/{added['id']}/start", {"keywords": words[:1]}).json()
    assert (started["state"], [one["word"] for one in started["keywords"]]) == ("collecting", ["VISIT"])
    elsewhere = {"number_id": number(None, "48503340503", NumberKind.SHARED_LONG).pk, "word": "VISIT2"}
    refused = api("post", f"/surveys/{added['id']}/keywords", {"keywords": [elsewhere]})
    assert refused.json()["errors"][0]["field"] == "body.keywords.0.number_id"


def test_a_vote_has_a_word_for_each_answer(api, account):
    survey = asked.vote(account)
    option = survey.questions.get().options.first()
    without = {"number_id": number(account).pk, "word": "TULIPS"}
    for keywords in ([], [without], [without | {"option_id": 9}]):
        assert api("post", f"/surveys/{survey.pk}/start", {"keywords": keywords}).status_code == 422
    started = api("post", f"/surveys/{survey.pk}/start", {"keywords": [without | {"option_id": option.pk}]}).json()
    assert [(one["word"], one["option_id"]) for one in started["keywords"]] == [("TULIPS", option.pk)]


def test_once_started_only_wording_changes(api, account):
    survey = asked.collecting(account)
    questions = api("get", f"/surveys/{survey.pk}").json()["questions"]
    questions[0]["text"] = "How did you like it?"
    assert api("patch", f"/surveys/{survey.pk}", {"questions": questions}).json()["questions"][0]["text"] == "How did you like it?"
    for change in ({"questions": questions[:1]}, {"counting": "every"}, {"number_id": None}):
        refused = api("patch", f"/surveys/{survey.pk}", change)
        assert (refused.status_code, refused.json()["code"]) == (409, "survey-started"), change
    assert api("delete", f"/surveys/{survey.pk}").json()["code"] == "survey-started"


def test_a_stranger_cannot_name_the_accounts_number_or_group(strangers_api, account, stranger):
    own = number(account)
    refused = strangers_api("post", "/surveys", {"name": "Theirs", "number_id": own.pk})
    assert refused.json()["errors"][0]["field"] == "body.number_id"
    theirs = asked.vote(stranger)
    asked_for = f"/surveys/{theirs.pk}/results?group_id={add_group(account, 'Ours').pk}"
    assert strangers_api("get", asked_for).status_code == 422


def test_it_is_played_without_being_stored(api, account):
    added = made(api, account)
    played = api("post", f"/surveys/{added['id']}/preview", {"texts": ["rose", "12"]}).json()["bubbles"]
    assert [one["is_ours"] for one in played] == [True, False, True, False, True]
    assert (played[1]["note"], played[2]["text"]) == ("Understood as: Roses", "How many?")


def test_figures_answers_and_persons_say_the_same(api, account):
    survey = asked.collecting(account)
    asked.answered(survey, *[("5", "A", "Benches")] * 3, ("4",))
    asked.answered(survey, ("1",), is_test=True)
    figures = api("get", f"/surveys/{survey.pk}/results").json()
    assert (figures["people"], figures["finished"], figures["answers"], figures["states"]) == (4, 3, 10, {"open": 1, "done": 3})
    assert [one["count"] for one in figures["questions"][0]["bars"]] == [0, 0, 0, 1, 3]
    question = survey.questions.first()
    first = api("get", f"/surveys/{survey.pk}/answers?question_id={question.pk}&limit=3").json()
    rest = api("get", f"/surveys/{survey.pk}/answers?question_id={question.pk}&limit=3&cursor={first['next']}").json()
    assert ([one["value"] for one in first["items"] + rest["items"]], rest["next"]) == (["4", "5", "5", "5"], None)
    persons = api("get", f"/surveys/{survey.pk}/persons?limit=3").json()
    last = api("get", f"/surveys/{survey.pk}/persons?cursor={persons['next']}").json()["items"]
    assert [(one["phone"], one["state"], len(one["answers"])) for one in last] == [(f"+{asked.FIRST_PHONE + 3}", "open", 1)]
    assert api("get", f"/surveys/{survey.pk}/results?is_test=true").json()["people"] == 1
    group = add_group(account, "Regulars")
    add_contact(account, str(asked.FIRST_PHONE), {}, [group.pk])
    assert api("get", f"/surveys/{survey.pk}/results?group_id={group.pk}").json()["people"] == 1


def test_asking_groups_goes_on_with_the_draft_that_was_begun(api, account):
    survey = asked.collecting(account)
    ids = {api("post", f"/surveys/{survey.pk}/campaign").json()["campaign_id"] for _ in range(2)}
    assert ids == {Campaign.objects.get(survey_id=survey.pk).pk}
    assert api("post", f"/surveys/{asked.vote(account).pk}/campaign").json()["code"] == "not-collecting"


@pytest.mark.parametrize("change", [{"reminder_minutes": 1440}, {"questions": [{"kind": "text", "goes_to": 9}]}])
def test_what_cannot_be_is_refused_at_its_field(api, account, change):
    added = made(api, account)
    refused = api("patch", f"/surveys/{added['id']}", change)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == f"body.{next(iter(change))}"


def test_every_refusal_has_its_problem():
    assert REFUSED.keys() | CONFLICTS.keys() | {SurveyRefusal.NOT_READY} == set(SurveyRefusal)
