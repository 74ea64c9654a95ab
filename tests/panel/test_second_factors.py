"""An authenticator app and recovery codes: setting up, signing in with them, taking them away."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from panel.passkeys import stored_passkey
from panel.signing_in import code_now, codes_shown, confirm, set_up_app, sign_in
from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_change_asks_first_who_one_is(alice_client: Client):
    response = alice_client.get("/settings/security/app/")
    assert response.headers["Location"] == "/login/again/?next=%2Fsettings%2Fsecurity%2Fapp%2F"
    wrong = alice_client.post("/login/again/", {"password": "a guess", "next": "/settings/security/app/"})
    assert "This password is not correct." in wrong.content.decode()
    assert confirm(alice_client, "/settings/security/app/").headers["Location"] == "/settings/security/app/"
    assert "data:image/svg+xml;base64," in alice_client.get("/settings/security/app/").content.decode()


def test_a_wrong_code_sets_nothing_up(alice_client: Client, alice: User):
    confirm(alice_client)
    alice_client.get("/settings/security/app/")
    assert "This code is not correct." in alice_client.post("/settings/security/app/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_signing_in_takes_two_steps_with_an_app(alice_client: Client, alice: User):
    secret = set_up_app(alice_client)
    stranger = Client()
    assert sign_in(stranger).headers["Location"] == "/login/2fa/"
    assert stranger.get("/inbox/").status_code == 302
    assert "This code is not correct." in stranger.post("/login/2fa/", {"code": "000000"}).content.decode()
    assert stranger.post("/login/2fa/", {"code": code_now(secret)}).headers["Location"] == "/"
    assert stranger.get("/inbox/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_is_told_by_mail_and_written_down(alice_client: Client, alice: User):
    set_up_app(alice_client)
    told = mail.outbox[-1]
    assert (told.to, told.subject) == ([alice.email], "An authenticator app was set up")
    assert "127.0.0.1" in told.body
    entry = AuditEntry.objects.get(action="login.app_added")
    assert (entry.user, entry.account, entry.object_name) == (alice, alice.memberships.get().account, alice.email)


def test_the_database_alone_betrays_no_secret(alice_client: Client, alice: User):
    secret = set_up_app(alice_client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not [code for code in codes_shown(alice_client) if code in kept]


def test_a_recovery_code_lets_in_once(alice_client: Client, alice: User):
    set_up_app(alice_client)
    code = codes_shown(alice_client)[0]
    first, second = Client(), Client()
    sign_in(first)
    assert first.post("/login/2fa/", {"code": code}).headers["Location"] == "/"
    sign_in(second)
    assert "This code is not correct." in second.post("/login/2fa/", {"code": code}).content.decode()


def test_recovery_codes_are_shown_once_with_a_file_to_keep(alice_client: Client, alice: User):
    set_up_app(alice_client)
    page = alice_client.get("/settings/security/codes/").content.decode()
    assert 'download="recado-recovery-codes.txt"' in page
    assert codes_shown(alice_client) == []
    assert "10 codes are left." in alice_client.get("/settings/security/codes/").content.decode()


def test_new_codes_replace_the_old_ones(alice_client: Client, alice: User):
    set_up_app(alice_client)
    old = codes_shown(alice_client)
    assert alice_client.post("/settings/security/codes/new/").headers["Location"] == "/settings/security/codes/"
    new = codes_shown(alice_client)
    assert len(new) == 10
    assert not set(old) & set(new)


def test_without_the_app_the_codes_end_too(alice_client: Client, alice: User):
    set_up_app(alice_client)
    alice_client.post("/settings/security/app/remove/")
    assert not Authenticator.objects.exists()
    assert sign_in(Client()).headers["Location"] == "/"


def test_a_passkey_is_renamed_and_removed(alice_client: Client, alice: User):
    key = stored_passkey(alice, "Laptop").pk
    confirm(alice_client)
    alice_client.post(f"/settings/security/passkeys/{key}/", {"name": "<b>Phone</b>"})
    assert "&lt;b&gt;Phone&lt;/b&gt;" in alice_client.get("/settings/security/").content.decode()
    assert "<b>Phone" not in alice_client.get(f"/settings/security/passkeys/{key}/remove/").content.decode()
    alice_client.post(f"/settings/security/passkeys/{key}/remove/")
    assert not Authenticator.objects.exists()


def test_guessing_codes_ends_after_a_few_attempts(alice_client: Client, alice: User):
    secret = set_up_app(alice_client)
    stranger = Client()
    sign_in(stranger)
    for number in range(5):
        stranger.post("/login/2fa/", {"code": f"00000{number}"})
    assert "Wait five minutes" in stranger.post("/login/2fa/", {"code": code_now(secret)}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_operator_gets_to_the_console_after_setting_up_a_factor(db: None):
    User.objects.create_user("olga@example.com", "a long password", operator_role=OperatorRole.ADMIN)
    client = Client()
    assert sign_in(client, "olga@example.com").headers["Location"] == "/operator/"
    assert client.get("/operator/").status_code == 403
    assert "Operator Console" in client.get("/settings/security/").content.decode()
    set_up_app(client)
    assert 'href="/operator/"' in client.get("/settings/security/codes/").content.decode()
    assert client.get("/operator/").status_code == 200


def test_members_of_nothing_keep_their_login_safe_too(db: None):
    User.objects.create_user("nora@example.com", "a long password")
    client = Client()
    sign_in(client, "nora@example.com")
    page = client.get("/settings/security/").content.decode()
    assert "nora@example.com" in page
    assert "Sign out" in page


def test_a_suspended_account_does_not_lock_the_login(alice_client: Client, alice: User):
    account = alice.memberships.get().account
    account.is_suspended = True
    account.save()
    assert alice_client.get("/inbox/").status_code == 403
    assert alice_client.get("/settings/security/").status_code == 200
