"""What follows base keywords is counted: folded, bounded, once, and without test messages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panel.conversations import dialogue, received
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.keywords import arguments
from recado.apps.keywords.arguments import KINDS, REST, Counts, Ranking
from recado.apps.keywords.models import KeywordArgumentDay
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.tallies import ranked_arguments
from recado.core.routes import MatchKind

DAY = date(2026, 11, 26)
LATER = timedelta(hours=3, minutes=10)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def vote(alice, own):
    return reserve_keyword(alice, own, "VOTE", kind=MatchKind.BASE)


def answered(account, keyword, *typed, is_test=False):
    thread = Dialogue.objects.filter(account=account).first() or dialogue(account)
    for argument in typed:
        message = received(thread, f"Vote {argument}")
        Message.objects.filter(pk=message.pk).update(keyword_id=keyword.pk, argument=argument, is_test=is_test)


def test_what_is_the_same_counts_together(alice, vote, now):
    answered(alice, vote, "Anna", "Anna", " anna ", "ANNA", "12", "Łódź", "Łódź", "lodz", "")
    assert ranked_arguments(vote, now) == Ranking((("Anna", 4), ("Łódź", 3), ("12", 1)))


def test_messages_are_counted_once_whenever_one_looks(alice, vote, now):
    answered(alice, vote, "A", "B", "A")
    for later in (timedelta(), LATER, timedelta(hours=4), timedelta(hours=9)):
        assert ranked_arguments(vote, now + later).arguments == (("A", 2), ("B", 1))
    assert sum(KeywordArgumentDay.objects.values_list("received", flat=True)) == 3


def test_test_data_and_other_kinds_never_count(alice, own, vote, now):
    exact = reserve_keyword(alice, own, "ROSE")
    answered(alice, vote, "A", is_test=True)
    answered(alice, exact, "A")
    for later in (timedelta(), LATER):
        assert ranked_arguments(vote, now + later) == Ranking()
    assert not KeywordArgumentDay.objects.exists()


def test_a_month_later_nothing_is_kept(alice, vote, now):
    answered(alice, vote, "A")
    ranked_arguments(vote, now + LATER)
    assert KeywordArgumentDay.objects.exists()
    assert ranked_arguments(vote, now + timedelta(days=40)) == Ranking()
    assert not KeywordArgumentDay.objects.exists()


def test_what_is_rare_counts_with_the_rest(alice, vote, now, monkeypatch):
    monkeypatch.setattr(arguments, "KINDS", 2)
    answered(alice, vote, "A", "A", "B", "B", "C", "D")
    for later in (timedelta(), LATER):
        assert ranked_arguments(vote, now + later) == Ranking((("A", 2), ("B", 2)), 2)
    assert KeywordArgumentDay.objects.filter(argument=REST).get().received == 2


def test_long_arguments_fit(alice, vote, now):
    answered(alice, vote, "ß" * 500)
    ranked_arguments(vote, now + LATER)
    assert KeywordArgumentDay.objects.get().argument == "s" * 80


@given(st.lists(st.tuples(st.text(min_size=1, max_size=3), st.integers(1, 9))))
def test_nothing_is_lost_and_never_more_is_told_apart_than_allowed(given_rows):
    counts = Counts([])
    rows = [(1, DAY, typed, count) for typed, count in given_rows]
    rows += [(1, DAY, str(number), 1) for number in range(KINDS + 5)]
    counts.add(rows)
    assert sum(counts.received.values()) == sum(count for *_, count in rows)
    assert len(counts.received) <= KINDS + 1
