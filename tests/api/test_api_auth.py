"""Who may call: tokens, passwords, and everything that speaks against it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from recado.api.compat import auth
from recado.api.compat.guessing import AT_MOST, WITHIN, Guesses
from recado.apps.accounts.services import add_member, create_user, issue_token, set_api_password


def ask(headers=None, *, client=None, **params):
    client = client or Client()
    response = client.post("/api2/groups/index.json", json.dumps(params), content_type="application/json", headers=headers or {})
    assert response.status_code == 200
    return response.json().get("error", {}).get("code")


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_token_or_user_name_and_password_open_the_account(api_user, token):
    assert len(token) == 32
    assert ask(bearer(token)) is None
    assert ask({"Authorization": f"bearer  {token} "}) is None
    assert ask(username="demo", password="demo") is None


def test_credentials_in_a_form_are_the_same(api_user):
    response = Client().post("/api2/groups/index", {"username": "demo", "password": "demo"})
    assert "items" in response.json()


@pytest.mark.parametrize(
    "given",
    [{}, {"username": "demo"}, {"password": "demo"}, {"username": "demo", "password": "Demo"}, {"username": "nobody", "password": "demo"}],
)
def test_missing_or_wrong_credentials_are_1001(api_user, given):
    assert ask(**given) == 1001


@pytest.mark.parametrize("given", ["0" * 32, "", "Bearer", "żółw"])
def test_a_bad_token_is_invalid_even_beside_a_right_password(api_user, given):
    headers = {"Authorization": f"Bearer {given}".encode().decode("latin-1")}
    assert ask(headers, username="demo", password="demo") == 1012


def test_a_token_wins_over_a_wrong_password(token):
    assert ask(bearer(token), username="demo", password="wrong") is None


def test_an_expired_token_is_1011(api_user):
    assert ask(bearer(issue_token(api_user, expires_at=timezone.now() - timedelta(seconds=1)))) == 1011
    assert ask(bearer(issue_token(api_user, expires_at=timezone.now() + timedelta(hours=1)))) is None


def test_a_new_token_ends_the_old_one(api_user, token):
    assert ask(bearer(issue_token(api_user))) is None
    assert ask(bearer(token)) == 1012


def test_a_login_switched_off_is_1002(api_user, token):
    api_user.is_active = False
    api_user.save()
    assert ask(bearer(token)) == 1002
    assert ask(username="demo", password="demo") == 1002


def test_a_suspended_account_is_1007(account, token):
    account.is_suspended = True
    account.save()
    assert ask(bearer(token)) == 1007


def test_an_address_outside_the_allowed_networks_is_1003(api_user, token):
    api_user.allowed_networks = "10.0.0.0/8\n192.0.2.7\n2001:db8::/32\n"
    api_user.save()
    for address in ("10.1.2.3", "192.0.2.7", "2001:db8::1", "::ffff:10.9.9.9"):
        assert ask(bearer(token), client=Client(REMOTE_ADDR=address)) is None
    for address in ("192.0.2.8", "127.0.0.1", "::1", ""):
        assert ask(bearer(token), client=Client(REMOTE_ADDR=address)) == 1003


def test_a_person_is_no_program(account):
    add_member(account, create_user("alice@example.com", "long password"), "owner")
    assert ask(username="alice@example.com", password="long password") == 1001


def test_a_right_password_is_hashed_once_and_a_changed_one_at_once(api_user, monkeypatch):
    checks = []
    slow = auth.check_password
    monkeypatch.setattr(auth, "check_password", lambda *given: checks.append(given) or slow(*given))
    assert [ask(username="demo", password="demo") for _ in range(3)] == [None] * 3
    assert len(checks) == 1
    set_api_password(api_user, "other")
    assert ask(username="demo", password="demo") == 1001
    assert ask(username="demo", password="other") is None


def test_a_remembered_password_is_forgotten_after_a_while(api_user):
    remembered = auth.VerifiedPasswords()
    now = timezone.now()
    assert remembered.check(api_user, "demo", now)
    api_user_elsewhere = type(api_user)(pk=api_user.pk, password=api_user.password)
    assert remembered.check(api_user_elsewhere, "demo", now + timedelta(minutes=4))
    assert not remembered.check(api_user, "wrong", now)
    remembered._until = dict.fromkeys(remembered._until, now)
    assert remembered.check(api_user, "demo", now + timedelta(minutes=6))


def test_who_guesses_on_is_turned_away_before_anything_is_hashed(api_user, monkeypatch):
    hashed = []
    monkeypatch.setattr(auth, "check_password", lambda *given: hashed.append(given))
    guesser = Client(REMOTE_ADDR="192.0.2.1")
    codes = [ask(client=guesser, username="demo", password=f"guess {n}") for n in range(AT_MOST + 3)]
    assert codes == [1001] * AT_MOST + [1009] * 3
    assert ask(client=guesser, username="nobody", password="guess") == 1009
    assert len(hashed) == AT_MOST


def test_guesses_lock_out_neither_other_addresses_nor_who_is_known_nor_tokens(api_user, token):
    now, guesser = timezone.now(), Client(REMOTE_ADDR="192.0.2.1")
    assert ask(client=guesser, username="demo", password="demo") is None
    for _ in range(AT_MOST):
        auth.guesses.note("192.0.2.1", now)
    assert ask(client=guesser, username="demo", password="wrong") == 1009
    assert ask(client=guesser, username="demo", password="demo") is None
    assert ask(bearer(token), client=guesser) is None
    assert ask(client=Client(REMOTE_ADDR="192.0.2.2"), username="demo", password="wrong") == 1001


@pytest.mark.parametrize(
    ("other", "is_same"),
    [("2001:db8::2", True), ("2001:db8:0:1::1", False), ("192.0.2.1", False), ("nonsense", False)],
)
def test_guesses_count_for_the_network_of_an_address_and_for_a_minute(other, is_same):
    guesses, now = Guesses(), timezone.now()
    for _ in range(AT_MOST):
        guesses.note("2001:db8::1", now)
    assert guesses.is_too_many(other, now) is is_same
    assert not guesses.is_too_many("2001:db8::1", now + WITHIN)
    guesses.note("2001:db8::1", now + WITHIN)
    assert not guesses.is_too_many("2001:db8::1", now + WITHIN)
