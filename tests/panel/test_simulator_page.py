"""The phone simulator: texts leave a phone that does not exist, and its screen shows what came of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.contacts.services import add_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Job, OutboundMessage
from recado.core.number import NumberKind
from recado.panel.forms.simulated import PHONES
from recado.panel.simulator_fragments import render
from recado.testing.receiving import receiving_directly

PHONE = PHONES[0]


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def keyword(account, shared):
    return reserve_keyword(account, shared, "GARDENER", RuleContent((add_group(account, "Garden news"),), "Thank you"))


@pytest.fixture
def gateway():
    with receiving_directly():
        yield


def send(client, number, text, **headers):
    return client.post("/simulator/", {"phone": PHONE, "number": number.pk, "text": text}, headers=headers)


def test_a_keyword_is_answered_on_the_phone_and_traced(alice_client, shared, keyword, gateway):
    response = send(alice_client, shared, "Gardener")
    assert response.url == f"/simulator/?phone={PHONE}&number={shared.pk}"
    OutboundMessage.objects.update(state="delivered")
    page = alice_client.get(response.url).content.decode()
    assert page.count("c-phone__bubble") == 2
    for words in ("Thank you", "Keyword <b>GARDENER</b> matched", "Added to group <b>Garden news</b>"):
        assert words in page


def test_with_scripts_only_the_phone_comes_back(alice_client, shared, keyword, gateway):
    page = send(alice_client, shared, "Gardener", **{"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "c-phone__bubble" in page


def test_nobodys_message_is_shown_to_its_sender_alone(alice_client, charlie_client, shared, keyword, gateway):
    send(alice_client, shared, "Something else")
    assert Message.objects.get().account is None
    assert "no keyword matched" in alice_client.get("/simulator/").content.decode()
    assert "Something else" not in charlie_client.get("/simulator/").content.decode()


def test_strangers_do_not_see_the_exchange(alice_client, charlie_client, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")
    page = charlie_client.get("/simulator/", {"phone": PHONE}).content.decode()
    assert "Thank you" not in page
    assert "Gardener" not in page


def test_nothing_is_sent_into_another_accounts_inbox(charlie_client, shared, keyword, gateway):
    response = send(charlie_client, shared, "gardener please")
    assert response.status_code == 422
    assert not Message.objects.exists()


def test_a_reply_to_another_account_is_not_sent_in_its_place(alice_client, charlie_client, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")  # answered: now alice's account is the only one that wrote to this phone
    response = send(charlie_client, shared, "I never wrote this")
    assert response.status_code == 422
    assert "talking with another account" in response.content.decode()
    assert not Message.objects.filter(text="I never wrote this").exists()
    assert send(alice_client, shared, "Thanks").status_code == 302
    assert Message.objects.get(text="Thanks").account == keyword.account


def test_foreign_numbers_real_phones_and_empty_texts_are_refused(alice_client, charlie, shared, gateway):
    foreign = add_number("48664200301", NumberKind.INDIVIDUAL_LONG, account=charlie.memberships.get().account)
    assert send(alice_client, foreign, "Hi").status_code == 422
    assert send(alice_client, shared, " ").status_code == 422
    real = {"phone": "48604218377", "number": shared.pk, "text": "Hi"}
    assert alice_client.post("/simulator/", real).status_code == 422
    assert not Message.objects.exists()


def test_without_a_gateway_it_says_what_to_do(alice_client, shared):
    response = send(alice_client, shared, "Gardener")
    assert response.status_code == 503
    assert "recado serve" in response.content.decode()


def test_viewers_may_look_and_not_send(vera_client, shared, keyword, gateway):
    assert vera_client.get("/simulator/").status_code == 200
    assert send(vera_client, shared, "Gardener").status_code == 403
    assert not Message.objects.exists()


def test_texts_are_shown_as_text(alice_client, shared, keyword, gateway):
    send(alice_client, shared, "<script>alert(1)</script>")
    page = alice_client.get("/simulator/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_reply_still_on_its_way_is_not_on_the_phone(alice_client, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")
    assert OutboundMessage.objects.get().state == "queued"
    assert alice_client.get("/simulator/screen/", {"phone": PHONE}).content.decode().count("c-phone__bubble") == 1


def test_a_notice_refreshes_open_simulators_and_real_phones_change_none(alice_client, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")
    dialogue = Dialogue.objects.get()
    assert f"/simulator/screen/?phone={PHONE}" in render(dialogue)
    dialogue.is_test = False
    assert not render(dialogue)


def test_the_screen_looks_again_while_a_forward_is_under_way(alice_client, account, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")
    now = timezone.now()
    job = Job.objects.create(
        id=1, account=account, kind="forward_url", message_id=Message.objects.get().pk, created_at=now, next_attempt_at=now
    )
    assert "load delay" in alice_client.get("/simulator/screen/", {"phone": PHONE}).content.decode()
    for change in ({"state": "done"}, {"state": "waiting", "created_at": now - timedelta(minutes=1)}):
        Job.objects.filter(pk=job.pk).update(**change)
        assert "load delay" not in alice_client.get("/simulator/screen/", {"phone": PHONE}).content.decode()


def test_resetting_asks_first_with_the_number_and_then_erases(alice_client, shared, keyword, gateway):
    send(alice_client, shared, "Gardener")
    page = alice_client.get("/simulator/reset/").content.decode()
    assert "Erase 2 test messages" in page
    assert Message.objects.exists()
    alice_client.post("/simulator/reset/")
    assert not Message.objects.exists()
    assert not Dialogue.objects.exists()


def test_where_nothing_was_tried_nothing_is_asked(alice_client, shared):
    page = alice_client.get("/simulator/reset/", follow=True).content.decode()
    assert "nothing was tried yet" in page


def test_the_phone_inside_a_page_answers_with_itself_alone(alice_client, shared, keyword, gateway):
    given = {"phone": PHONE, "number": shared.pk, "text": "Gardener", "is_embedded": "1"}
    page = alice_client.post("/simulator/", given, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "c-phone--small" in page
    assert "c-phone__bubble" in page
