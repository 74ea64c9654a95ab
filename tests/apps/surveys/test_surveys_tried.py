"""Surveys tried without writing: the builder's phone preview, and the dry run of a text."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from recado.apps.accounts.models import Account
from recado.apps.keywords.dry_run import would_do, would_happen
from recado.apps.numbers.models import Number
from recado.apps.surveys.models import Answer, Session, Survey
from recado.apps.surveys.preview import Bubble, play
from recado.core.action import SendReply
from recado.core.decision import Decision
from recado.core.trail import TrailStep

ANNA = "48501222333"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = "Which ones?\nA - Roses\nB - Tulips"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_conversation_is_played_by_the_engine(survey: Survey, django_assert_max_num_queries) -> None:
    survey.state = "draft"
    survey.save()
    with django_assert_max_num_queries(4):
        bubbles = play(survey, ["tulips", "many", "7 pkt", "and now?"], NOW)
    assert [(bubble.is_ours, bubble.text) for bubble in bubbles[:3]] == [(True, FIRST), (False, "tulips"), (True, "How many?")]
    assert bubbles[1].note == "Understood as: Tulips"
    assert bubbles[4].is_ours
    assert bubbles[3] == Bubble(is_ours=False, text="many", note="This is no answer, so the question is asked again.")
    assert [bubble.text for bubble in bubbles[5:]] == ["7 pkt", "Thanks!", "and now?"]
    assert not Session.objects.exists()


def test_a_vote_is_played(survey: Survey) -> None:
    survey.kind = "vote"
    assert [bubble.text for bubble in play(survey, ["a", "b"], NOW)][:3] == [FIRST, "a", "Thanks!"]
    assert play(survey, ["a", "b"], NOW)[3].note == "Took part before."


def reply(decision: Decision | None) -> str:
    assert decision is not None
    return next(action.text for action in decision.actions if isinstance(action, SendReply))


def test_a_dry_run_says_what_the_survey_would_do_and_writes_nothing(
    account: Account, number: Number, survey: Survey, say: Callable[[str], int]
) -> None:
    now = timezone.now()
    assert reply(would_do(account, number, ANNA, "FLOWERS", now)) == FIRST
    assert not Session.objects.exists()
    say("flowers")
    decision = would_happen(number.digits, ANNA, "roses!", timezone.now())
    assert reply(decision) == "How many?"
    (step,) = [entry for entry in decision.trail if entry.step is TrailStep.SURVEY]
    assert step.values == {"survey": "Flowers", "survey_id": survey.pk, "deed": "answered", "question": 1, "answer": "Roses"}
    assert not Answer.objects.exists()
