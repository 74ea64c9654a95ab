"""Pages of surveys: the list, the builder with its phone, starting, results, and those that everybody may see."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel import asked
from panel.conversations import number
from recado.apps.accounts.models import Account
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.keywords.models import Keyword
from recado.apps.surveys.content import content_of
from recado.apps.surveys.errors import SurveyRefusal
from recado.apps.surveys.models import Answer, Session, Survey
from recado.apps.surveys.problems import Problem
from recado.apps.surveys.services import own_numbers, publish_results
from recado.core.number import NumberKind
from recado.core.survey import AnswerKind, SessionState, SurveyState
from recado.panel.survey_words import ANSWER_KINDS, PROBLEMS, REFUSALS, SESSION_STATES, STATES
from recado.panel.surveys.reading import with_posted_questions


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def fields(client: Client, path: str) -> dict[str, str]:
    """What the builder's form would send as it stands."""
    response = client.get(path)
    form = response.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    for one in response.context["questions"]:
        sent |= {f"{one.name}-key": one.question.key, f"{one.name}-was": one.question.kind, f"{one.name}-kind": one.question.kind}
        sent |= {f"{one.name}-text": one.question.text, f"{one.name}-low": one.question.low, f"{one.name}-high": one.question.high}
        for option in one.options:
            sent |= {f"{option.name}-key": option.option.key, f"{option.name}-label": option.option.label}
            sent |= {f"{option.name}-text": option.option.text, f"{option.name}-synonyms": option.synonyms}
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def press(client: Client, survey: Survey, button: str, **changes: str):
    path = f"/surveys/{survey.pk}/"
    return client.post(path, fields(client, path) | changes | {"do": button}, follow=True)


def asked_in(survey: Survey) -> list[str]:
    return list(Survey.objects.get(pk=survey.pk).questions.values_list("text", flat=True))


def test_every_code_has_words():
    assert set(PROBLEMS) == set(Problem)
    assert set(REFUSALS) == set(SurveyRefusal)
    assert (set(STATES), set(ANSWER_KINDS), set(SESSION_STATES)) == (set(SurveyState), set(AnswerKind), set(SessionState))


def test_an_empty_list_teaches_and_an_example_becomes_a_draft(alice_client, account):
    number(account)
    assert "A survey asks people by SMS" in page(alice_client, "/surveys/")
    response = alice_client.post("/surveys/new/", {"example": "visit"}, follow=True)
    made = Survey.objects.get()
    assert response.redirect_chain[-1][0] == f"/surveys/{made.pk}/"
    assert (made.state, made.number, made.questions.count()) == ("draft", own_numbers(account)[0], 2)
    assert "Ready to start" in response.content.decode()


def test_who_has_no_number_is_told_why_and_how_to_get_one(alice_client, account):
    assert "need a number of your own" in page(alice_client, "/surveys/new/")
    alice_client.post("/surveys/new/", {"example": "visit"})
    built = page(alice_client, f"/surveys/{Survey.objects.get().pk}/")
    assert "Choose the number people answer to." in built
    assert "/numbers/order/" in built


def test_the_list_says_how_far_each_is(alice_client, account):
    survey = asked.collecting(account)
    asked.answered(survey, ("5", "A", "More"), ("4",))
    asked.answered(survey, ("5",), is_test=True)
    row = re.search(r"<tbody>(.*?)</tbody>", page(alice_client, "/surveys/"))[1]
    assert re.findall(r"</span> ?([\d%]+)</td>|> (\d+%?)</td>", row)
    assert ("2" in row, "50%" in row, "Collecting" in row) == (True, True, True)


def test_questions_are_added_moved_and_taken_out_with_undo(alice_client, account):
    survey = asked.draft(account)
    press(alice_client, survey, "add-yes_no", name="Better name")
    assert asked_in(survey) == ["How was it?", "Which one?", "What could be better?", ""]
    press(alice_client, survey, "up-2")
    assert asked_in(survey)[:2] == ["Which one?", "How was it?"]
    response = press(alice_client, survey, "drop-1")
    assert asked_in(survey) == ["How was it?", "What could be better?", ""]
    taken = re.search(r'name="taken" value="([^"]+)"', response.content.decode())[1]
    alice_client.post(f"/surveys/{survey.pk}/restore/", {"taken": taken})
    assert asked_in(survey)[0] == "Which one?"
    assert Survey.objects.get().name == "Better name"


