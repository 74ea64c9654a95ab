from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.keywords.blocked import BlockedWordError, block_word, unblock_word
from recado.apps.keywords.checks import check_word
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal
from recado.apps.keywords.models import Keyword, NearForm, Spelling
from recado.apps.keywords.queries import get_synonym_for, synonyms_of
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import edit_keyword, end_keyword, reserve_keyword
from recado.apps.keywords.synonyms import add_synonym, remove_synonym
from recado.apps.numbers.models import RoutingVersion

DAY = timedelta(days=1)


def days(count):
    return timezone.now() + count * DAY


def refusal(account, number, word, **period):
    with pytest.raises((KeywordRefusedError, KeywordTakenError)) as refused:
        check_word(account, number, word, **period)
    return refused.value


def test_a_synonym_is_kept_from_others_as_the_keyword_is(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER", ends_at=days(10))
    synonym = add_synonym(keyword, "  OGRODNIK ")
    assert (synonym.word, synonym.tokens, synonym.ends_at) == ("OGRODNIK", "ogrodnik", keyword.ends_at)
    assert isinstance(refusal(charlie, shared, "ogrodnik"), KeywordTakenError)
    assert refusal(charlie, shared, "OGRODNK").reason is Refusal.LOOK_ALIKE


def test_a_synonym_is_checked_like_a_keyword(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    reserve_keyword(charlie, shared, "TULIPAN")
    for word, error in [
        ("TULIPAN", KeywordTakenError),
        ("TULIPANY", KeywordRefusedError),
        ("STOP", KeywordRefusedError),
        ("gardener", KeywordTakenError),
    ]:
        with pytest.raises(error):
            add_synonym(keyword, word)


def test_a_synonym_moves_and_ends_with_its_keyword(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    synonym = add_synonym(keyword, "OGRODNIK")
    end = days(30)
    edit_keyword(keyword, "GARDENER", RuleContent(), ends_at=end)
    synonym.refresh_from_db()
    assert (synonym.ends_at, synonym.kept_until) == (end, end + 90 * DAY)
    end_keyword(keyword)
    synonym.refresh_from_db()
    assert synonym.ends_at == keyword.ends_at < timezone.now()
    with pytest.raises(KeywordRefusedError) as refused:
        add_synonym(keyword, "ROSE")
    assert refused.value.reason is Refusal.ENDED


def test_a_keyword_cannot_be_prolonged_over_its_synonyms_next_owner(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER", ends_at=days(10))
    add_synonym(keyword, "OGRODNIK")
    reserve_keyword(charlie, shared, "OGRODNIK", starts_at=days(200))
    with pytest.raises(KeywordTakenError) as refused:
        edit_keyword(keyword, "GARDENER", RuleContent())
    assert refused.value.word == "OGRODNIK"
    assert Keyword.objects.get(pk=keyword.pk).ends_at is not None


def test_a_synonym_given_up_on_a_shared_number_rests_and_can_be_taken_back(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    remove_synonym(add_synonym(keyword, "OGRODNIK"))
    assert not synonyms_of(keyword).exists()
    resting = Keyword.objects.get(word="OGRODNIK")
    assert (resting.state, resting.account) == (Keyword.State.QUARANTINE, alice)
    assert isinstance(refusal(charlie, shared, "OGRODNIK"), KeywordTakenError)
    assert add_synonym(keyword, "OGRODNIK").pk


def test_a_synonym_given_up_on_an_own_number_is_gone(alice, own):
    remove_synonym(add_synonym(reserve_keyword(alice, own, "GARDENER"), "OGRODNIK"))
    assert (Keyword.objects.count(), Spelling.objects.count()) == (1, 1)


def test_strangers_do_not_get_a_synonym(alice, charlie, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    synonym = add_synonym(keyword, "OGRODNIK")
    assert get_synonym_for(alice, keyword.pk, synonym.pk) == synonym
    with pytest.raises(Keyword.DoesNotExist):
        get_synonym_for(charlie, keyword.pk, synonym.pk)
    with pytest.raises(Spelling.DoesNotExist):
        get_synonym_for(alice, keyword.pk, Spelling.objects.get(is_main=True).pk)


def test_routing_sees_synonyms_come_and_go(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    before = RoutingVersion.objects.get().version
    synonym = add_synonym(keyword, "OGRODNIK")
    between = RoutingVersion.objects.get().version
    remove_synonym(synonym)
    assert before < between < RoutingVersion.objects.get().version


def test_a_renamed_keyword_is_found_by_its_new_word_only(alice, own):
    keyword = reserve_keyword(alice, own, "GARDENER")
    edit_keyword(keyword, "Roses", RuleContent())
    assert keyword.spellings.get().tokens == "roses"
    assert set(NearForm.objects.values_list("form", flat=True)) == {"roses", "oses", "rses", "roes", "ross", "rose"}


def test_a_word_can_be_reserved_each_december_and_every_row_is_kept(alice, charlie, shared):
    for year in (2031, 2032):
        start = timezone.now().replace(year=year, month=12, day=1)
        reserve_keyword(alice, shared, "GWIAZDKA", starts_at=start, ends_at=start + 30 * DAY)
    assert Keyword.objects.filter(tokens="gwiazdka").count() == 2
    assert isinstance(refusal(charlie, shared, "GWIAZDKA", starts_at=start + 100 * DAY), KeywordTakenError)
    check_word(charlie, shared, "GWIAZDKA", starts_at=start + 121 * DAY)


def test_who_asks_hears_from_when_on_a_word_is_free(alice, charlie, shared):
    end = days(10)
    reserve_keyword(charlie, shared, "GARDENER", ends_at=end)
    assert refusal(alice, shared, "GARDENER").free_from == end + 90 * DAY
    reserve_keyword(charlie, shared, "GARDENER", starts_at=days(50))
    assert refusal(alice, shared, "GARDENER").free_from is None


def test_a_reservation_that_has_not_begun_is_given_up_at_once(alice, charlie, shared):
    end_keyword(reserve_keyword(alice, shared, "GARDENER", starts_at=days(10)))
    assert reserve_keyword(charlie, shared, "GARDENER").pk


def test_an_ended_reservation_keeps_its_end_when_given_up(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    end = days(-5)
    Keyword.objects.filter(pk=keyword.pk).update(ends_at=end)
    keyword.refresh_from_db()
    end_keyword(keyword)
    assert Keyword.objects.get().ends_at == end


@pytest.mark.parametrize(
    ("theirs", "word", "reason"),
    [
        ("COP", "СОР", Refusal.CONFUSABLE),
        ("R0SE", "ROSE", Refusal.CONFUSABLE),
        ("SOLO1", "SOLOI", Refusal.CONFUSABLE),
        ("ŁASKAWY", "LASKAVY", Refusal.LOOK_ALIKE),
        ("GARDENER CLUB", "GARDENER CLUBS", Refusal.LOOK_ALIKE),
    ],
)
def test_words_that_look_like_a_neighbours_are_refused(alice, charlie, shared, theirs, word, reason):
    reserve_keyword(charlie, shared, theirs)
    refused = refusal(alice, shared, word)
    assert (refused.reason, len(refused.free)) == (reason, 3)


def test_every_alternative_offered_is_really_free(alice, charlie, shared):
    reserve_keyword(charlie, shared, "GARDENER")
    add_synonym(reserve_keyword(charlie, shared, "TULIP"), "GARDENERFLOWERS")
    add_synonym(Keyword.objects.get(word="TULIP"), "FLOVERSGARDENER")
    block_word("GARDENER2", "a joke")
    free = refusal(alice, shared, "GARDENER").free
    assert free == ("GARDENER24", "GARDENER3", "GARDENERPLUS")
    for word in free:
        check_word(alice, shared, word)


def test_a_blocked_word_is_refused_however_it_is_written(alice, shared, own):
    blocked = block_word("POLICJA", "Authorities")
    for word in ("policja", "P0LICJA", "POLICJA WARSZAWA"):
        assert refusal(alice, shared, word).reason is Refusal.BLOCKED
    check_word(alice, own, "POLICJA")
    with pytest.raises(BlockedWordError):
        block_word("Policja", "again")
    unblock_word(blocked)
    check_word(alice, shared, "POLICJA")
