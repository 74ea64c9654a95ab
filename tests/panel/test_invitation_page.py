"""Taking an invitation, in all the states somebody can be in who opens its link."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from panel.signing_in import sign_in
from recado.apps.accounts.invitations import invite, revoke
from recado.apps.accounts.models import Account, Invitation, Membership, OperatorRole, Role, User
from recado.apps.accounts.services import create_user
from recado.apps.audit.models import AuditEntry
from recado.panel.sign_in.mail import send_invitation

CHOSEN = {"name": "Dora", "password": "five green tulips", "language": "pl"}


@pytest.fixture
def offered(account: Account, alice: User) -> tuple[Invitation, str]:
    invitation, token = invite(account, "dora@example.com", Role.AGENT, alice, timezone.now())
    return invitation, f"/invite/{token}/"


def test_somebody_new_chooses_a_password_and_is_in(client: Client, offered, account: Account):
    page = client.get(offered[1]).content.decode()
    assert "Join Kwiaciarnia Róża" in page
    assert "Agent" in page
    assert client.post(offered[1], CHOSEN).headers["Location"] == "/"
    dora = User.objects.get(email="dora@example.com")
    assert (dora.name, dora.language) == ("Dora", "pl")
    assert Membership.objects.get(user=dora).role == Role.AGENT
    assert 'lang="pl"' in client.get("/inbox/").content.decode()
    assert AuditEntry.objects.get(action="invitation.accepted").account == account


@pytest.mark.parametrize("password", ["short", "password1234", "dora@example.com", "83749283749238"])
def test_a_weak_password_is_refused_and_the_rest_kept(client: Client, offered, password: str):
    response = client.post(offered[1], CHOSEN | {"password": password})
    assert response.status_code == 422
    assert 'value="Dora"' in response.content.decode()
    assert not User.objects.filter(email="dora@example.com").exists()


def test_somebody_with_a_login_signs_in_and_accepts(client: Client, offered, account: Account):
    dora = create_user("dora@example.com", "a long password")
    page = client.get(offered[1]).content.decode()
    assert f"/login/?next={offered[1]}" in page
    assert client.post(offered[1], CHOSEN).status_code == 200  # still asked to sign in, nobody is overwritten
    assert sign_in(client, "dora@example.com", path=f"/login/?next={offered[1]}").headers["Location"] == offered[1]
    assert not Membership.objects.filter(user=dora).exists()
    assert client.post(offered[1]).headers["Location"] == "/"
    assert Membership.objects.get(user=dora).account == account


def test_who_is_signed_in_as_somebody_else_is_told_so(alice_client: Client, offered):
    page = alice_client.get(offered[1]).content.decode()
    assert "You are signed in as alice@example.com" in page
    alice_client.post(offered[1])
    assert Invitation.objects.get().accepted_at is None
    assert alice_client.post("/logout/", {"next": offered[1]}).headers["Location"] == offered[1]


def test_an_ended_invitation_says_so(client: Client, offered):
    revoke(offered[0])
    for response in (client.get(offered[1]), client.post(offered[1], CHOSEN), client.get("/invite/nonsense/")):
        assert response.status_code == 404
        assert "This invitation has ended" in response.content.decode()


def test_an_operator_is_led_to_the_console(client: Client, alice: User):
    _, token = invite(None, "olga@example.com", OperatorRole.ENGINEER, alice, timezone.now())
    assert "Join the operators" in client.get(f"/invite/{token}/").content.decode()
    assert client.post(f"/invite/{token}/", CHOSEN).headers["Location"] == "/operator/"
    assert User.objects.get(email="olga@example.com").operator_role == OperatorRole.ENGINEER


@pytest.mark.parametrize(("language", "words"), [("en", "Alice invites you"), ("pl", "Alice zaprasza Cię")])
def test_the_mail_carries_the_link_in_the_language_asked_for(offered, language: str, words: str):
    token = offered[1].split("/")[2]
    assert send_invitation(offered[0], token, language, "https://sms.example.org/")
    sent = mail.outbox[-1]
    assert sent.to == ["dora@example.com"]
    assert words in sent.body
    assert f"\nhttps://sms.example.org/invite/{token}/\n" in sent.body


def test_a_name_with_line_breaks_writes_no_headers(account: Account, alice: User, offered):
    account.name = "Róża\nBcc: all@example.com"
    invitation, token = invite(account, "eve@example.com", Role.AGENT, alice, timezone.now())
    assert send_invitation(invitation, token, "en", "https://sms.example.org")
    assert mail.outbox[-1].subject == "Join Róża Bcc: all@example.com"


def test_a_mail_server_that_is_out_does_not_end_the_invitation(offered, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_invitation(offered[0], "token", "en", "https://sms.example.org") is False