def test_what_was_taken_out_of_another_survey_comes_back_nowhere(alice_client, account):
    one, other = asked.draft(account), asked.draft(account)
    taken = re.search(r'name="taken" value="([^"]+)"', press(alice_client, one, "cut-2-3").content.decode())[1]
    alice_client.post(f"/surveys/{other.pk}/restore/", {"taken": taken})
    alice_client.post(f"/surveys/{one.pk}/restore/", {"taken": "nonsense"})
    assert [one.questions.all()[1].options.count(), other.questions.all()[1].options.count()] == [2, 3]


def test_answers_lead_where_they_are_told_and_keep_their_rows(alice_client, account):
    survey = asked.draft(account)
    before = list(survey.questions.all()[1].options.values_list("pk", flat=True))
    press(alice_client, survey, "save", **{"q1-then": "3", "q2-o1-then": "end", "q2-o2-synonyms": "rose, Rosen", "q2-o2-text": "Red roses"})
    first, second, third = survey.questions.all()
    assert first.goes_to == third
    assert [(one.ends, one.text) for one in second.options.all()] == [(True, "Tulips"), (False, "Red roses"), (False, "Lilies")]
    assert second.options.all()[1].synonyms == "rose\nRosen"
    assert list(second.options.values_list("pk", flat=True)) == before


def test_what_is_typed_is_kept_and_what_is_missing_is_said(alice_client, account):
    survey = asked.draft(account)
    path = f"/surveys/{survey.pk}/"
    sent = fields(alice_client, path) | {"q1-text": "", "q2-o1-text": "", "name": ""}
    beside = alice_client.post(f"{path}keep/", sent).content.decode()
    assert "Question 1: write what you ask." in beside
    assert "Question 2: say what answer A stands for." in beside
    assert Survey.objects.get().name == "Visits"
    assert asked_in(survey)[0] == ""


def test_the_phone_plays_the_survey_with_the_real_engine(alice_client, account):
    survey = asked.draft(account, None, end_text="Thank you!")
    played = alice_client.post(f"/surveys/{survey.pk}/preview/", {"said": ["seven", "4 pkt", "tulip"]}).content.decode()
    assert "Understood as: 4" in played
    assert "What could be better?" in played
    assert "Please reply with a number from 1 to 5." in played
    assert "Thank you!" not in played.partition("survey-phone")[2].partition("</form>")[0]
    assert not Session.objects.exists()


def test_nonsense_in_the_form_is_read_as_nothing(account):
    survey = asked.draft(account)
    sent = {"q1-key": "x", "q1-was": "no such", "q1-kind": "number", "q1-low": "many", "q1-high": "9" * 30, "q1-then": "77", "q2-key": "9"}
    first, second = with_posted_questions(content_of(survey), sent).questions
    assert (first.kind, first.low, first.high, first.goes_to, first.key) == (AnswerKind.NUMBER, 1, 5, None, None)
    assert (second.kind, second.key) == (AnswerKind.TEXT, 9)


