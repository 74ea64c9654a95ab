"""The page of the design system shows all there is of it, and nobody's data."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import recado.panel
from recado.apps.accounts.models import OperatorRole, User

PAGE = reverse("styleguide")
CSS = Path(recado.panel.__file__).parent / "static" / "panel" / "css"
NOT_SHOWN = {
    "c-console": "the body of a page of the Operator Console",
    "c-public": "the body of a page for everybody",
    "c-print": "the body of a page made for paper",
}
"""Components that are a whole page, each with the reason why it cannot be on this one."""
NO_STATE = {
    "c-public--wall": "a page for everybody on a large screen",
    "c-menu--filter": "places the menu beside the button of the inbox, and nothing else",
}
"""Variants that change nothing of what a component looks like."""


def blocks(names: Iterable[str]) -> set[str]:
    return {re.split("__|--", name)[0] for name in names}


def defined() -> set[str]:
    return {name for path in CSS.rglob("*.css") for name in re.findall(r"\.(c-[a-z][\w-]*)", path.read_text())}


@pytest.fixture
def shown(alice_client: Client) -> set[str]:
    page = alice_client.get(PAGE).content.decode()
    return {name for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split() if name.startswith("c-")}


def test_every_component_of_the_style_sheets_is_shown(shown: set[str]):
    assert blocks(defined()) - blocks(shown) == set(NOT_SHOWN)


def test_every_variant_of_a_component_is_shown(shown: set[str]):
    assert {name for name in defined() - shown if "--" in name} == set(NO_STATE)


def test_an_operator_of_no_account_sees_it_too(db):
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.AUDITOR))
    assert "c-button--primary" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("language", "word"), [("en", "Design system"), ("pl", "System projektowy")])
def test_it_speaks_the_language_of_who_looks(language, word, alice: User, alice_client: Client):
    User.objects.filter(pk=alice.pk).update(language=language)
    assert f"<h1>{word}</h1>" in alice_client.get(PAGE).content.decode()


def test_it_reads_nothing_but_who_looks(alice_client: Client, django_assert_max_num_queries):
    alice_client.get(PAGE)
    with django_assert_max_num_queries(3):
        alice_client.get(PAGE)
