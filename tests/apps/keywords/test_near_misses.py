"""Near misses: whose messages count for whose keywords, once each, and what settles them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recado.apps.accounts.services import create_account
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.keywords import near_misses
from recado.apps.keywords.models import KeywordNearMiss, NearMissTally
from recado.apps.keywords.near_misses import count_all, count_up, near_misses_of, settle
from recado.apps.keywords.services import pause_keyword, reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def florist():
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def clinic(db):
    return create_account("Klinika Zdrowie", language="en")


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def own(florist):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=florist)


def arrived(number, text, account=None, *, at=NOON, **fields):
    pk = first_id_at(at)
    while Message.objects.filter(pk=pk).exists():
        pk += 1
    return Message.objects.create(
        id=pk, account=account, number=number, sender="48604218377", recipient=number.digits, text=text, received_at=at, **fields
    )


def shown(account, now=LATER):
    return [(row.keyword.word, row.spelling, row.count) for row in near_misses_of(account, now)]


def test_what_was_typed_on_ones_own_number_is_gathered_by_spelling(florist, own):
    reserve_keyword(florist, own, "OGRODNIK")
    for text in ("ogrodnk", "OGRODNK proszę", "Ogrodniik"):
        arrived(own, text, florist)
    arrived(own, "dzień dobry", florist)
    assert shown(florist) == [("OGRODNIK", "ogrodnk", 2), ("OGRODNIK", "ogrodniik", 1)]


def test_on_a_shared_number_nobodys_messages_count_and_no_others(florist, clinic, shared):
    reserve_keyword(florist, shared, "OGRODNIK")
    arrived(shared, "ogrodnk mój adres to Kwiatowa 5")
    arrived(shared, "ogrodnk", clinic)
    arrived(shared, "ogrodnk", florist)
    assert shown(florist) == [("OGRODNIK", "ogrodnk", 1)]
    assert shown(clinic) == []
    count_all(LATER)
    stored = KeywordNearMiss.objects.get()
    assert (stored.account, stored.spelling) == (florist, "ogrodnk")


def test_messages_are_counted_once_whenever_one_looks(florist, own):
    reserve_keyword(florist, own, "OGRODNIK")
    arrived(own, "ogrodnk", florist)
    assert shown(florist, NOON + timedelta(minutes=1)) == [("OGRODNIK", "ogrodnk", 1)]
    assert not KeywordNearMiss.objects.exists()
    for minutes in (30, 90, 180, 181, 600):
        assert shown(florist, NOON + timedelta(minutes=minutes)) == [("OGRODNIK", "ogrodnk", 1)]
    arrived(own, "ogrodnk", florist, at=NOON + timedelta(hours=10))
    for hours in (10, 14, 20):
        count_all(NOON + timedelta(hours=hours))
        assert shown(florist, NOON + timedelta(hours=hours)) == [("OGRODNIK", "ogrodnk", 2)]
    assert KeywordNearMiss.objects.get().count == 2


def test_many_messages_are_counted_in_pieces(florist, own, monkeypatch):
    monkeypatch.setattr(near_misses, "AT_ONCE", 3)
    reserve_keyword(florist, own, "OGRODNIK")
    for _ in range(8):
        arrived(own, "ogrodnk", florist)
    count_up(own, LATER)
    assert KeywordNearMiss.objects.get().count == 8


def test_of_two_who_count_at_once_one_changes_nothing(florist, own, monkeypatch):
    reserve_keyword(florist, own, "OGRODNIK")
    arrived(own, "ogrodnk", florist)
    found = near_misses._found

    def overtaken(*given):
        monkeypatch.setattr(near_misses, "_found", found)
        count_up(own, LATER)
        return found(*given)

    monkeypatch.setattr(near_misses, "_found", overtaken)
    assert count_up(own, LATER) == NearMissTally.objects.get().counted_to
    assert KeywordNearMiss.objects.get().count == 1


def test_tests_matches_and_real_words_are_no_near_misses(florist, own):
    keyword = reserve_keyword(florist, own, "OGRODNIK")
    reserve_keyword(florist, own, "OGRODNIKI")
    arrived(own, "ogrodnk", florist, is_test=True)
    arrived(own, "ogrodnk", florist, keyword_id=keyword.pk)
    arrived(own, "ogrodniki", florist)
    assert shown(florist) == []


def test_old_ones_and_those_of_keywords_that_rest_are_not_shown(florist, own):
    keyword = reserve_keyword(florist, own, "OGRODNIK")
    arrived(own, "ogrodnk", florist)
    assert shown(florist, NOON + timedelta(days=29))
    assert shown(florist, NOON + timedelta(days=31)) == []
    pause_keyword(keyword)
    assert shown(florist) == []


def test_what_is_settled_is_not_shown_until_it_is_taken_back(florist, own):
    keyword = reserve_keyword(florist, own, "OGRODNIK")
    arrived(own, "ogrodnk", florist)
    settle(keyword, "ogrodnk", NOON)
    assert shown(florist, NOON + timedelta(minutes=1)) == []
    assert shown(florist) == []
    settle(keyword, "ogrodnk", NOON, is_ignored=False)
    assert shown(florist) == [("OGRODNIK", "ogrodnk", 1)]


def test_another_spelling_takes_the_near_miss_away(florist, own):
    keyword = reserve_keyword(florist, own, "OGRODNIK")
    arrived(own, "ogrodnk", florist)
    add_synonym(keyword, "ogrodnk")
    assert shown(florist) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ogrodnk", "rozanka", "klinikq", "zdrowiee"]), st.sampled_from([0, 1, 2])), max_size=12))
def test_nobody_learns_of_another_accounts_messages(florist, clinic, shared, said):
    for account, words in ((florist, ("OGRODNIK", "ROZANKA2")), (clinic, ("KLINIKA", "ZDROWIE"))):
        for word in words:
            if not account.keywords.filter(word=word).exists():
                reserve_keyword(account, shared, word)
    Message.objects.all().delete()
    NearMissTally.objects.all().delete()
    KeywordNearMiss.objects.all().delete()
    for text, whose in said:
        arrived(shared, text, [None, florist, clinic][whose])
    for account in (florist, clinic):
        nobodys = sum(whose == 0 for _text, whose in said)
        rows = near_misses_of(account, LATER)
        assert sum(row.count for row in rows) <= nobodys
        assert {row.keyword.account_id for row in rows} <= {account.pk}
