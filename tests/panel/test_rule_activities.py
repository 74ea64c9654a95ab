"""What a keyword lets people take part in: chosen on the form, shown in words, kept by undo, never a stranger's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.boards.models import Board
from recado.apps.codes.models import CodePool
from recado.apps.contests.models import Contest
from recado.apps.keywords.activities import Activity, Kind, keywords_of, offered_to
from recado.apps.keywords.errors import RuleError
from recado.apps.keywords.models import RuleAction
from recado.apps.keywords.rule_undo import remember, restore_rule
from recado.apps.keywords.rules import RuleContent, add_rule, content_of, delete_rule, edit_rule, in_order, terms_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.apps.surveys.models import Option, Question, Survey
from recado.core.number import NumberKind
from recado.panel.rule_words import deeds_in_words


@pytest.fixture
def other_account(db):
    return Account.objects.create(name="Other")


@pytest.fixture
def keyword(account):
    return reserve_keyword(account, add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account), "ROSE", RuleContent(reply="Hi"))


def make(account) -> list[Activity]:
    """Make one of each, and a vote."""
    now = timezone.now()
    vote = Survey.objects.create(account=account, name="Colour", kind="vote", public_token=f"v{account.pk}")
    question = Question.objects.create(survey=vote, position=1, kind="choice", text="Which?")
    red = Option.objects.create(question=question, position=1, label="A", text="Red")
    survey = Survey.objects.create(account=account, name="Visit", public_token=f"s{account.pk}")
    contest = Contest.objects.create(
        account=account,
        name="Bike",
        opens_at=now,
        closes_at=now + timedelta(days=1),
        public_token=f"c{account.pk}",
        salt="s",
        instant_seed="i",
    )
    pool = CodePool.objects.create(account=account, name="Ten percent")
    board = Board.objects.create(account=account, name="Wall", public_token=f"b{account.pk}")
    return [
        Activity(Kind.ANSWER_SURVEY, vote.pk, "Colour", red.pk, "A: Red"),
        Activity(Kind.ANSWER_SURVEY, survey.pk, "Visit"),
        Activity(Kind.ENTER_CONTEST, contest.pk, "Bike"),
        Activity(Kind.GIVE_CODE, pool.pk, "Ten percent"),
        Activity(Kind.POST_TO_BOARD, board.pk, "Wall"),
    ]


def test_nothing_is_offered_to_who_has_nothing(alice_client, keyword):
    assert "Survey, contest, code or board" not in alice_client.get(f"/keywords/{keyword.pk}/rules/new/").content.decode()


def test_what_there_is_is_offered_chosen_and_said(alice_client, account, other_account, keyword):
    mine, _strangers = make(account), make(other_account)
    assert offered_to(account) == mine
    given = {"activities": [mine[0].key, mine[2].key], "reply": "Hi", "is_enabled": "on", "weekdays": ["1"]}
    assert alice_client.post(f"/keywords/{keyword.pk}/rules/new/", given).status_code == 302
    rule = in_order(keyword.rules.all())[0]
    assert content_of(rule).activities == (mine[0], mine[2])
    assert deeds_in_words(rule)[1:] == ["takes part in the survey Colour: A: Red", "takes part in the contest Bike"]
    page = alice_client.get(f"/rules/{rule.pk}/").content.decode()
    assert page.count("checked") >= 2
    assert keyword in keywords_of(account, Kind.ENTER_CONTEST, mine[2].target_id)
    assert keywords_of(other_account, Kind.ENTER_CONTEST, mine[2].target_id) == []


@pytest.mark.parametrize("place", range(5))
def test_what_is_a_strangers_is_refused(account, other_account, keyword, place):
    theirs = make(other_account)[place]
    with pytest.raises(RuleError):
        add_rule(keyword, account, RuleContent(activities=(theirs,)))


def test_an_answer_of_another_survey_is_refused(account, keyword):
    vote, survey, *_others = make(account)
    with pytest.raises(RuleError):
        add_rule(keyword, account, RuleContent(activities=(Activity(Kind.ANSWER_SURVEY, survey.target_id, option_id=vote.option_id),)))


def test_a_deleted_rule_comes_back_with_what_is_still_there(account, keyword):
    mine = make(account)
    rule = add_rule(keyword, account, RuleContent(activities=tuple(mine)))
    kept = remember(rule)
    delete_rule(rule)
    CodePool.objects.all().delete()
    again = restore_rule(account, kept)
    assert content_of(again).activities == tuple(one for one in mine if one.kind is not Kind.GIVE_CODE)


def test_editing_exchanges_them_and_a_deleted_contest_leaves_the_rule(account, keyword):
    mine = make(account)
    rule = add_rule(keyword, account, RuleContent(activities=(mine[2], mine[4])))
    edit_rule(rule, RuleContent(activities=(mine[2],)), terms_of(rule))
    assert RuleAction.objects.filter(rule=rule).count() == 1
    Contest.objects.all().delete()
    assert content_of(type(rule).objects.get(pk=rule.pk)) == RuleContent()
