from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import edit_keyword, end_keyword, reserve_keyword
from recado.apps.numbers.models import Number, RoutingVersion
from recado.core.routes import MatchKind


def test_a_reserved_word_is_stored_in_both_spellings(alice, shared):
    keyword = reserve_keyword(alice, shared, "  Łaska   Boża ")
    assert (keyword.word, keyword.tokens, keyword.folded) == ("Łaska Boża", "łaska boża", "laska boza")
    assert keyword.rules.count() == 1


def test_a_taken_word_names_free_ones(alice, charlie, shared):
    reserve_keyword(charlie, shared, "GARDENER")
    reserve_keyword(charlie, shared, "GARDENER2")
    with pytest.raises(KeywordTakenError) as refusal:
        reserve_keyword(alice, shared, "gardener")
    assert refusal.value.free == ("gardenerFLOWERS", "FLOWERSgardener", "gardener24")


def test_the_same_word_is_free_on_another_number(alice, charlie, shared):
    short = Number.objects.create(digits="4301", kind="shared_short")
    reserve_keyword(charlie, shared, "GARDENER")
    assert reserve_keyword(alice, short, "GARDENER").pk


def test_with_and_without_marks_are_two_words_of_one_owner(alice, charlie, shared):
    reserve_keyword(charlie, shared, "łaska")
    assert reserve_keyword(charlie, shared, "laska").folded == "laska"
    with pytest.raises(KeywordTakenError):
        reserve_keyword(alice, shared, "łąska")


def test_the_database_refuses_what_a_check_missed(alice, charlie, shared, monkeypatch):
    reserve_keyword(charlie, shared, "GARDENER")
    monkeypatch.setattr("recado.apps.keywords.services.check", lambda *_: None)
    with pytest.raises(KeywordTakenError):
        reserve_keyword(alice, shared, "GARDENER")
    assert Keyword.objects.get(number=shared, tokens="gardener").account == charlie


@pytest.mark.parametrize(
    ("word", "kind", "reason"),
    [
        ("", MatchKind.EXACT, Refusal.EMPTY),
        ("\u200b", MatchKind.EXACT, Refusal.EMPTY),
        ("x" * 81, MatchKind.EXACT, Refusal.TOO_LONG),
        ("Stop", MatchKind.EXACT, Refusal.RESERVED),
        ("TAK", MatchKind.EXACT, Refusal.RESERVED),
        ("A", MatchKind.EXACT, Refusal.RESERVED),
        ("GАRDENER", MatchKind.EXACT, Refusal.MIXED_SCRIPTS),
        ("GARDNER", MatchKind.EXACT, Refusal.LOOK_ALIKE),
        ("GARDEN", MatchKind.PHRASE, Refusal.KIND_NOT_ALLOWED),
    ],
)
def test_words_refused_on_a_shared_number(alice, charlie, shared, word, kind, reason):
    reserve_keyword(charlie, shared, "GARDENER")
    with pytest.raises(KeywordRefusedError) as refusal:
        reserve_keyword(alice, shared, word, kind=kind)
    assert refusal.value.reason is reason


def test_ones_own_look_alikes_are_allowed(alice, shared):
    reserve_keyword(alice, shared, "GARDENER")
    assert reserve_keyword(alice, shared, "GARDNER").pk


def test_no_keywords_on_eco_numbers(alice, db):
    eco = Number.objects.create(digits="48500000001", kind="eco")
    with pytest.raises(KeywordRefusedError) as refusal:
        reserve_keyword(alice, eco, "GARDENER")
    assert refusal.value.reason is Refusal.NO_KEYWORDS_HERE


def test_a_period_that_ends_before_it_begins_is_refused(alice, shared):
    now = timezone.now()
    with pytest.raises(KeywordRefusedError) as refusal:
        reserve_keyword(alice, shared, "GARDENER", starts_at=now, ends_at=now - timedelta(days=1))
    assert refusal.value.reason is Refusal.PERIOD


def test_a_released_word_of_a_shared_number_is_kept_for_ninety_days(alice, charlie, shared):
    end_keyword(reserve_keyword(charlie, shared, "GARDENER"))
    in_time, late = (timezone.now() + timedelta(days=days) for days in (89, 91))
    with pytest.raises(KeywordTakenError):
        reserve_keyword(alice, shared, "GARDENER", starts_at=in_time)
    assert reserve_keyword(alice, shared, "GARDENER", starts_at=late).account == alice


def test_its_owner_can_take_a_released_word_back(charlie, shared):
    end_keyword(reserve_keyword(charlie, shared, "GARDENER"))
    assert reserve_keyword(charlie, shared, "GARDENER").state == Keyword.State.LIVE


def test_an_ended_keyword_of_an_own_number_is_gone(alice, own):
    keyword = reserve_keyword(alice, own, "GARDENER")
    end_keyword(keyword)
    assert not Keyword.objects.exists()


def test_strangers_do_not_get_the_keyword(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    assert get_keyword_for(alice, keyword.pk) == keyword
    with pytest.raises(Keyword.DoesNotExist):
        get_keyword_for(charlie, keyword.pk)


def test_a_word_of_a_shared_number_can_change_its_capitals_only(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    edit_keyword(keyword, "Gardener", RuleContent())
    assert Keyword.objects.get().word == "Gardener"
    with pytest.raises(KeywordRefusedError) as refusal:
        edit_keyword(keyword, "Tulip", RuleContent())
    assert refusal.value.reason is Refusal.RENAMED


def test_a_word_of_an_own_number_can_change_unless_taken(alice, own):
    keyword = reserve_keyword(alice, own, "GARDENER")
    reserve_keyword(alice, own, "TULIP")
    edit_keyword(keyword, "ROSE", RuleContent())
    assert Keyword.objects.get(pk=keyword.pk).tokens == "rose"
    with pytest.raises(KeywordTakenError):
        edit_keyword(keyword, "tulip", RuleContent())


def test_every_change_is_seen_by_routing(alice, own):
    keyword = reserve_keyword(alice, own, "GARDENER")
    before = RoutingVersion.objects.get().version
    edit_keyword(keyword, "ROSE", RuleContent(reply="Thanks"))
    changed = RoutingVersion.objects.get().version
    end_keyword(keyword)
    assert before < changed < RoutingVersion.objects.get().version
