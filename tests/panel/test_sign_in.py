"""Signing in, signing out, and the two languages of the page that asks for it."""

import pytest
from django.core.cache import cache
from django.test import Client

from recado.apps.accounts.models import Account, User


def sign_in(client: Client, password: str):
    return client.post("/login/", {"login": "alice@example.com", "password": password})


def test_right_password_leads_to_the_first_page(client: Client, alice: User):
    response = sign_in(client, "a long password")
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_wrong_password_does_not_say_which_part_was_wrong(client: Client, alice: User):
    response = sign_in(client, "another password")
    assert response.status_code == 200
    assert "not correct" in response.content.decode()


def test_page_has_nothing_inline(client: Client, db: None):
    page = client.get("/login/").content.decode()
    assert "style=" not in page
    assert "<script>" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(("language", "words"), [("en", "Stay signed in"), ("pl", 'lang="pl"')])
def test_page_speaks_the_chosen_language(client: Client, db: None, language: str, words: str):
    client.post("/language/", {"language": language, "next": "/login/"})
    assert words in client.get("/login/").content.decode()


def test_language_switch_never_leads_to_another_site(client: Client, db: None):
    response = client.post("/language/", {"language": "pl", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"


def test_language_switch_is_remembered_with_the_login(alice_client: Client, alice: User):
    alice_client.post("/language/", {"language": "pl", "next": "/inbox/"})
    alice.refresh_from_db()
    assert alice.language == "pl"


def test_nobody_signs_up_alone(client: Client, db: None):
    assert "invited" in client.get("/signup/").content.decode()


def test_signing_in_leaves_no_notice_behind(client: Client, alice: User):
    sign_in(client, "a long password")
    assert "Alice" not in client.get("/contacts/").content.decode().partition("<main")[2]


def test_guessing_ends_after_a_few_attempts_even_with_the_right_password(client: Client, alice: User):
    cache.clear()
    for number in range(5):
        sign_in(client, f"guess {number}")
    response = sign_in(client, "a long password")
    assert response.status_code != 302
    assert "Too many" in response.content.decode()
    cache.clear()


def test_too_many_guesses_say_how_long_to_wait(client: Client, alice: User):
    cache.clear()
    for number in range(6):
        response = sign_in(client, f"guess {number}")
    assert "Wait five minutes" in response.content.decode()
    cache.clear()


def test_a_login_switched_off_is_told_so(client: Client, alice: User):
    alice.is_active = False
    alice.save()
    assert client.get(sign_in(client, "a long password").headers["Location"]).status_code == 200
    assert client.get("/inbox/").status_code == 302


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client, account: Account):
    page = {"Referer": "http://testserver/contacts/new/?from=inbox"}
    response = client.post("/contacts/new/", {"msisdn": "604218377"}, headers=page)
    assert response.headers["Location"] == "/login/?next=/contacts/new/%3Ffrom%3Dinbox"


def test_limits_count_the_address_the_server_was_called_from_and_none_the_caller_wrote(alice: User):
    cache.clear()
    for number in range(10):
        Client().post("/login/", {"login": f"u{number}@example.com", "password": "x"}, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    blocked = Client().post("/login/", {"login": "alice@example.com", "password": "a long password"})
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").post("/login/", {"login": "alice@example.com", "password": "a long password"})
    assert (blocked.status_code, elsewhere.status_code) == (200, 302)
    cache.clear()
