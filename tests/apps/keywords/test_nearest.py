"""The keywords nearest to what somebody typed: in any spelling, by an index, however many words a number has."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations import number
from recado.apps.accounts.services import create_account
from recado.apps.keywords.models import Keyword, NearForm, Spelling
from recado.apps.keywords.nearest import _forms, nearest_spellings
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.keywords.words import near_forms, skeleton
from recado.core.nearness import slips
from recado.core.number import NumberKind
from recado.core.text import exact_form, folded_form

NOW = timezone.now()
MANY = 10_000
WORD = st.text("abcdeo0", min_size=3, max_size=8)


@pytest.fixture
def account(db):
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def shared(db):
    return number(None, "48503340503", NumberKind.SHARED_LONG)


def words(shared, typed: str) -> list[tuple[int, str]]:
    return [(count, one.word) for count, one in nearest_spellings(shared.pk, typed, timezone.now())]


def test_synonyms_and_short_words_are_found_too(account, shared):
    gardener = reserve_keyword(account, shared, "Gardener")
    add_synonym(gardener, "Ogrodniczka")
    reserve_keyword(account, shared, "Rose")
    assert words(shared, "ogrodnicka") == [(1, "Ogrodniczka")]
    assert words(shared, "Gradeneer!") == [(2, "Gardener")]
    assert words(shared, "roze") == words(shared, "rse") == words(shared, "roes") == [(1, "Rose")]
    assert words(shared, "ro") == words(shared, "x" * 41) == []


def test_paused_ended_and_foreign_numbers_words_are_none(account, shared):
    reserve_keyword(account, shared, "Gardener")
    Keyword.objects.update(state=Keyword.State.PAUSED)
    reserve_keyword(account, shared, "Ogrodnik")
    Spelling.objects.filter(word="Ogrodnik").update(starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=1))
    reserve_keyword(account, number(None, "4301", NumberKind.SHARED_SHORT), "Kwiaty")
    assert [words(shared, typed) for typed in ("gardner", "ogrodnk", "kwaity")] == [[], [], []]


@given(WORD, WORD)
def test_whatever_is_one_slip_away_is_looked_up(typed, word):
    if slips(typed, word, 1) is not None:
        assert set(_forms(skeleton(typed))) & near_forms(word)


@given(WORD.filter(lambda word: len(word) > 4), st.data())
def test_a_letter_too_many_and_another_wrong_are_looked_up(word, data):
    place, other = data.draw(st.integers(0, len(word))), data.draw(st.integers(0, len(word)))
    longer = word[:place] + "x" + word[place:]
    assert set(_forms(skeleton(longer[:other] + "y" + longer[other + 1 :]))) & near_forms(word)


def test_it_costs_the_same_among_ten_thousand_spellings(account, shared):
    reserve_keyword(account, shared, "Gardener")
    fill(shared)
    with CaptureQueriesContext(connection) as queries:
        found = words(shared, "gardner")
    assert (1, "Gardener") in found
    assert len(queries) == 1
    plan = " ".join(str(row) for row in explained(queries[0]["sql"]))
    assert "near_form_by_word" in plan
    assert "SCAN keywords_spelling" not in plan
    rows = NearForm.objects.filter(number=shared, form__in=set(_forms("gardner"))).count()
    assert rows < MANY / 50


def explained(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return cursor.fetchall()


def fill(shared) -> None:
    """Reserve ten thousand words for other accounts."""
    chance = random.Random(7)
    made = {"".join(chance.choices("abcdefghijklmnoprstuwyz", k=8)) for _ in range(MANY)} - {"gardener"}
    owner = create_account("Many")
    keywords = Keyword.objects.bulk_create(
        Keyword(account=owner, number=shared, word=word, tokens=exact_form(word), folded=folded_form(word)) for word in sorted(made)
    )
    spellings = Spelling.objects.bulk_create(
        Spelling(
            keyword=one, number=shared, account=owner, word=one.word, tokens=one.tokens, folded=one.folded, kind="exact", is_main=True,
            starts_at=NOW - timedelta(days=1),
        )
        for one in keywords
    )  # fmt: skip
    NearForm.objects.bulk_create(
        NearForm(spelling=one, number=shared, form=form) for one in spellings for form in sorted(near_forms(one.folded))
    )
