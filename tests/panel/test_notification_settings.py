"""The page on which a person says how they want to be told."""

from datetime import time

import pytest
from django.urls import reverse

from panel.conversations import dialogue, received
from recado.apps.accounts.models import User
from recado.apps.notifications.choices import EVENTS
from recado.apps.notifications.services import notify
from recado.panel.event_words import NAMES
from recado.panel.fragments import render

PAGE = reverse("settings-notifications")
CHOICES = {"has_sound": "on", "mail_notices": "digest", "quiet_from": "22:00", "quiet_until": "07:00"}


def test_every_event_has_a_name():
    assert NAMES.keys() == set(EVENTS)


def test_at_first_all_but_one_is_told_in_the_panel_and_nothing_leaves_it(alice_client):
    form = alice_client.get(PAGE).context["form"]
    assert all(mailed.initial for _name, _shown, mailed in form.events())
    assert [str(name) for name, shown, _mailed in form.events() if not shown.initial] == ["Somebody new writes"]
    assert form.initial["mail_notices"] == "off"


def test_choices_are_kept_for_the_person_and_the_account(alice, alice_client):
    alice_client.post(PAGE, {**CHOICES, f"show-{EVENTS[1]}": "on", f"mail-{EVENTS[1]}": "on"})
    alice = User.objects.get(pk=alice.pk)
    assert (alice.has_browser_notices, alice.has_sound, alice.mail_notices) == (False, True, "digest")
    assert (alice.quiet_from, alice.quiet_until) == (time(22), time(7))
    membership = alice.memberships.get()
    assert membership.muted_notices == [event for event in EVENTS if event != EVENTS[1]]
    assert membership.mailed_notices == [EVENTS[1]]
    form = alice_client.get(PAGE).context["form"]
    assert [shown.initial for _name, shown, _mailed in form.events()] == [event == EVENTS[1] for event in EVENTS]


WRONG = [
    ({"quiet_until": ""}, "a beginning and an end"),
    ({"mail_notices": "hourly"}, "Select a valid choice"),
    ({"quiet_from": "x"}, "valid time"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_makes_no_sense_is_refused(change, sentence, alice, alice_client):
    response = alice_client.post(PAGE, CHOICES | change)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.get(pk=alice.pk).mail_notices == "off"


def test_in_quiet_hours_news_are_counted_and_not_told(account, alice, bob):
    notify(account, [alice], "dialogue.assigned", {"by": "Bob", "name": "Hanna"}, "/inbox/7/")
    assert "data-news" in render("notification", account.pk, None, alice, "en")
    alice.quiet_from, alice.quiet_until = time(0), time(23, 59, 59)
    alice.save()
    assert "data-news" not in render("notification", account.pk, None, alice, "en")


def test_in_quiet_hours_a_new_message_is_announced_in_words_alone(account, alice):
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Halo")
    assert "data-news" in render("message", account.pk, conversation.pk, alice, "en")
    alice.quiet_from, alice.quiet_until = time(0), time(23, 59, 59)
    alice.save()
    quiet = render("message", account.pk, conversation.pk, alice, "en")
    assert "New message from Hanna Kowalczyk" in quiet
    assert "data-news" not in quiet
    assert "data-url" not in quiet
