"""Canned replies: shared ones are the company's, own ones are one person's; deleting can be undone."""

import re

import pytest

from panel.conversations import dialogue
from recado.apps.accounts.models import User
from recado.apps.dialogues.canned_replies import Use, add_canned_reply, canned_replies_for, filled, ready_texts_for
from recado.apps.dialogues.models import CannedReply

PAGE = "/settings/canned-replies/"


@pytest.fixture
def bob_client(client, bob):
    client.force_login(bob)
    return client


def test_a_shared_reply_is_everybodys(alice_client, account, bob: User):
    alice_client.post(PAGE, {"name": "Godziny", "text": "Otwarte od 9 do 17.", "is_shared": "on"})
    assert [reply.name for reply in canned_replies_for(account, bob)] == ["Godziny"]


def test_an_agent_keeps_own_replies_that_nobody_else_sees(bob_client, account, alice: User, bob: User):
    bob_client.post(PAGE, {"name": "Moje", "text": "Hej!", "is_shared": "on"})
    assert [reply.owner for reply in canned_replies_for(account, bob)] == [bob]
    assert not canned_replies_for(account, alice)


@pytest.mark.parametrize("address", ["", "delete/"])
def test_an_agent_changes_no_shared_reply(bob_client, account, address):
    shared = add_canned_reply(account, "Godziny", "Otwarte.", None)
    assert bob_client.post(f"{PAGE}{shared.pk}/{address}", {"name": "X", "text": "Y"}).status_code == 403
    assert CannedReply.objects.get().text == "Otwarte."


def test_nobody_reaches_the_own_reply_of_another(alice_client, account, bob: User):
    own = add_canned_reply(account, "Moje", "Hej!", bob)
    assert alice_client.get(f"{PAGE}{own.pk}/").status_code == 404


def test_a_deleted_reply_comes_back_by_the_button_of_the_notice(alice_client, account, alice: User):
    reply = add_canned_reply(account, "Godziny & <b>święta</b>", 'Otwarte "od 9".', None)
    page = alice_client.post(f"{PAGE}{reply.pk}/delete/", follow=True).content.decode()
    assert not CannedReply.objects.exists()
    form = re.search(r'<form method="post" action="([^"]+)" class="c-undo".*?</form>', page, re.DOTALL)
    assert form is not None
    from html import unescape

    fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[0])}
    alice_client.post(form[1], fields)
    back = CannedReply.objects.get()
    assert (back.name, back.text, back.owner) == ("Godziny & <b>święta</b>", 'Otwarte "od 9".', None)


def test_a_reply_needs_name_and_text(alice_client):
    response = alice_client.post(PAGE, {"name": "", "text": ""})
    assert response.status_code == 422
    assert not CannedReply.objects.exists()


def test_texts_are_offered_where_they_are_for(alice_client, account, alice):
    for name, use in (("Adres", Use.DIALOGUE), ("Promocja", Use.CAMPAIGN), ("Godziny", Use.BOTH)):
        alice_client.post(PAGE, {"name": name, "text": "Tekst", "use": use.value, "is_shared": "on"})
    assert [each.name for each in ready_texts_for(account, alice, Use.DIALOGUE)] == ["Adres", "Godziny"]
    assert [each.name for each in ready_texts_for(account, alice, Use.CAMPAIGN)] == ["Godziny", "Promocja"]
    page = alice_client.get(f"/inbox/{dialogue(account).pk}/canned/", headers={"HX-Request-Type": "partial"}).content.decode()
    assert "Adres" in page
    assert "Promocja" not in page


def test_the_list_is_narrowed_by_use_and_owner(alice_client, account, alice):
    add_canned_reply(account, "Adres", "Rynek 1", None)
    add_canned_reply(account, "Promocja", "Taniej!", alice, Use.CAMPAIGN)
    for query, shown, hidden in (("use=campaign", "Taniej!", "Rynek 1"), ("whose=shared", "Rynek 1", "Taniej!")):
        page = alice_client.get(f"{PAGE}?{query}").content.decode()
        assert shown in page
        assert hidden not in page
    assert "No text fits these filters." in alice_client.get(f"{PAGE}?use=campaign&whose=shared").content.decode()


def test_a_place_that_nothing_fills_is_refused_in_conversations_only(alice_client):
    fields = {"name": "Kod", "text": "Kod: {kod}"}
    answer = alice_client.post(PAGE, {**fields, "use": Use.BOTH.value})
    assert answer.status_code == 422
    assert "Nothing is known for {kod}" in answer.content.decode()
    assert alice_client.post(PAGE, {**fields, "use": Use.CAMPAIGN.value}).status_code == 302


def test_a_preview_saves_nothing_and_shows_both_people(alice_client, account):
    page = alice_client.post(PAGE, {"name": "Hej", "text": "Hej {first_name}, zażółć!", "preview": "1"}).content.decode()
    assert "Hej Hanna, zażółć!" in page
    assert "Hej, zażółć!" in page
    assert not CannedReply.objects.exists()
    reply = add_canned_reply(account, "Hej", "Hej", None)
    page = alice_client.post(f"{PAGE}{reply.pk}/", {"name": "Hej", "text": "Witaj {name}", "preview": "1"}).content.decode()
    assert "Witaj Hanna Nowak" in page
    reply.refresh_from_db()
    assert reply.text == "Hej"


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("Dzień dobry {first_name}, tu {number}.", "Hanna Kowalczyk", "Dzień dobry Hanna, tu 48664200300."),
        ("Dzień dobry {first_name}, tu my.", "", "Dzień dobry, tu my."),
        ("{name}!", "Hanna Kowalczyk", "Hanna Kowalczyk!"),
        ("Bez  miejsc {inne}", "Hanna", "Bez  miejsc {inne}"),
        ("{last_name}", "{first_name} {number}", "{number}"),
    ],
)
def test_places_are_filled_in(account, text, name, written):
    assert filled(text, dialogue(account, name=name)) == written
