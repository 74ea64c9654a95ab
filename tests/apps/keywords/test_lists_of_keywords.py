"""Where keywords stand, how the list is narrowed, what it counts, whom it reminds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.contacts.services import add_group
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.overview import Filters, last_messages, narrowed
from recado.apps.keywords.reminders import remind_all
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import end_keyword, pause_keyword, reserve_keyword
from recado.apps.keywords.standing import Standing, in_standing, standing_of
from recado.apps.notifications.models import Notification

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def many(alice, own, now):
    """One keyword in every standing there is."""
    made = {word: reserve_keyword(alice, own, word) for word in ("ACTIVE", "PAUSED", "RESERVED", "HELD", "ENDED")}
    pause_keyword(made["PAUSED"])
    Keyword.objects.filter(word="RESERVED").update(starts_at=now + DAY)
    Keyword.objects.filter(word="HELD").update(state="held")
    Keyword.objects.filter(word="ENDED").update(ends_at=now - DAY)
    return made


@pytest.mark.parametrize("standing", Standing)
def test_the_filter_keeps_what_stands_so(many, now, standing):
    assert set(Keyword.objects.filter(in_standing(standing, now))) == {
        keyword for keyword in Keyword.objects.all() if standing_of(keyword, now) is standing
    }


def test_every_standing_occurs(many, now):
    assert {standing_of(keyword, now) for keyword in Keyword.objects.all()} == set(Standing)


def test_a_keyword_given_back_has_ended(alice, shared, now):
    keyword = reserve_keyword(alice, shared, "GARDENER")
    end_keyword(keyword)
    assert standing_of(keyword, now) is Standing.ENDED
    assert not narrowed(alice, Filters(), now).exists()


@pytest.mark.parametrize(("search", "found"), [("żółw", ["ZOLW"]), ("garden", ["ROSE"]), ("664 200", ["ROSE", "ZOLW"]), ("tulip", [])])
def test_the_search_looks_at_word_group_and_number(alice, own, now, search, found):
    reserve_keyword(alice, own, "ZOLW")
    reserve_keyword(alice, own, "ROSE", RuleContent((add_group(alice, "Garden news"),)))
    assert [keyword.word for keyword in narrowed(alice, Filters(search), now)] == found


def test_last_messages_are_those_of_the_keyword(alice, own, charlie):
    keyword = reserve_keyword(alice, own, "ROSE")
    thread = dialogue(alice)
    received(thread, "Something else")
    ours = received(thread, "Rose")
    Message.objects.filter(pk=ours.pk).update(keyword_id=keyword.pk)
    assert last_messages(alice, keyword) == [ours]
    assert last_messages(charlie, keyword) == []


def test_owners_and_editors_are_reminded_once(alice, shared, now):
    for role in (Role.OWNER, Role.EDITOR, Role.AGENT):
        add_member(alice, create_user(f"{role}@example.com", "a long password"), role)
    keyword = reserve_keyword(alice, shared, "GARDENER", ends_at=now + 10 * DAY)
    reserve_keyword(alice, shared, "TULIPAN", ends_at=now + 40 * DAY)
    for _ in range(2):
        remind_all(now)
    told = Notification.objects.all()
    assert {(notice.user.email, notice.kind) for notice in told} == {
        ("owner@example.com", "keyword.ending"),
        ("editor@example.com", "keyword.ending"),
    }
    assert {(notice.url, notice.values["word"]) for notice in told} == {(f"/keywords/{keyword.pk}/", "GARDENER")}


def test_reminding_everybody_is_one_query_where_nobody_is_due(alice, charlie, shared, now, django_assert_num_queries):
    for account, word in ((alice, "GARDENER"), (charlie, "TULIPAN")):
        reserve_keyword(account, shared, word, ends_at=now + 10 * DAY)
    remind_all(now)
    assert Keyword.objects.filter(reminded_at=now).count() == 2
    with django_assert_num_queries(1):
        remind_all(now)


def test_released_keywords_and_suspended_accounts_remind_nobody(alice, charlie, shared, now):
    reserve_keyword(alice, shared, "GARDENER", ends_at=now + 10 * DAY)
    released = reserve_keyword(charlie, shared, "TULIPAN", ends_at=now + 10 * DAY)
    Account.objects.filter(pk=alice.pk).update(is_suspended=True)
    Keyword.objects.filter(pk=released.pk).update(state=Keyword.State.QUARANTINE)
    remind_all(now)
    assert not Keyword.objects.exclude(reminded_at=None).exists()
    Account.objects.filter(pk=alice.pk).update(is_suspended=False)
    remind_all(now)
    assert Keyword.objects.get(word="GARDENER").reminded_at == now


def test_only_the_accounts_last_messages_are_looked_through(alice, own, monkeypatch):
    keyword = reserve_keyword(alice, own, "ROSE")
    made = [received(dialogue(alice, f"4860421837{last}"), "Rose") for last in range(5)]
    Message.objects.update(keyword_id=keyword.pk)
    monkeypatch.setattr("recado.apps.keywords.overview.LOOKED_THROUGH", 3)
    assert last_messages(alice, keyword) == made[:1:-1]
