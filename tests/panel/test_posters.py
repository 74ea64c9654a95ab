"""Posters: what a camera reads, what is printed, what is downloaded."""

import xml.etree.ElementTree as ET  # our own output

import pytest

from recado.apps.keywords.models import Keyword
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind
from recado.panel.keywords.poster import sms_link


@pytest.fixture
def long(account):
    return reserve_keyword(account, add_number("48503340503", NumberKind.SHARED_LONG), "OGRODNIK")


@pytest.fixture
def short(account):
    return reserve_keyword(account, add_number("4301", NumberKind.SHARED_SHORT), "róże & co")


def test_long_numbers_are_international_and_short_codes_are_not(long, short):
    assert sms_link(long) == "sms:+48503340503?body=OGRODNIK"
    assert sms_link(short) == "sms:4301?body=r%C3%B3%C5%BCe%20%26%20co"


def test_the_code_says_what_the_link_says(alice_client, long):
    import segno

    drawn = alice_client.get(f"/keywords/{long.pk}/poster/").content.decode()
    squares = sum(map(sum, segno.make("sms:+48503340503?body=OGRODNIK", micro=False, error="m").matrix))
    path = drawn.partition('<path d="')[2].partition('"')[0]
    assert sum(int(piece.partition("v")[0]) for piece in path.split("h")[1:] if "v" in piece) == squares


@pytest.mark.parametrize(("file", "kind"), [("poster.svg", "image/svg+xml"), ("qr.svg", "image/svg+xml"), ("qr.png", "image/png")])
def test_files_are_what_they_say(alice_client, short, file, kind):
    response = alice_client.get(f"/keywords/{short.pk}/{file}")
    assert response["Content-Type"].startswith(kind)
    if kind == "image/png":
        assert response.content.startswith(b"\x89PNG")
        assert response["Content-Disposition"] == 'attachment; filename="roze-co.png"'
    else:
        assert ET.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_poster_speaks_the_language_asked_for(alice_client, account, long):
    page = alice_client.get(f"/keywords/{long.pk}/poster/?size=a5&language=pl").content.decode()
    assert 'class="c-sheet c-sheet--a5" lang="pl"' in page
    assert "Wyślij SMS o treści" in page
    assert "Wyślij SMS o treści" not in alice_client.get(f"/keywords/{long.pk}/poster.svg?language=en").content.decode()
    assert account.name in page


def test_nonsense_gives_the_usual_poster(alice_client, long):
    assert 'class="c-sheet c-sheet--a4" lang="en"' in alice_client.get(f"/keywords/{long.pk}/poster/?size=a0&language=xx").content.decode()


def test_only_who_configures_has_made_the_poster(alice_client, vera_client, long):
    vera_client.get(f"/keywords/{long.pk}/poster/")
    assert Keyword.objects.get().poster_opened_at is None
    alice_client.get(f"/keywords/{long.pk}/poster.svg")
    first = Keyword.objects.get().poster_opened_at
    alice_client.get(f"/keywords/{long.pk}/poster/")
    assert first is not None
    assert Keyword.objects.get().poster_opened_at == first
