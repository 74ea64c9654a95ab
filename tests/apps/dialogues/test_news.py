"""What gateway and delivery did is told to whom it concerns: once, and only while it is news."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, sent
from recado.apps.accounts.models import Account, Membership, Role, User
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.news import tell_given_up, tell_new, tell_undelivered
from recado.apps.ids import next_id
from recado.apps.notifications.models import Notification
from recado.apps.outbox.models import Destination, Job, Origin, OutboundMessage
from recado.panel.notification_words import sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


def member(account: Account, role: Role) -> User:
    user = create_user(f"{role}@example.com", None, name=role.title())
    add_member(account, user, role)
    return user


def answer(account: Account, by: User, **change: object) -> Dialogue:
    """Have an answer end as undelivered."""
    in_dialogue = dialogue(account)
    message = sent(in_dialogue, "Jesteśmy od 9")
    ended = {"state": "undelivered", "reason": "wrong_number", "finished_at": timezone.now(), "origin": Origin.AGENT, "author": by}
    OutboundMessage.objects.filter(pk=message.pk).update(**(ended | change))
    return in_dialogue


def told() -> list[tuple[str, str, str]]:
    return [(str(each.user), sentence(each), each.url) for each in Notification.objects.order_by("user__email", "id")]


def test_who_wrote_an_answer_is_told_once_that_it_was_not_delivered(account):
    found = answer(account, member(account, Role.AGENT))
    for _ in range(2):
        tell_undelivered([found.pk], timezone.now())
    name = str(found.contact) if found.contact else "+48 604 218 377"
    assert told() == [("Agent", f"Your message to {name} was not delivered: the number does not exist.", f"/inbox/{found.pk}/")]


NO_NEWS = [{"state": "delivered"}, {"origin": Origin.RULE}, {"author": None}, {"finished_at": timezone.now() - timedelta(hours=1)}]


@pytest.mark.parametrize("change", NO_NEWS)
def test_nobody_is_told_of_what_was_delivered_written_by_nobody_or_long_ago(account, change):
    found = answer(account, member(account, Role.AGENT), **change)
    tell_undelivered([found.pk], timezone.now())
    assert told() == []


def given_up(destination: Destination) -> Job:
    now = timezone.now()
    times = {"next_attempt_at": now, "created_at": now, "finished_at": now}
    fields = {"id": next_id(), "account": destination.account, "kind": "forward_url", "state": "dead", "message_id": 7}
    return Job.objects.create(destination=destination, last_error="HTTP 500", **fields, **times)


def test_those_who_configure_are_told_once_an_hour_which_destination_gives_errors(account):
    for role in Role:
        member(account, role)
    shop = Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")
    other = Destination.objects.create(account=account, name="stock", url="https://stock.example/hook")
    given_up(other)
    tell_given_up([account.pk], timezone.now())
    for _ in range(2):
        given_up(shop)
    tell_given_up([account.pk], timezone.now())
    words = {"Forwarding to shop was given up: HTTP 500", "Forwarding to stock was given up: HTTP 500"}
    assert sorted(told()) == sorted((who, said, "/messages/7/") for who in ("Admin", "Editor", "Owner") for said in words)


def test_the_next_hour_brings_the_next_word_about_a_destination(account):
    member(account, Role.OWNER)
    shop = Destination.objects.create(account=account, name="shop", url="https://shop.example/hook")
    now = timezone.now()
    for later in (timedelta(0), timedelta(hours=1)):
        Job.objects.filter(pk=given_up(shop).pk).update(finished_at=now + later)
        tell_given_up([account.pk], now + later)
    assert len(told()) == 2


def test_another_accounts_forwards_are_not_told(account):
    member(account, Role.OWNER)
    given_up(Destination.objects.create(account=create_account("Klinika Zdrowie"), name="shop", url="https://shop.example/hook"))
    tell_given_up([account.pk], timezone.now())
    assert told() == []


def test_that_somebody_new_writes_is_told_to_those_who_answer_and_asked_for_it(account):
    for role in Role:
        member(account, role)
    found = dialogue(account)
    Dialogue.objects.filter(pk=found.pk).update(is_test=False)
    tell_new([found.pk], timezone.now())
    assert told() == []
    Membership.objects.update(muted_notices=[])
    for _ in range(2):
        tell_new([found.pk], timezone.now())
    assert [who for who, _said, _url in told()] == ["Admin", "Agent", "Editor", "Owner"]


def test_a_conversation_that_began_long_ago_is_nobody_new(account):
    member(account, Role.OWNER)
    Membership.objects.update(muted_notices=[])
    tell_new([dialogue(account).pk], timezone.now() + timedelta(hours=1))
    assert told() == []
