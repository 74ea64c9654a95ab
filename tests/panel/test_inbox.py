"""The inbox without a browser's scripts: list, thread, answering, reading, done; and what strangers get."""

import pytest
from django.test import Client
from django.utils import timezone

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account, Role, User
from recado.apps.billing.terms import set_own_limit
from recado.apps.contacts.services import add_contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.services import assign
from recado.apps.notifications.models import Notification
from recado.apps.outbox.models import Job, Origin, OutboundMessage
from recado.core.number import NumberKind
from recado.panel.everywhere.finding import Hit, found
from recado.panel.fragments import render
from recado.panel.notification_words import sentence

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_first_run_teaches_the_simulator(alice_client: Client):
    assert "Nothing has arrived yet" in page(alice_client, "/inbox/")


def test_list_shows_newest_first_with_keyword_number_and_unread_badge(alice_client: Client, account: Account):
    received(dialogue(account, "48604218377", "Hanna Kowalczyk"), "Dzień dobry", minutes=1)
    received(dialogue(account, "48660917411"), "RÓŻE", minutes=2)
    text = page(alice_client, "/inbox/")
    assert text.index("+48 660 917 411") < text.index("Hanna Kowalczyk")
    assert "NDI 664 200 300" in text
    assert "c-row--unread" in text


def test_list_is_one_query_however_long(alice_client: Client, account: Account, django_assert_max_num_queries):
    for index in range(30):
        received(dialogue(account, f"486600000{index:02}", "Jan Nowak"), "Halo", minutes=index)
    with django_assert_max_num_queries(13):  # session, user, membership, credit, price, list, labels, unread, filters, bell, others
        page(alice_client, "/inbox/")


def test_another_accounts_conversations_are_not_listed(charlie_client: Client, account: Account):
    received(dialogue(account, name="Hanna Kowalczyk"), "Tajemnica")
    assert "Tajemnica" not in page(charlie_client, "/inbox/?tab=all")


@pytest.mark.parametrize("words", ["kowal", "218 377", "dzień", "Hanna Kow"])
def test_search_finds_by_name_number_and_text(alice_client: Client, account: Account, words: str):
    received(dialogue(account, "48604218377", "Hanna Kowalczyk"), "Dzień dobry")
    received(dialogue(account, "48660917411", "Jan Nowak"), "Inne")
    text = page(alice_client, f"/inbox/?part=list&q={words}")
    assert "Hanna Kowalczyk" in text
    assert "Jan Nowak" not in text


def test_search_without_a_match_says_so_and_offers_to_clear_it(alice_client: Client, account: Account):
    received(dialogue(account), "Halo")
    text = page(alice_client, "/inbox/?q=<b>nobody</b>")
    assert "No conversation matches" in text
    assert "<b>nobody</b>" not in text
    assert "Clear the search" in text


def test_next_page_continues_where_the_first_ended(alice_client: Client, account: Account):
    for index in range(60):
        received(dialogue(account, f"486600000{index:02}"), "Halo", minutes=index)
    first = page(alice_client, "/inbox/")
    assert "+48 660 000 010" in first
    assert "+48 660 000 009" not in first
    last = Dialogue.objects.get(msisdn="48660000010")
    rest = page(alice_client, f"/inbox/?part=rows&before={last.pk}")
    assert "+48 660 000 009" in rest
    assert "+48 660 000 010" not in rest


def test_done_conversations_leave_the_open_tab(alice_client: Client, account: Account):
    received(dialogue(account, name="Hanna Kowalczyk", state="done"), "Halo")
    assert "Hanna" not in page(alice_client, "/inbox/")
    assert "Hanna" in page(alice_client, "/inbox/?tab=all")


def test_thread_shows_both_directions_in_order_with_what_the_rules_did(alice_client: Client, account: Account):
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Ogrodnik")
    sent(conversation, "Dziękujemy!", minutes=1, origin=Origin.RULE, state="delivered")
    sent(conversation, "Słucham?", minutes=2, state="undelivered", reason="message_expired")
    text = page(alice_client, f"/inbox/{conversation.pk}/")
    thread = text[text.index('role="log"') :]
    assert thread.index("Ogrodnik") < thread.index("Dziękujemy!") < thread.index("Słucham?")
    assert "added to group <b>Newsletter ogrodniczy</b>" in thread
    assert "Auto-reply" in thread
    assert "Delivered" in thread
    assert "Not delivered — the phone was switched off too long" in thread


