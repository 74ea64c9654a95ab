"""Changing how a keyword matches: all its spellings follow, and none takes a word the account uses that way already."""

import pytest

from recado.apps.accounts.models import Account
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.kinds import change_kind, refusal_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.numbers.services import add_number
from recado.apps.plans.services import add_plan, edit_plan, set_plan
from recado.core.number import NumberKind
from recado.core.routes import MatchKind


@pytest.fixture
def alice(db):
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def own(alice):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=alice)


@pytest.fixture
def rose(alice, own):
    keyword = reserve_keyword(alice, own, "ROSE")
    add_synonym(keyword, "ROSES")
    return keyword


def kinds(keyword) -> set[str]:
    return {keyword.kind, *keyword.spellings.values_list("kind", flat=True)}


def test_all_spellings_match_as_their_keyword_does(alice, own, rose):
    change_kind(rose, MatchKind.BASE)
    rose.refresh_from_db()
    assert kinds(rose) == {"base"}
    assert reserve_keyword(alice, own, "ROSES").kind == "exact"


@pytest.mark.parametrize("word", ["ROSE", "ROSES"])
@pytest.mark.parametrize("is_checked", [True, False], ids=["checked", "raced"])
def test_a_word_of_the_same_kind_is_in_the_way_of_every_spelling(alice, own, rose, word, is_checked, monkeypatch):
    reserve_keyword(alice, own, word, kind=MatchKind.BASE)
    if not is_checked:
        monkeypatch.setattr("recado.apps.keywords.kinds.check_others", lambda *_: None)
    with pytest.raises(KeywordTakenError):
        change_kind(rose, MatchKind.BASE)
    assert kinds(rose) == {"exact"}
    rose.refresh_from_db()
    assert kinds(rose) == {"exact"}


def test_a_full_quota_is_not_in_the_way(alice, own, rose):
    plan = add_plan("Small")
    edit_plan(plan, "Small", {(NumberKind.SHARED_LONG, "advanced_keywords"): True}, {NumberKind.SHARED_LONG: 1})
    set_plan(alice, plan)
    keyword = reserve_keyword(alice, add_number("48503340503", NumberKind.SHARED_LONG), "VOTE")
    change_kind(keyword, MatchKind.BASE)
    assert kinds(keyword) == {"base"}


@pytest.mark.parametrize(
    ("number_kind", "left_out", "kind", "refusal"),
    [
        (NumberKind.INDIVIDUAL_LONG, "", MatchKind.BASE, None),
        (NumberKind.INDIVIDUAL_LONG, "advanced_keywords", MatchKind.BASE, Refusal.NOT_IN_PLAN),
        (NumberKind.INDIVIDUAL_LONG, "advanced_keywords", MatchKind.EXACT, None),
        (NumberKind.INDIVIDUAL_LONG, "exact_keywords", MatchKind.EXACT, Refusal.NOT_IN_PLAN),
        (NumberKind.SHARED_LONG, "", MatchKind.PHRASE, Refusal.KIND_NOT_ALLOWED),
        (NumberKind.SHARED_LONG, "", MatchKind.EXACT, None),
        (NumberKind.ECO, "", MatchKind.EXACT, Refusal.NO_KEYWORDS_HERE),
    ],
)
def test_what_a_number_and_what_a_plan_does_not_allow_are_told_apart(alice, number_kind, left_out, kind, refusal):
    if left_out:
        plan = add_plan("Small")
        edit_plan(plan, "Small", {(number_kind, left_out): False}, {})
        set_plan(alice, plan)
    owner = alice if number_kind is NumberKind.INDIVIDUAL_LONG else None
    number = add_number("48664200301", number_kind, account=owner)
    assert refusal_of(alice, number, kind) is refusal


def test_a_refused_kind_changes_nothing(alice):
    shared = add_number("48503340503", NumberKind.SHARED_LONG)
    keyword = reserve_keyword(alice, shared, "TULIP")
    with pytest.raises(KeywordRefusedError) as caught:
        change_kind(keyword, MatchKind.BASE)
    assert caught.value.reason is Refusal.KIND_NOT_ALLOWED
    assert kinds(keyword) == {"exact"}
