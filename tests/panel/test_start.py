"""The start page: first steps that complete themselves, what needs attention, and today in figures."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from panel.forwarding import delivery, place
from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.billing.models import Wallet
from recado.apps.billing.services import top_up
from recado.apps.billing.terms import set_own_limit
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.ids import next_id
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import note_poster, reserve_keyword
from recado.apps.notifications.models import Notification
from recado.apps.outbox.models import Destination, Job
from recado.store.parking import PARKED


def page(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def done(text: str) -> list[str]:
    return re.findall(r'c-firststep--done" data-check="(\w+)"', text)


def test_a_new_account_has_everything_to_do(alice_client):
    text = page(alice_client)
    assert done(text) == []
    assert re.findall(r'data-check="(\w+)"', text) == ["number", "keyword", "tried", "group", "poster"]


def test_each_step_completes_itself(alice_client, account):
    own = number(account)
    assert done(page(alice_client)) == ["number"]
    keyword = reserve_keyword(account, own, "Ogrodnik", RuleContent((), "Hej", ()))
    assert done(page(alice_client)) == ["number", "keyword"]
    dialogue(account, is_test=True, last_keyword_id=keyword.pk)
    assert done(page(alice_client)) == ["number", "keyword", "tried"]
    reserve_keyword(account, own, "Róże", RuleContent((add_group(account, "Róże"),), "", ()))
    note_poster(keyword)
    text = page(alice_client)
    assert done(text) == ["number", "keyword", "tried", "group", "poster"]
    assert "5 of 5 done" in text


def test_the_simulator_is_opened_with_the_keyword_typed(alice_client, account):
    keyword = reserve_keyword(account, number(account), "Róże & lilie")
    assert f'href="/simulator/?number={keyword.number_id}&amp;text=R%C3%B3%C5%BCe%20%26%20lilie"' in page(alice_client)


def test_first_steps_are_put_away_and_brought_back(alice_client):
    text = alice_client.post("/checklist/", follow=True).content.decode()
    assert "data-check" not in text
    assert "Undo" in text
    assert "data-check" in alice_client.post("/checklist/", {"show": "yes"}, follow=True).content.decode()


def test_where_nothing_is_wrong_nothing_is_said(alice_client, account):
    reserve_keyword(account, number(account), "Ogrodnik")
    assert "Needs attention" not in page(alice_client)


@pytest.mark.parametrize(("state", "words"), [("waiting", "2 messages wait"), ("dead", "2 were given up")])
def test_a_forward_that_fails_is_told_with_its_host(alice_client, account, state, words):
    shop = Destination.objects.create(account=account, name="Sklep", url="https://sklep.example/hook")
    now = timezone.now()
    for _ in range(2):
        Job.objects.create(
            id=next_id(), account=account, kind="forward_url", destination=shop, state=state, attempt_count=2,
            next_attempt_at=now + timedelta(minutes=5), created_at=now, last_error="answered HTTP 500",
        )  # fmt: skip
    text = page(alice_client)
    for shown in ("sklep.example has not taken messages since", "(answered HTTP 500)", words, f'href="/forwards/{shop.pk}/"'):
        assert shown in text
    alice_client.post("/language/", {"language": "pl"})
    assert "(odpowiedź HTTP 500)" in page(alice_client)


def test_a_paused_forward_is_told_without_a_next_try(alice_client, account):
    office = place(account, "email", "Biuro", paused_at=timezone.now())
    delivery(office, state="waiting", next_attempt_at=PARKED)
    text = page(alice_client)
    assert "Biuro is paused: what is forwarded there waits." in text
    assert "Next try" not in text


def test_keywords_that_end_soon_and_suspended_numbers_are_told(alice_client, account):
    own = number(account)
    keyword = reserve_keyword(account, own, "Ogrodnik")
    Keyword.objects.filter(pk=keyword.pk).update(ends_at=timezone.now() + timedelta(days=3))
    own.state = "suspended"
    own.save()
    text = page(alice_client)
    assert "The keyword Ogrodnik ends on" in text
    assert "The number 664 200 300 is suspended" in text


@pytest.mark.parametrize("url", ["/", "/keywords/"])
def test_looking_at_keywords_that_end_soon_tells_nobody(alice_client, account, url):
    keyword = reserve_keyword(account, number(account), "Ogrodnik", ends_at=timezone.now() + timedelta(days=3))
    assert keyword.word in alice_client.get(url).content.decode()
    keyword.refresh_from_db()
    assert keyword.reminded_at is None
    assert not Notification.objects.exists()


def test_answers_that_did_not_arrive_today_are_counted(alice_client, account):
    conversation = dialogue(account)
    sent(conversation, "Halo", state="undelivered")
    sent(conversation, "Halo", state="delivered", minutes=1)
    assert "1 message of today was not delivered" in page(alice_client)


def test_credit_that_is_used_up_is_told_once_to_everybody_until_there_is_some(alice_client, account, client):
    bob = create_user("bob@example.com", "a long password")
    add_member(account, bob, Role.AGENT)
    client.force_login(bob)
    set_own_limit(account, 0)
    Wallet.objects.update(refused_at=timezone.now())
    assert "Your credit is used up" in page(client)
    assert "Your credit limit is reached" not in page(client)
    assert "Your credit limit is reached" in page(alice_client)
    assert "Needs attention" not in page(alice_client)
    top_up(account, 100)
    assert "Your credit is used up" not in page(client)


def test_today_is_counted_without_tests(alice_client, account):
    received(dialogue(account, "48601000001"), "Dzień dobry")
    received(dialogue(account, "48601000002", is_test=True), "Próba")
    add_contact(account, "48601000003")
    figures = re.findall(r'<dd class="u-num">([^<]*)</dd>', page(alice_client))
    assert figures == ["1", "1", "1"]


def test_the_last_conversations_lead_into_the_inbox(alice_client, account):
    made = [received(dialogue(account, f"4860100000{index}"), f"Tekst {index}", minutes=index).dialogue_id for index in range(6)]
    text = page(alice_client)
    assert re.findall(r'class="c-last__row" href="/inbox/(\d+)/"', text) == [str(key) for key in reversed(made[1:])]


def test_another_accounts_day_is_not_shown(charlie_client, account):
    received(dialogue(account, name="Hanna Kowalczyk"), "Tajemnica")
    text = page(charlie_client)
    assert "Tajemnica" not in text
    assert "Hanna" not in text


@pytest.mark.parametrize("role", [Role.BILLING, Role.API])
def test_roles_without_messages_are_told_what_they_may_do(client, account: Account, role):
    user = create_user("jan@example.com", "a long password")
    add_member(account, user, role)
    received(dialogue(account, name="Hanna Kowalczyk"), "Tajemnica")
    client.force_login(user)
    text = page(client)
    assert "Tajemnica" not in text
    assert "/settings/" in text