def test_days_are_separated_in_the_accounts_zone(alice_client: Client, account: Account):
    conversation = dialogue(account)
    received(conversation, "Before midnight", minutes=11 * 60 + 50)  # 22:50 UTC, 23:50 in Warsaw
    received(conversation, "After midnight", minutes=12 * 60 + 10)  # 23:10 UTC, 00:10 in Warsaw
    text = page(alice_client, f"/inbox/{conversation.pk}/")
    assert text.count('class="c-day"') == 2


def test_message_text_is_never_markup(alice_client: Client, account: Account):
    conversation = dialogue(account)
    received(conversation, '<img src=x onerror=alert(1)><b hx-get="/x/">hi</b>')
    text = page(alice_client, f"/inbox/{conversation.pk}/")
    assert "<img" not in text
    assert "<b hx-get" not in text


def test_opening_marks_as_read_and_says_so_in_the_list(alice_client: Client, account: Account):
    conversation = dialogue(account)
    received(conversation, "Halo")
    text = page(alice_client, f"/inbox/{conversation.pk}/", **PARTIAL)
    assert f'<hx-partial hx-target="#c-{conversation.pk}"' in text
    assert "c-row--unread" not in text
    conversation.refresh_from_db()
    assert conversation.unread_count == 0


def test_a_viewer_reads_without_marking_and_cannot_answer(vera_client: Client, account: Account):
    conversation = dialogue(account)
    received(conversation, "Halo")
    assert "Your role lets you read" in page(vera_client, f"/inbox/{conversation.pk}/")
    conversation.refresh_from_db()
    assert conversation.unread_count == 1
    assert vera_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Halo", "key": "1"}).status_code == 403


def test_long_threads_come_in_pages(alice_client: Client, account: Account):
    conversation = dialogue(account)
    messages = [received(conversation, f"Text {index}.", minutes=index) for index in range(60)]
    text = page(alice_client, f"/inbox/{conversation.pk}/")
    assert "Text 10." in text
    assert "Text 9." not in text
    earlier = page(alice_client, f"/inbox/{conversation.pk}/?part=messages&before={messages[10].pk}")
    assert "Text 9." in earlier
    assert "Text 10." not in earlier


def test_partial_request_gets_the_thread_alone(alice_client: Client, account: Account):
    conversation = dialogue(account)
    received(conversation, "Halo")
    text = page(alice_client, f"/inbox/{conversation.pk}/", **PARTIAL)
    assert "<html" not in text
    assert "c-composer" in text


def test_answer_without_scripts_sends_and_returns_to_the_thread(alice_client: Client, alice: User, account: Account):
    conversation = dialogue(account, is_test=True)
    received(conversation, "Halo")
    response = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": " Dzień dobry! ", "key": "k1"})
    assert response.headers["Location"] == f"/inbox/{conversation.pk}/"
    message = OutboundMessage.objects.get()
    assert (message.text, message.author, message.origin, message.is_test) == ("Dzień dobry!", alice, "agent", True)
    assert Job.objects.get().outbound_message == message
    conversation.refresh_from_db()
    assert (conversation.last_text, conversation.last_is_inbound, conversation.unread_count) == ("Dzień dobry!", False, 0)


def test_the_same_form_sent_twice_counts_once(alice_client: Client, account: Account):
    conversation = dialogue(account)
    for _ in range(2):
        alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Halo", "key": "k1"})
    assert OutboundMessage.objects.count() == 1
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("text", "words"), [("   ", "Write something first"), ("x" * 1531, "too long")])
def test_refused_answer_keeps_the_text_and_says_why(alice_client: Client, account: Account, text: str, words: str):
    conversation = dialogue(account)
    response = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": text, "key": "k1"})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert f">{text}</textarea>" in response.content.decode()
    partial = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": text, "key": "k1"}, headers=PARTIAL)
    assert words in partial.content.decode()
    assert not OutboundMessage.objects.exists()


def test_an_answer_that_the_credit_does_not_reach_for_says_what_is_missing_and_keeps_the_text(alice_client: Client, account: Account):
    set_own_limit(account, 5)
    conversation = dialogue(account)
    response = alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Halo", "key": "k1"})
    assert response.status_code == 422
    assert "0,04\xa0zł are missing" in response.content.decode()
    assert ">Halo</textarea>" in response.content.decode()
    assert not OutboundMessage.objects.exists()


def test_a_name_cannot_be_answered(alice_client: Client, account: Account):
    conversation = dialogue(account, "MBank")
    assert "not a phone" in page(alice_client, f"/inbox/{conversation.pk}/")
    assert alice_client.post(f"/inbox/{conversation.pk}/send/", {"text": "Halo", "key": "k1"}).status_code == 422


def test_shared_number_is_explained(alice_client: Client, account: Account):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    conversation = dialogue(account, number=shared)
    text = page(alice_client, f"/inbox/{conversation.pk}/")
    assert "This number is shared" in text
    assert "ND 503 340 503" in text


