"""The catalogues are fresh and complete, and people see their language."""

import subprocess
import sys
from pathlib import Path

import pytest

from recado.apps.accounts.models import Account

ROOT = Path(__file__).parents[2]


def test_catalogues_are_fresh_and_complete():
    check = subprocess.run([sys.executable, "tools/translations.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize(
    ("path", "polish", "english"),
    [
        ("/keywords/", "Hasło SMS to słowo, które klienci wysyłają na Twój numer.", "A keyword is the word people text"),
        ("/numbers/", "Nie ma jeszcze numerów", "No numbers yet"),
        ("/contacts/", "Nie ma jeszcze kontaktów", "No contacts yet"),
        ("/groups/", "Utwórz grupę", "Create group"),
        ("/simulator/", "Symulator telefonu", "Phone simulator"),
    ],
)
def test_pages_speak_the_language_of_the_account(alice_client, account, path, polish, english):
    assert english in alice_client.get(path).content.decode()
    Account.objects.update(language="pl")
    page = alice_client.get(path).content.decode()
    assert polish in page
    assert english not in page
    assert '<html lang="pl"' in page


@pytest.mark.parametrize(("count", "words"), [(1, "1 kontakt<"), (2, "2 kontakty<"), (5, "5 kontaktów<"), (22, "22 kontakty<")])
def test_polish_plurals_have_three_forms(alice_client, account, count, words):
    from recado.apps.contacts.services import add_contact, add_group

    Account.objects.update(language="pl")
    group = add_group(account, "Ogród")
    for number in range(count):
        add_contact(account, f"486042183{number:02}", {}, [group.pk])
    assert words in alice_client.get(f"/groups/{group.pk}/").content.decode()
