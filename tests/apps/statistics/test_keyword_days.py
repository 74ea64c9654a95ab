"""What keywords got lately, for their list and page: the same before and after it is rolled up, without test messages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.statistics import counting
from recado.apps.statistics.keyword_days import DAYS, Ranking, ranked_arguments, received_by_day
from recado.apps.statistics.rolling import roll_up
from recado.core.routes import MatchKind

LATER = (timedelta(), timedelta(minutes=10), timedelta(hours=9))


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def vote(alice):
    number = Number.objects.create(digits="48664200300", kind="individual_long", account=alice)
    return reserve_keyword(alice, number, "VOTE", kind=MatchKind.BASE)


def answered(thread, keyword, *typed, is_test=False):
    for argument in typed:
        message = received(thread, f"Vote {argument}")
        changes = {"number_id": keyword.number_id, "keyword_id": keyword.pk, "argument": argument, "is_test": is_test}
        Message.objects.filter(pk=message.pk).update(**changes)


def test_messages_are_counted_once_whenever_one_looks(alice, vote):
    answered(dialogue(alice), vote, "A", "B")
    answered(dialogue(alice, "48600700800"), vote, "A", is_test=True)
    for later in LATER:
        roll_up(timezone.now() + later)
        days = received_by_day(alice, [vote.pk], timezone.now())[vote.pk]
        assert (sum(days), len(days)) == (2, DAYS)
        assert ranked_arguments(vote, timezone.now()) == Ranking((("A", 1), ("B", 1)))


def test_what_is_the_same_counts_together(alice, vote):
    answered(dialogue(alice), vote, "Anna", "Anna", " anna ", "ANNA", "12", "Łódź", "Łódź", "lodz", "")
    assert ranked_arguments(vote, timezone.now()) == Ranking((("Anna", 4), ("Łódź", 3), ("12", 1)))


def test_what_comes_late_counts_with_the_rest(alice, vote, monkeypatch):
    monkeypatch.setattr(counting, "ARGUMENTS", 2)
    answered(dialogue(alice), vote, "A", "A", "B", "B", "C", "D")
    for later in LATER:
        roll_up(timezone.now() + later)
        assert ranked_arguments(vote, timezone.now()) == Ranking((("A", 2), ("B", 2)), 2)


def test_long_arguments_fit(alice, vote):
    answered(dialogue(alice), vote, "ß" * 500)
    roll_up(timezone.now() + timedelta(hours=1))
    assert ranked_arguments(vote, timezone.now()).top[0][1] == 1


def test_another_account_has_none_of_it(alice, vote):
    answered(dialogue(alice), vote, "A")
    charlie = Account.objects.create(name="Charlie Cars")
    assert sum(received_by_day(charlie, [vote.pk], timezone.now())[vote.pk]) == 0