def test_done_and_open_again(alice_client: Client, account: Account):
    conversation = dialogue(account)
    address = f"/inbox/{conversation.pk}/state/"
    alice_client.post(address, {"state": "done"})
    conversation.refresh_from_db()
    assert conversation.state == "done"
    partial = alice_client.post(address, {"state": "open"}, headers=PARTIAL).content.decode()
    conversation.refresh_from_db()
    assert conversation.state == "open"
    assert f'hx-target="#state-{conversation.pk}"' in partial


@pytest.mark.parametrize("what", ["", "send/", "read/", "state/"])
def test_strangers_get_nothing(charlie_client: Client, client: Client, account: Account, what: str):
    conversation = dialogue(account)
    address = f"/inbox/{conversation.pk}/{what}"
    ask = "post" if what else "get"
    data = {"text": "Halo", "key": "1", "state": "done"} if what else {}
    assert getattr(charlie_client, ask)(address, data).status_code == 404
    assert getattr(client, ask)(address, data).headers["Location"].startswith("/login/")
    conversation.refresh_from_db()
    assert conversation.state == "open"
    assert not OutboundMessage.objects.exists()


def test_a_member_of_nothing_gets_nothing(client: Client, db: None):
    from recado.apps.accounts.services import create_user

    client.force_login(create_user("nobody@example.com", "a long password"))
    assert client.get("/inbox/").status_code == 404


def test_a_piece_asked_for_after_the_session_ended_is_never_the_sign_in_page(client: Client, account: Account):
    conversation = dialogue(account)
    page = {**PARTIAL, "HX-Current-URL": f"http://testserver/inbox/{conversation.pk}/?tab=all"}
    response = client.get(f"/inbox/{conversation.pk}/", headers=page)
    back = f"/login/?next=/inbox/{conversation.pk}/%3Ftab%3Dall"
    assert (response.status_code, response.headers["HX-Redirect"], response.content) == (401, back, b"")
    posted = client.post(f"/inbox/{conversation.pk}/send/", {"text": "Halo", "key": "1"}, headers=PARTIAL)
    assert posted.status_code == 401
    assert "HX-Redirect" not in posted.headers  # the text stays where it was written


def test_who_has_no_name_is_a_readable_number_everywhere(alice_client: Client, alice: User, bob: User, account: Account):
    conversation = dialogue(account)
    conversation.contact = add_contact(account, conversation.msisdn, {})
    conversation.save()
    received(conversation, "Halo")
    assert "<title>+48 604 218 377 · Inbox" in page(alice_client, f"/inbox/{conversation.pk}/")
    assert "New message from +48 604 218 377" in render("message", account.pk, conversation.pk, alice, "en")
    assert {hit.label for hit in found_hits(account, "604 218")} == {"+48 604 218 377"}
    assign(conversation, bob, alice, "/inbox/")
    assert "the conversation with +48 604 218 377 to you" in sentence(Notification.objects.get(user=bob))


def found_hits(account: Account, words: str) -> list[Hit]:
    return [hit for finding in found(account, User(), Role.OWNER, words, timezone.now()) for hit in finding.hits]


def test_a_message_perhaps_sent_can_be_written_again_knowingly(alice_client: Client, account: Account):
    talk = dialogue(account, "48604218377", "Hanna Kowalczyk")
    received(talk, "Czy mają państwo róże?")
    perhaps = sent(talk, "Tak, od rana")
    assert "Send again" not in page(alice_client, f"/inbox/{talk.pk}/")
    OutboundMessage.objects.filter(pk=perhaps.pk).update(state="uncertain")
    assert f"/inbox/{talk.pk}/?again={perhaps.pk}#text" in page(alice_client, f"/inbox/{talk.pk}/")
    assert ">Tak, od rana</textarea>" in page(alice_client, f"/inbox/{talk.pk}/?again={perhaps.pk}")


def test_only_a_message_of_the_conversation_is_written_again(alice_client: Client, account: Account, charlie: User):
    talk, other = dialogue(account, "48604218377"), dialogue(account, "48660917411")
    received(talk, "Halo")
    elsewhere = sent(other, "Coś innego")
    assert "Coś innego</textarea>" not in page(alice_client, f"/inbox/{talk.pk}/?again={elsewhere.pk}")
    OutboundMessage.objects.filter(pk=elsewhere.pk).update(account=charlie.memberships.get().account, dialogue_id=talk.pk)
    assert alice_client.get(f"/inbox/{talk.pk}/?again={elsewhere.pk}").status_code == 404
