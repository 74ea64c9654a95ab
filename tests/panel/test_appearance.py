"""How a person wants the panel to look: saved with the login, said by every page before anything is drawn."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from recado.apps.accounts.models import User
from recado.panel.forms.zones import zone_choices

CHOICES = {"theme": "dark", "density": "compact", "language": "pl", "time_zone": "Asia/Tokyo"}


def html_tag(client: Client, path: str = "/settings/") -> str:
    found = re.search(r"<html[^>]*>", client.get(path).content.decode())
    assert found
    return found.group()


def test_pages_say_what_the_person_chose(alice_client):
    assert alice_client.post(reverse("settings-appearance"), CHOICES).status_code == 302
    tag = html_tag(alice_client)
    for attribute in ('lang="pl"', 'data-theme="dark"', 'data-density="compact"', 'data-shortcuts="off"'):
        assert attribute in tag
    assert "data-motion" not in tag


def test_what_was_never_chosen_leaves_theme_and_keys_to_the_device(alice_client):
    assert html_tag(alice_client) == '<html lang="en" data-density="comfortable">'


def test_a_stranger_gets_no_attributes(db):
    assert html_tag(Client(), "/login/") == '<html lang="en">'


def test_choices_are_saved_with_the_login(alice, alice_client):
    alice_client.post(reverse("settings-appearance"), {**CHOICES, "has_shortcuts": "on", "has_less_motion": "on"})
    alice.refresh_from_db()
    assert (alice.theme, alice.density, alice.language, alice.time_zone) == ("dark", "compact", "pl", "Asia/Tokyo")
    assert alice.has_shortcuts
    assert alice.has_less_motion


def test_the_answer_already_speaks_the_new_language(alice_client):
    assert "Zapisano." in alice_client.post(reverse("settings-appearance"), CHOICES, follow=True).content.decode()


@pytest.mark.parametrize(("field", "value"), [("theme", "pink"), ("density", ""), ("language", "xx"), ("time_zone", "Moon/Base")])
def test_what_cannot_be_chosen_is_refused(field, value, alice, alice_client):
    response = alice_client.post(reverse("settings-appearance"), {**CHOICES, field: value})
    assert response.status_code == 422
    assert User.objects.get(pk=alice.pk).theme == "system"


def test_the_switch_of_the_menu_is_remembered_and_leads_back(alice, alice_client):
    response = alice_client.post(reverse("theme"), {"theme": "dark", "next": "/keywords/"})
    assert response["Location"] == "/keywords/"
    alice.refresh_from_db()
    assert alice.theme == "dark"


def test_an_unknown_theme_changes_nothing(alice, alice_client):
    alice_client.post(reverse("theme"), {"theme": "pink"})
    alice.refresh_from_db()
    assert alice.theme == "system"


def test_a_zone_that_is_in_use_can_be_kept_however_rare():
    assert ("Antarctica/Troll", "Antarctica/Troll") in zone_choices("Antarctica/Troll")
    assert "Nowhere/City" not in dict(choice for choice in zone_choices("Nowhere/City") if isinstance(choice[1], str))


def test_every_offered_zone_exists():
    for _label, zones in (choice for choice in zone_choices() if isinstance(choice[1], list)):
        assert all(re.fullmatch(r".+ \(UTC[+-]\d\d:\d\d\)", str(name)) for _zone, name in zones)


def test_light_or_dark_is_kept_with_the_login_wherever_it_is_switched(alice_client: Client, console: Callable[[], Client]):
    form = r'<form method="post" action="/theme/">(?:(?!</form>).)*name="theme" value="dark" data-theme-toggle'
    for client, path in ((alice_client, "/"), (console(), "/operator/")):
        assert re.search(form, client.get(path).content.decode(), re.DOTALL)
        client.post("/theme/", {"theme": "dark"})
        assert 'data-theme="dark"' in html_tag(client, path)
