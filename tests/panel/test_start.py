"""The first page: first steps that tick themselves, what needs attention, the day at a glance."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.services import receive
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.services import RuleContent, reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind
from recado.testing.receiving import receiving_directly

TICK = "c-checklist__item--done"


def start(client: Client) -> str:
    return client.get("/").content.decode()


def ticks(client: Client) -> int:
    return start(client).count(TICK)


def test_steps_tick_themselves_when_they_are_done(alice_client, account):
    assert ticks(alice_client) == 0
    own = number(account)
    assert ticks(alice_client) == 1
    keyword = reserve_keyword(account, own, "GARDENER")
    assert ticks(alice_client) == 2
    with receiving_directly():
        receive("48600000001", own.digits, "Gardener")
    assert ticks(alice_client) == 3
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "GARDENER", "new_group": "News"})
    assert ticks(alice_client) == 4
    alice_client.get(f"/keywords/{keyword.pk}/poster/")
    assert "All done." in start(alice_client)


def test_a_real_message_does_not_count_as_trying(alice_client, account):
    received(dialogue(account), "Gardener")
    assert ticks(alice_client) == 1


def test_the_next_step_stands_out(alice_client, account):
    number(account)
    assert re.findall(r'c-button--primary" href="([^"]+)"', start(alice_client)) == ["/keywords/new/"]


def test_the_list_is_put_away_and_brought_back(alice_client):
    page = alice_client.post("/start/checklist/", {"show": "no"}, follow=True).content.decode()
    assert "First steps" not in page
    assert "The first steps are put away." in page
    assert "Undo" in page
    assert "Show the checklist" in page
    alice_client.post("/start/checklist/", {"show": "yes"})
    assert "First steps" in start(alice_client)


def test_who_cannot_set_up_has_no_first_steps(vera_client):
    assert "First steps" not in start(vera_client)
    assert "checklist" not in start(vera_client)


@pytest.mark.parametrize(("role", "says"), [(Role.BILLING, "You see the company’s data."), (Role.API, "Your programs use the API.")])
def test_roles_without_messages_read_what_they_can_do(account, role, says):
    low = create_user("low@example.com", "a long password")
    add_member(account, low, role)
    received(dialogue(account, "48604218377"), "Secret")
    client = Client()
    client.force_login(low)
    assert says in start(client)
    assert "Secret" not in start(client)


def test_nothing_needs_attention_where_all_is_well(alice_client, account):
    sent(dialogue(account), "Hello", state="delivered")
    assert "Needs attention" not in start(alice_client)


def test_a_failing_address_says_what_it_answers_and_what_waits(alice_client, account):
    shop = Destination.objects.create(account=account, name="Shop", url="https://shop.example/in")
    message = received(dialogue(account), "Rose")
    job_of(account, shop, message, "done")
    failed = job_of(account, shop, message, "waiting")
    Attempt.objects.create(id=next_id(), job=failed, position=1, started_at=failed.created_at, duration_ms=9, response_status=500)
    page = start(alice_client)
    assert "shop.example has answered 500 since" in page
    assert "1 message waits. Next try" in page
    assert f"/messages/{message.pk}/" in page
    job_of(account, shop, message, "done")
    assert "Needs attention" not in start(alice_client)


def job_of(account: Account, destination: Destination, message, state: str) -> Job:
    now = timezone.now()
    return Job.objects.create(
        id=next_id(),
        account=account,
        kind=JobKind.FORWARD_URL,
        destination=destination,
        message_id=message.pk,
        state=state,
        attempt_count=1,
        created_at=now,
        next_attempt_at=now + timedelta(minutes=5),
    )


def test_ends_suspensions_and_lost_replies_are_told(alice_client, account):
    own = number(account)
    reserve_keyword(account, own, "GARDENER", ends_at=timezone.now() + timedelta(days=5))
    sent(dialogue(account), "Hello", state="undelivered")
    Number.objects.update(state="suspended")
    page = start(alice_client)
    for words in ("The keyword GARDENER ends", "The number 664 200 300 is suspended", "1 message of today was not delivered."):
        assert words in page
    assert Keyword.objects.get().reminded_at is not None


def figures(page: str) -> list[str]:
    return re.findall(r'c-figure__value u-num">([^<]*)<', page)


def test_the_figures_of_today(alice_client, account):
    received(dialogue(account, "48604218377"), "Rose")
    add_contact(account, "48604218377", {})
    dialogue(account, "48604218378", state="done")
    with receiving_directly():
        receive("48600000001", number(account).digits, "Gardener")
    assert figures(start(alice_client)) == ["1", "1", "1"]


def test_the_figures_of_others_are_theirs(alice_client, account, charlie_client):
    received(dialogue(account, "48604218377"), "Rose")
    add_contact(account, "48604218377", {})
    assert figures(start(charlie_client)) == ["0", "0", "0"]
    assert "Rose" not in start(charlie_client)


def test_the_page_takes_few_queries(alice_client, account, django_assert_max_num_queries):
    for last in range(20):
        received(dialogue(account, f"486042183{last}", "Hanna Kowalczyk"), "Rose")
    reserve_keyword(account, number(account), "ROSE", RuleContent((add_group(account, "Roses"),)))
    assert Dialogue.objects.count() == 20
    with django_assert_max_num_queries(28):
        alice_client.get("/")
