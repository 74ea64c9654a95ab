"""Keywords of an account that fight, as they are stored and as they would be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.keywords.conflicts import SHOWN, conflicts_of, conflicts_with, never_acting
from recado.apps.keywords.drafts import draft_of_keyword, drafted_row
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rows import keyword_row
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import end_keyword, pause_keyword, reserve_keyword
from recado.core.condition import Occasion
from recado.core.routes import MatchKind

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


def said(conflict):
    return [(example.text, example.winner, example.otherwise) for example in conflict.examples]


def test_of_two_spellings_each_wins_where_it_is_written(alice, own, now):
    plain = reserve_keyword(alice, own, "laska")
    reserve_keyword(alice, own, "łaska")
    (conflict,) = conflicts_of(plain, now).near
    assert conflict.are_twins
    assert said(conflict) == [("laska", "laska", ""), ("łaska", "łaska", "")]


def test_a_longer_keyword_wins_where_text_may_follow_the_shorter(alice, own, now):
    short = reserve_keyword(alice, own, "ROSE", also_when_text_follows=True)
    long = reserve_keyword(alice, own, "ROSE RED")
    for keyword, other in ((short, long), (long, short)):
        (conflict,) = conflicts_of(keyword, now).near
        assert (conflict.other_id, said(conflict)) == (other.pk, [("ROSE RED", "ROSE RED", "")])


def test_keywords_that_cannot_meet_are_no_conflict(alice, own, now):
    short = reserve_keyword(alice, own, "ROSE")
    reserve_keyword(alice, own, "ROSE RED")
    reserve_keyword(alice, own, "ROSES", also_when_text_follows=True)
    found = conflicts_of(short, now)
    assert (found.near, found.apart) == ((), ())


def test_keywords_of_others_are_none_of_ones_business(alice, charlie, shared, now):
    mine = reserve_keyword(alice, shared, "ROSE", also_when_text_follows=True)
    reserve_keyword(charlie, shared, "ROSE RED")
    assert conflicts_of(mine, now).near == ()


def test_two_phrases_fight_only_where_both_are_written(alice, own, now):
    phrase = reserve_keyword(alice, own, "red", kind=MatchKind.PHRASE)
    for number in range(SHOWN + 2):
        reserve_keyword(alice, own, f"shoe{number}", kind=MatchKind.BASE)
    found = conflicts_of(phrase, now)
    assert (found.near, found.apart_count, found.more_apart) == ((), SHOWN + 2, 2)
    assert said(found.apart[0]) == [("shoe0 red", "shoe0", "")]


def test_what_is_given_back_or_over_before_does_not_fight(alice, own, shared, now):
    mine = reserve_keyword(alice, shared, "ROSE", also_when_text_follows=True)
    end_keyword(reserve_keyword(alice, shared, "ROSE RED"))
    Keyword.objects.filter(pk=reserve_keyword(alice, shared, "ROSE BLUE").pk).update(ends_at=now - DAY)
    assert conflicts_of(mine, now).near == ()


def test_a_paused_keyword_is_warned_of_because_it_may_act_again(alice, own, now):
    mine, other = reserve_keyword(alice, own, "ROSE", also_when_text_follows=True), reserve_keyword(alice, own, "ROSE RED")
    pause_keyword(other)
    assert [one.other for one in conflicts_of(mine, now).near] == ["ROSE RED"]


def test_a_draft_is_checked_before_anything_is_saved(alice, own, now):
    reserve_keyword(alice, own, "ROSE RED")
    row = drafted_row(alice, own, None, " rose ", kind=MatchKind.BASE)
    found = conflicts_with(alice, own, row, now, draft_of_keyword(row, RuleContent()))
    assert said(found.near[0]) == [("ROSE RED", "ROSE RED", "")]
    assert Keyword.objects.count() == 1


def test_conditions_of_the_winner_leave_texts_to_the_other(alice, own, now):
    base = reserve_keyword(alice, own, "ROSE", kind=MatchKind.BASE)
    phrase = reserve_keyword(alice, own, "ROSE RED", kind=MatchKind.PHRASE)
    base.rules.update(occasion=Occasion.FIRST)
    assert said(conflicts_of(phrase, now).near[0]) == [("ROSE RED", "ROSE", "ROSE RED")]


def test_a_rule_that_never_acts_is_named_by_its_place(alice, own, now):
    keyword = reserve_keyword(alice, own, "ROSE")
    late = Rule.objects.create(account=alice, number=own, keyword=keyword)
    (found,) = never_acting(alice, own, keyword_row(keyword))
    assert (found.rule_id, found.place, found.before_place) == (late.pk, 2, 1)
    Rule.objects.filter(pk=late.pk).update(occasion=Occasion.AGAIN)
    assert never_acting(alice, own, keyword_row(keyword)) == []


def test_a_default_rule_that_never_acts_is_named_too(alice, own, now):
    first, second = (Rule.objects.create(account=alice, number=own) for _ in range(2))
    assert [(one.rule_id, one.before_id) for one in never_acting(alice, own, None)] == [(second.pk, first.pk)]
