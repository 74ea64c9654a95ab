"""Nobody's messages: gathered, given to a customer, turned into a keyword, set aside; never guessed, never lost."""

import pytest
from django.db import connection
from django.test import Client

from panel.conversations import NOON, dialogue, number
from panel.nobodys import SHARED, unmatched
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.accounts.services import create_account
from recado.apps.audit.models import AuditEntry
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.unmatched import alike, assign, gathered, suggestions, waiting_count
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword

PAGE = "/operator/unmatched/"


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.SUPPORT))
    return client


@pytest.fixture
def gardener(account) -> Keyword:
    from recado.core.number import NumberKind

    group = add_group(account, "Ogród")
    return reserve_keyword(account, number(None, SHARED, NumberKind.SHARED_LONG), "Gardener", RuleContent((group,), "Thanks!", ()))


def test_texts_that_say_the_same_are_one_line_the_most_frequent_first(db):
    for index, text in enumerate(["Rose", "Gardner", "gardner", "GARDNER ", "Róse"]):
        unmatched(text, f"4860100000{index % 3}", minutes=index)
    assert [(group.text, group.count, group.phones) for group in gathered()] == [("GARDNER ", 3, 3), ("Róse", 2, 2)]


def test_messages_of_customers_tests_and_what_was_set_aside_do_not_wait(account):
    unmatched("A", is_test=True)
    unmatched("B", is_discarded=True)
    unmatched("C", account=account)
    assert (waiting_count(), gathered()) == (0, [])


def test_keywords_within_two_letters_are_suggested_nearest_first(account, gardener):
    reserve_keyword(account, gardener.number, "Garden")
    near = suggestions(unmatched("Gardner"))
    assert [(one.keyword.word, one.slips) for one in near] == [("Gardener", 1), ("Garden", 2)]
    assert suggestions(unmatched("Hello there")) == []


def test_a_message_given_to_a_customer_is_in_its_inbox_unread_and_says_why(olga, account, alice, gardener):
    contact = add_contact(account, "48601000001", {"first_name": "Hanna"})
    message = unmatched("Gardner")
    olga.post(f"{PAGE}{message.pk}/assign/", {"account": account.pk, "which": "all"})
    dialogue = Dialogue.objects.get(account=account)
    assert (dialogue.msisdn, dialogue.contact, dialogue.unread_count, dialogue.last_text) == ("48601000001", contact, 1, "Gardner")
    client = Client()
    client.force_login(alice)
    assert "by the operator" in client.get(f"/messages/{message.pk}/").content.decode()
    assert contact.groups.count() == 0


def test_only_the_newest_can_be_given(olga, account, gardener):
    first, newest = unmatched("Gardner"), unmatched("gardner", minutes=1)
    olga.post(f"{PAGE}{newest.pk}/assign/", {"account": account.pk, "which": "one"})
    assert Message.objects.get(account=account) == newest
    assert alike(first) == [first]


def test_an_older_message_does_not_become_the_last_of_a_conversation(account, gardener):
    assign([unmatched("Newer", minutes=9)], account)
    assign([unmatched("Older", minutes=1)], account)
    dialogue = Dialogue.objects.get(account=account)
    assert (dialogue.last_text, dialogue.unread_count, dialogue.message_count) == ("Newer", 2, 2)
    assert dialogue.last_message_at > NOON


def test_a_message_is_given_once(account, gardener):
    message = unmatched("Gardner")
    assert (assign([message], account), assign([message], account)) == (1, 0)
    assert Dialogue.objects.get(account=account).message_count == 1


def test_whoever_is_slower_gets_no_conversation_with_the_sender(account, gardener):
    message = unmatched("Gardner")
    assign([message], account)
    slower = create_account("Klinika Zdrowie")
    assert assign([message], slower) == 0
    assert not Dialogue.objects.filter(account=slower).exists()
    assert Message.objects.get().account == account


def test_a_message_given_to_a_customer_brings_back_what_was_snoozed_or_only_tried(account, gardener):
    message = unmatched("Gardner")
    dialogue(account, message.sender, number=gardener.number, snoozed_until=NOON, is_test=True, state=Dialogue.State.DONE)
    assign([message], account)
    found = Dialogue.objects.get()
    assert (found.snoozed_until, found.is_test, found.state) == (None, False, "open")


@pytest.mark.django_db(transaction=True)
def test_each_message_is_given_in_a_transaction_of_its_own(olga, account, gardener, monkeypatch):
    around = []
    monkeypatch.setattr("recado.panel.operator.unmatched.assign", lambda *_given: around.append(connection.in_atomic_block) or 2)
    olga.post(f"{PAGE}{unmatched('Gardner').pk}/assign/", {"account": account.pk, "which": "all"})
    assert around == [False]
    assert AuditEntry.objects.get(action="unmatched.assigned").after == {"count": 2}


def test_what_was_typed_becomes_another_keyword_that_does_the_same(olga, account, gardener):
    message = unmatched("Gardner")
    page = olga.post(f"{PAGE}{message.pk}/keyword/", {"keyword": gardener.pk}, follow=True).content.decode()
    assert "Gardner belongs to Kwiaciarnia Róża from now on" in page
    assert [synonym.word for synonym in synonyms_of(gardener)] == ["Gardner"]
    assert AuditEntry.objects.get(action="keyword.synonym_added").account == account


def test_a_word_nobody_may_take_is_refused_with_the_reason(olga, gardener):
    stop = unmatched("Stop")
    page = olga.post(f"{PAGE}{stop.pk}/keyword/", {"keyword": gardener.pk}, follow=True).content.decode()
    assert "Nobody can reserve this word" in page
    assert Keyword.objects.count() == 1


def test_what_is_set_aside_is_kept_and_asked_about_no_more(olga):
    unmatched("Hej")
    newest = unmatched("hej", minutes=1)
    assert "2 messages are set aside" in olga.post(f"{PAGE}{newest.pk}/discard/", follow=True).content.decode()
    assert (Message.objects.filter(is_discarded=True).count(), waiting_count()) == (2, 0)


@pytest.mark.parametrize("way", ["assign", "discard"])
def test_the_activity_log_names_the_message_and_not_what_it_says(olga, account, gardener, way):
    message = unmatched("Hanna Lis, Polna 3")
    olga.post(f"{PAGE}{message.pk}/{way}/", {"account": account.pk})
    entry = AuditEntry.objects.get(action__startswith="unmatched.")
    assert (entry.object_name, entry.object_id) == (str(message.pk), message.pk)


def test_an_empty_list_says_what_will_be_here(olga):
    assert "Nothing waits" in olga.get(PAGE).content.decode()


def test_a_customer_that_is_not_there_is_not_found(olga):
    assert olga.post(f"{PAGE}{unmatched('A').pk}/assign/", {"account": "999999"}).status_code == 404


@pytest.mark.parametrize("way", ["assign", "keyword"])
@pytest.mark.parametrize("given", ["", "x"])
def test_a_press_without_a_choice_says_what_to_choose(olga, way, given):
    page = olga.post(f"{PAGE}{unmatched('A').pk}/{way}/", {"account": given, "keyword": given}, follow=True).content.decode()
    assert "Nothing was done yet" in page
    assert waiting_count() == 1