def test_a_survey_begins_with_its_keyword_or_not_at_all(alice_client, account):
    survey = asked.draft(account)
    refused = alice_client.post(f"/surveys/{survey.pk}/start/", {"by_keyword": "on", "word": "STOP"})
    assert (refused.status_code, Survey.objects.get().state, Keyword.objects.count()) == (422, "draft", 0)
    assert "Nobody can reserve this word" in refused.content.decode()
    assert alice_client.post(f"/surveys/{survey.pk}/start/", {}).status_code == 422
    response = alice_client.post(f"/surveys/{survey.pk}/start/", {"by_keyword": "on", "word": "Visit"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/surveys/{survey.pk}/results/"
    assert Survey.objects.get().state == "collecting"
    assert 'SMS <b>Visit</b> to <b class="u-nowrap">664 200 300</b>' in response.content.decode()


def test_each_answer_of_a_vote_gets_its_word_on_a_shared_number(alice_client, account):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    survey = asked.vote(account)
    options = list(survey.questions.get().options.all())
    words = {f"word-{option.pk}": word for option, word in zip(options, ("TULIPS", "ROSES", "ROSES"), strict=True)}
    refused = alice_client.post(f"/surveys/{survey.pk}/start/", {"number": shared.pk, **words})
    assert (refused.status_code, Keyword.objects.count()) == (422, 0)
    words[f"word-{options[2].pk}"] = "LILIES"
    alice_client.post(f"/surveys/{survey.pk}/start/", {"number": shared.pk, **words})
    actions = Keyword.objects.order_by("id").values_list("word", "rules__actions__option_id")
    assert list(actions) == list(zip(("TULIPS", "ROSES", "LILIES"), [one.pk for one in options], strict=True))
    said = alice_client.get(f"/surveys/{survey.pk}/free/", {"number": shared.pk, "field": "w", "w": "TULIPS"}).content.decode()
    assert "TULIPS is taken" in said


def test_a_survey_that_lacks_something_does_not_start(alice_client, account):
    survey = asked.draft(account)
    survey.questions.update(text="")
    response = alice_client.post(f"/surveys/{survey.pk}/start/", {"by_keyword": "on", "word": "Visit"})
    assert "Question 1: write what you ask." in response.content.decode()
    assert (Survey.objects.get().state, Keyword.objects.count()) == ("draft", 0)


def test_asking_groups_makes_the_draft_of_a_send_with_the_first_question(alice_client, account):
    survey = asked.draft(account, None, intro_text="A minute?")
    response = alice_client.post(f"/surveys/{survey.pk}/start/", {"by_group": "on"}, follow=True)
    campaign = Campaign.objects.get()
    assert (campaign.survey_id, campaign.number, campaign.text) == (survey.pk, survey.number, "A minute?\nHow was it?")
    assert "The first question of a survey" in response.content.decode()
    survey.refresh_from_db()
    press(alice_client, survey, "save", **{"q1-text": "How was your visit?"})
    alice_client.post(f"/sends/{campaign.pk}/edit/", {"text": "Something else", "do": "save", "sender": "eco"})
    campaign.refresh_from_db()
    assert (campaign.text, campaign.kind) == ("A minute?\nHow was your visit?", "full")


def test_once_started_only_wording_changes(alice_client, account):
    survey = asked.collecting(account)
    assert "questions stay as they are" in page(alice_client, f"/surveys/{survey.pk}/")
    changes = {"q1-text": "How did you like it?", "q1-kind": "text", "q1-then": "end", "q2-o1-text": "Tulips!", "q2-o1-label": "Z"}
    press(alice_client, survey, "drop-2", **changes)
    first, second, _ = survey.questions.all()
    assert (first.text, first.kind, first.ends, second.options.first().text, second.options.first().label) == (
        "How did you like it?", "number", False, "Tulips!", "A",
    )  # fmt: skip
    assert alice_client.post(f"/surveys/{survey.pk}/keep/", {"name": "X"}).status_code == 204


def test_closing_is_undone_and_a_closed_one_is_copied(alice_client, account):
    survey = asked.collecting(account)
    closed = alice_client.post(f"/surveys/{survey.pk}/close/", follow=True).content.decode()
    assert (Survey.objects.get().state, "Undo" in closed) == ("closed", True)
    alice_client.post(f"/surveys/{survey.pk}/reopen/")
    assert Survey.objects.get().state == "collecting"
    alice_client.post(f"/surveys/{survey.pk}/copy/")
    copied = Survey.objects.latest("pk")
    assert (copied.state, copied.name, copied.questions.count()) == ("draft", "Copy of Visits", 3)
    assert alice_client.get(f"/surveys/{survey.pk}/delete/").status_code == 302
    alice_client.post(f"/surveys/{copied.pk}/delete/")
    assert list(Survey.objects.all()) == [survey]


def test_results_count_and_say_where_people_stopped(alice_client, account):
    survey = asked.collecting(account)
    asked.answered(survey, *[("5", "A", "Benches")] * 3, ("4", "B"), ("3",), ())
    shown = page(alice_client, f"/surveys/{survey.pk}/results/")
    assert "Asked: 6 · answered: 5 (83%) · went no further: 1 · half answered within 3 minutes" in shown
    assert "Asked: 5 · answered: 4 (80%)" in shown
    assert "On average <b>4,4</b>" in shown
    assert "(60%)" in shown  # of the first question, which has five answers
    assert "Shares are shown from 5 answers on." in shown  # of the second, which has four


def test_results_are_narrowed_to_a_group_and_leave_tests_apart(alice_client, account):
    survey = asked.collecting(account)
    asked.answered(survey, ("5",), ("1",))
    asked.answered(survey, ("2",), is_test=True)
    group = add_group(account, "Regulars")
    add_contact(account, str(asked.FIRST_PHONE), {}, [group.pk])
    figures = alice_client.get(f"/surveys/{survey.pk}/results/", {"group": group.pk}).context["figures"]
    assert (figures.people, figures.answers) == (1, 1)
    tests = alice_client.get(f"/surveys/{survey.pk}/results/", {"test": "1"}).context["figures"]
    assert [bar.count for bar in tests.questions[0].bars] == [0, 1, 0, 0, 0]
    later = alice_client.get(f"/surveys/{survey.pk}/results/", {"from": "2097-01-01", "group": "9" * 30}).context["figures"]
    assert (later.people, later.answers) == (0, 0)


def test_late_answers_are_kept_apart(alice_client, account):
    survey = asked.collecting(account)
    asked.answered(survey, ("5",), ("1",))
    Answer.objects.filter(value="1").update(is_late=True, counts=False)
    shown = page(alice_client, f"/surveys/{survey.pk}/results/")
    assert "1 late answer" in shown
    question = survey.questions.first()
    late = page(alice_client, f"/surveys/{survey.pk}/results/{question.pk}/?late=1")
    assert ("“1”" in late, "“5”" in late) == (True, False)


def test_an_answer_leads_to_the_conversation_it_stands_in(alice_client, account):
    survey = asked.collecting(account)
    session = asked.with_conversation(survey, "5")
    listed = page(alice_client, f"/surveys/{survey.pk}/results/{survey.questions.first().pk}/")
    assert "Anna Nowak" in listed
    assert re.search(r'href="/inbox/\d+/"', listed)
    assert session.msisdn == "48604218377"


def test_a_file_has_one_row_for_each_person(alice_client, account):
    survey = asked.collecting(account)
    add_contact(account, str(asked.FIRST_PHONE), {"first_name": "Anna"})
    asked.answered(survey, ("5", "A", "=1+1"), ("4",))
    written = b"".join(alice_client.get(f"/surveys/{survey.pk}/results/export/").streaming_content).decode("utf-8-sig").splitlines()
    assert len(written) == 3
    assert written[0].startswith("Phone,Name,Started,Finished,State,How was it?,How was it? (as typed),Which one?")
    assert written[1].startswith("'+48601000000,Anna,")
    assert written[1].endswith("Finished,5,5,Tulips,A,'=1+1,'=1+1")
    assert written[2].endswith("In the middle,4,4,,,,")


def test_results_for_everybody_have_no_phones_and_go_when_they_are_switched_off(alice_client, account):
    survey = asked.collecting(account)
    asked.answered(survey, *[("5", "A", "More benches")] * 5)
    path = f"/results/{survey.public_token}/"
    assert Client().get(path).status_code == 404
    alice_client.post(f"/surveys/{survey.pk}/public/", {"to": "on"})
    shown = Client().get(path).content.decode()
    assert ("Tulips" in shown, "More benches" in shown, "4860100" in shown) == (True, False, False)
    publish_results(survey, is_public=True, shows_texts=True)
    cache.clear()
    assert "More benches" in Client().get(path).content.decode()
    alice_client.post(f"/surveys/{survey.pk}/public/renew/")
    cache.clear()
    assert Client().get(path).status_code == 404


def test_results_for_everybody_say_nothing_below_five_answers(account):
    survey = asked.public(account)
    Answer.objects.filter(survey=survey, msisdn__gt=str(asked.FIRST_PHONE + 3)).delete()
    shown = Client().get(f"/results/{survey.public_token}/").content.decode()
    assert "The first results show from 5 answers on." in shown
    assert "Tulips" not in shown


def test_many_who_look_at_once_are_answered_from_one_look(account, django_assert_num_queries):
    survey = asked.public(account)
    path = f"/results/{survey.public_token}/"
    Client().get(path)
    with django_assert_num_queries(0):
        response = Client().get(path)
    assert "form-action 'none'" in response["Content-Security-Policy"]


def test_a_survey_that_ended_by_itself_is_told_on_the_first_page(alice_client, account: Account):
    survey = asked.collecting(account)
    now = timezone.now()
    Survey.objects.filter(pk=survey.pk).update(state="closed", closed_at=now, closes_at=now)
    assert "The survey Visits ended on" in page(alice_client, "/")


@pytest.mark.browser
def test_what_is_typed_is_kept_and_played_without_pressing_save(visit, account, alice):
    survey = asked.draft(account, alice)
    page = visit().open(f"/surveys/{survey.pk}/")
    page.locator("#q1-text").fill("How did you like it?")
    page.locator("#survey-phone").get_by_text("How did you like it?").wait_for()
    page.get_by_label("Answer as somebody would").fill("4")
    page.keyboard.press("Enter")
    page.get_by_text("Understood as: 4").wait_for()
    page.locator("#q1-kind").select_option("text")
    page.locator("#q1-low").wait_for(state="detached")
