"""The action quiz/view: counts of a vote, and of the first question of a conversation that can be counted."""

import pytest

from panel import asked


def test_a_vote_is_counted_by_its_answers_and_tests_do_not_count(call, account):
    survey = asked.vote(account)
    asked.voted(survey, "A", "B", "B")
    asked.voted(survey, "C", is_test=True, first=48_602_000_000)
    options = list(survey.questions.get().options.values_list("pk", flat=True))
    counts = [{"id": pk, "count": count} for pk, count in zip(options, (1, 2, 0), strict=True)]
    assert call("quiz/view", id=survey.pk) == {"id": survey.pk, "name": "Bouquet", "items": counts}


@pytest.mark.parametrize(
    ("questions", "given", "items"),
    [
        ((asked.WORDS, asked.SCALE), ("Benches", "4"), [(1, 0), (2, 0), (3, 0), (4, 1), (5, 0)]),
        ((asked.YES_NO, asked.CHOICE), ("no",), [(1, 0), (2, 1)]),
        ((asked.WORDS,), ("Benches",), []),
    ],
)
def test_of_a_conversation_the_first_question_that_can_be_counted_is_shown(call, account, questions, given, items):
    survey = asked.collecting(account, None, *questions)
    asked.answered(survey, given)
    assert [(one["id"], one["count"]) for one in call("quiz/view", id=survey.pk)["items"]] == items
