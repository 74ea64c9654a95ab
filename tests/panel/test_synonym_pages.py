"""Other spellings of a keyword on its page, and what is said about words while they are typed."""

from datetime import UTC, datetime

import pytest

from recado.apps.audit.models import AuditEntry
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

LOOK = "/keywords/availability/"


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def stranger(charlie):
    return charlie.memberships.get().account


@pytest.fixture
def keyword(account, shared):
    return reserve_keyword(account, shared, "GARDENER")


def words(keyword):
    return [synonym.word for synonym in synonyms_of(keyword)]


def test_another_spelling_is_added_and_noted(alice_client, keyword):
    page = alice_client.post(f"/keywords/{keyword.pk}/synonyms/", {"word": "Ogródek"}, follow=True).content.decode()
    assert "Ogródek now does the same as GARDENER." in page
    assert "and ogrodek" in page
    assert words(keyword) == ["Ogródek"]
    assert AuditEntry.objects.get(action="keyword.synonym_added").after["synonyms"] == "Ogródek"


def test_a_spelling_that_is_taken_is_refused_and_stays_in_its_field(alice_client, stranger, keyword, shared):
    reserve_keyword(stranger, shared, "OGRODNIK")
    page = alice_client.post(f"/keywords/{keyword.pk}/synonyms/", {"word": "OGRODNIK"}, follow=True).content.decode()
    assert "OGRODNIK is taken on 503 340 503. Free: OGRODNIK2, " in page
    assert 'value="OGRODNIK"' in page
    assert words(keyword) == []


def test_a_removed_spelling_comes_back_with_undo(alice_client, keyword):
    synonym = add_synonym(keyword, "OGRODNIK")
    page = alice_client.post(f"/keywords/{keyword.pk}/synonyms/{synonym.pk}/remove/", follow=True).content.decode()
    assert "OGRODNIK no longer does the same as GARDENER." in page
    assert 'data-undo><input type="hidden" name="csrfmiddlewaretoken"' in page
    assert words(keyword) == []
    alice_client.post(f"/keywords/{keyword.pk}/synonyms/", {"word": "OGRODNIK"})
    assert words(keyword) == ["OGRODNIK"]
    assert AuditEntry.objects.get(action="keyword.synonym_removed").before["synonyms"] == "OGRODNIK"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("OGRODNIK", "OGRODNIK is free on 503 340 503."),
        ("gardener", "gardener is taken"),
        ("TULIPY", "one letter away"),
        ("STOP", "opt out"),
    ],
)
def test_a_spelling_is_judged_while_it_is_typed(alice_client, stranger, keyword, shared, word, says):
    reserve_keyword(stranger, shared, "TULIPS")
    assert says in alice_client.get(LOOK, {"keyword": keyword.pk, "word": word}).content.decode()


def test_strangers_hear_nothing_about_a_keyword(alice_client, stranger, shared):
    theirs = reserve_keyword(stranger, shared, "TULIPS")
    assert alice_client.get(LOOK, {"keyword": theirs.pk, "word": "ROSE"}).status_code == 404
    assert alice_client.post(f"/keywords/{theirs.pk}/synonyms/", {"word": "ROSE"}).status_code == 404


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ({}, "TULIPS is taken on 503 340 503, and free from 01.04.2090."),
        ({"starts_on": "2090-03-31"}, "TULIPS is taken on 503 340 503, and free from 01.04.2090."),
        ({"starts_on": "2090-04-01"}, "TULIPS is free on 503 340 503."),
        ({"starts_on": "2090-03-3"}, "TULIPS is taken"),
        ({"ends_on": "2001-01-01"}, "The end must come after the start"),
    ],
)
def test_availability_is_about_the_time_chosen(alice_client, stranger, shared, period, says):
    end = datetime(2089, 12, 30, 23, tzinfo=UTC)  # 90 days later clocks are set forward, and the day has begun
    reserve_keyword(stranger, shared, "TULIPS", ends_at=end)
    page = alice_client.get(LOOK, {"number": shared.pk, "word": "TULIPS", **period}).content.decode()
    assert says in page
    assert ("For all of the time chosen below." in page) == ("is free on" in page)


def test_words_to_take_instead_are_buttons(alice_client, stranger, shared):
    reserve_keyword(stranger, shared, "TULIPS")
    page = alice_client.get(LOOK, {"number": shared.pk, "word": "TULIPY"}).content.decode()
    assert 'data-word="TULIPY2"' in page


@pytest.mark.parametrize("number", ["", "x", "9" * 30])
def test_what_is_no_number_says_nothing(alice_client, number):
    assert alice_client.get(LOOK, {"number": number, "word": "ROSE"}).content == b""
