"""Where a rule forwards to: places of every kind are offered, one typed in is made or found."""

import pytest
from django.test import Client

from panel.conversations import number
from panel.forwarding import place
from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import Destination
from recado.panel.forms.rule import RuleForm

pytestmark = pytest.mark.django_db


def reserve(client: Client, account: Account, place: str, word: str = "ROSE", **given):
    return client.post("/keywords/new/", {"number": number(account).pk, "word": word, "new_url": place, **given})


@pytest.mark.parametrize(
    ("typed", "kind", "column", "value", "action"),
    [
        ("https://shop.example/?n=#NUMER#", "url", "url", "https://shop.example/?n=#NUMER#", "forward_to_url"),
        (" office@shop.example ", "email", "email", "office@shop.example", "forward_to_email"),
        ("604 218 377", "phone", "msisdn", "48604218377", "forward_to_phone"),
    ],
)
def test_a_place_typed_in_is_made_of_its_kind(alice_client: Client, account: Account, typed, kind, column, value, action):
    assert reserve(alice_client, account, typed).status_code == 302
    made = Destination.objects.get()
    assert (made.kind, getattr(made, column)) == (kind, value)
    assert RuleAction.objects.get().kind == action


def test_the_same_place_typed_again_is_not_made_twice(alice_client: Client, account: Account):
    for word in ("ROSE", "TULIP"):
        reserve(alice_client, account, "604218377", word)
    assert Destination.objects.count() == 1
    assert Keyword.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("office@", "Write an e-mail address such as"),
        ("664 200 300", "would come back"),
        ("shop", "an e-mail address, or a phone number"),
        ("https://shop.example:22/", "Write a full web address"),
    ],
)
def test_what_nothing_can_go_to_is_refused_in_words(alice_client: Client, account: Account, typed, words):
    page = reserve(alice_client, account, typed)
    assert page.status_code == 422
    assert words in page.text
    assert not Destination.objects.exists()


def test_every_kind_is_offered_with_its_word_and_a_phone_with_its_price(account: Account):
    for kind, name in (("webhook", "Sklep"), ("url", "Magazyn"), ("email", "Biuro"), ("phone", "Anna")):
        place(account, kind, name, is_enabled=kind != "email")
    form = RuleForm(account)
    offered = [label for _value, label in form.fields["destination"].choices]
    expected = [
        "Do not forward",
        "Anna (phone, 0,09\xa0zł a part)",
        "Biuro (E-mail, switched off)",
        "Magazyn (Web address)",
        "Sklep (Webhook)",
    ]
    assert offered == expected
    assert "each part of a message costs 0,09\xa0zł net" in form.fields["new_url"].help_text


def test_a_keywords_page_shows_its_places(alice_client: Client, account: Account):
    found = place(account, "email", "Biuro")
    keyword = reserve_keyword(account, number(account), "Rose")
    alice_client.post(f"/keywords/{keyword.pk}/", {"word": "Rose", "destination": found.pk})
    page = alice_client.get("/keywords/").text
    assert f'href="/forwards/{found.pk}/"' in page
