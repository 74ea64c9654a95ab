"""Inviting people to the team: the mail with its link, sending it again, withdrawing it, and who may."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recado.apps.accounts.invitations import invite, open_invitations
from recado.apps.accounts.models import Role
from recado.apps.accounts.services import add_member
from recado.apps.audit.models import AuditEntry
from recado.panel.sign_in.inviting import ON_PAPER

INVITE = reverse("settings-member-invite")
TEAM = reverse("settings-team")


def link() -> str:
    found = re.search(r"/invite/\S+", str(mail.outbox[-1].body))
    assert found
    return found.group()


def test_who_is_invited_joins_by_the_link_of_the_mail(account, alice_client, client: Client):
    alice_client.post(INVITE, {"email": "New@Example.com", "role": "editor"})
    assert mail.outbox[-1].to == ["new@example.com"]
    assert "new@example.com" in alice_client.get(TEAM).content.decode()
    client.post(link(), {"name": "Nina", "password": "three little words", "language": "en"})
    assert account.memberships.get(user__email="new@example.com").role == Role.EDITOR
    assert not open_invitations(account, timezone.now()).exists()
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"invitation.sent", "invitation.accepted"}


def test_sending_again_ends_the_old_link(account, alice_client, client: Client):
    alice_client.post(INVITE, {"email": "new@example.com", "role": "agent"})
    old = link()
    alice_client.post(reverse("settings-invitation-resend", args=[open_invitations(account, timezone.now()).get().pk]))
    assert client.get(old).status_code == 404
    assert client.get(link()).status_code == 200


def test_a_withdrawn_link_ends(account, alice_client, client: Client):
    alice_client.post(INVITE, {"email": "new@example.com", "role": "agent"})
    alice_client.post(reverse("settings-invitation-revoke", args=[open_invitations(account, timezone.now()).get().pk]))
    assert client.get(link()).status_code == 404


REFUSED = [
    ({"email": "bob@example.com", "role": "agent"}, "works here already"),
    ({"email": "nobody", "role": "agent"}, "Enter a valid email address."),
    ({"email": "new@example.com", "role": "king"}, "Select a valid choice."),
]


@pytest.mark.parametrize(("given", "sentence"), REFUSED)
def test_what_makes_no_sense_is_refused_and_nothing_sent(given, sentence, bob, alice_client):
    response = alice_client.post(INVITE, given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert mail.outbox == []


def test_a_manager_offers_no_ownership_and_touches_no_offer_of_it(account, alice, bob, client: Client):
    add_member(account, bob, Role.ADMIN)
    client.force_login(bob)
    assert client.post(INVITE, {"email": "new@example.com", "role": "owner"}).status_code == 422
    offer, _token = invite(account, "partner@example.com", Role.OWNER, alice, timezone.now())
    for name in ("settings-invitation-resend", "settings-invitation-revoke"):
        assert client.post(reverse(name, args=[offer.pk])).status_code == 403
    assert open_invitations(account, timezone.now()).get() == offer


def test_without_a_mail_server_the_link_is_handed_over_by_hand(alice_client, client: Client, settings, capsys):
    settings.EMAIL_BACKEND = ON_PAPER
    page = alice_client.post(INVITE, {"email": "new@example.com", "role": "agent"}, follow=True).content.decode()
    found = re.search(r"/invite/[\w-]+/", page)
    assert found
    assert client.get(found.group()).status_code == 200
