"""Posters in the panel: the page, the files it offers, their names, who has made one."""

import xml.etree.ElementTree as ET  # our own output
from io import BytesIO

import pytest
from PIL import Image

from panel.poster_samples import number_and_text, scanned
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {"pdf": ("application/pdf", b"%PDF-"), "svg": ("image/svg+xml", b"<svg "), "png": ("image/png", b"\x89PNG")}


@pytest.fixture
def long(account):
    return reserve_keyword(account, add_number("48503340503", NumberKind.SHARED_LONG), "OGRODNIK")


@pytest.fixture
def short(account):
    return reserve_keyword(account, add_number("4301", NumberKind.SHARED_SHORT), "róże & co")


@pytest.mark.parametrize("size", ["a4", "a5", "story"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_format_is_downloaded_under_a_name_that_says_what_it_is(alice_client, long, size, kind):
    response = alice_client.get(f"/keywords/{long.pk}/poster/{size}.{kind}")
    content_type, start = KINDS[kind]
    assert response["Content-Type"] == content_type
    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="OGRODNIK-503340503-{size}.{kind}"'


def test_a_name_keeps_polish_letters_and_nothing_that_means_something_to_a_computer(alice_client, short):
    name = alice_client.get(f"/keywords/{short.pk}/poster/a4.pdf")["Content-Disposition"]
    assert name == "attachment; filename*=utf-8''r%C3%B3%C5%BCe-co-4301-a4.pdf"


@pytest.mark.parametrize("name", ["a0.pdf", "a4.gif", "a4.PDF"])
def test_other_files_there_are_none(alice_client, long, name):
    assert alice_client.get(f"/keywords/{long.pk}/poster/{name}").status_code == 404
    assert Keyword.objects.get().poster_opened_at is None


def test_somebody_elses_poster_is_not_found(charlie_client, long):
    for address in ("poster/", "poster/a4.pdf", "poster/a4.svg", "poster/a4.png", "qr.svg", "qr.png"):
        assert charlie_client.get(f"/keywords/{long.pk}/{address}").status_code == 404


def test_the_code_alone_says_the_same(alice_client, short):
    response = alice_client.get(f"/keywords/{short.pk}/qr.png")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''r%C3%B3%C5%BCe-co-4301-qr.png"
    assert number_and_text(scanned(Image.open(BytesIO(response.content)))) == ("4301", "róże & co")
    assert ET.fromstring(alice_client.get(f"/keywords/{short.pk}/qr.svg").content).tag == f"{SVG}svg"


def test_the_poster_speaks_the_language_asked_for(alice_client, long):
    page = alice_client.get(f"/keywords/{long.pk}/poster/?size=a5&language=pl").content.decode()
    assert '<figure class="c-sheet c-sheet--a5">' in page
    assert "<title>Wyślij SMS o treści OGRODNIK na numer 503 340 503</title>" in page
    drawing = ET.fromstring(alice_client.get(f"/keywords/{long.pk}/poster/a4.svg?language=en").content)
    assert drawing.findtext(f"{SVG}title") == "Text OGRODNIK to 503 340 503"
    assert "Messages are received by Kwiaciarnia Róża. You pay what" in drawing.findtext(f"{SVG}desc")


def test_a_headline_goes_to_the_page_and_to_all_files_and_is_only_text(alice_client, long):
    headline = "<b>News</b> & more"
    page = alice_client.get(f"/keywords/{long.pk}/poster/", {"headline": headline, "language": "pl"}).content.decode()
    assert "&lt;b&gt;News&lt;/b&gt; &amp; more" in page
    assert headline not in page
    assert f'href="/keywords/{long.pk}/poster/story.png?language=pl&amp;headline=%3Cb%3ENews%3C%2Fb%3E+%26+more" download' in page
    drawing = ET.fromstring(alice_client.get(f"/keywords/{long.pk}/poster/a4.svg", {"headline": headline}).content)
    assert headline in drawing.findtext(f"{SVG}desc")


def test_a_headline_has_an_end(alice_client, long):
    drawing = ET.fromstring(alice_client.get(f"/keywords/{long.pk}/poster/a4.svg", {"headline": "\0 " + "x" * 500}).content)
    assert "x" * 78 in drawing.findtext(f"{SVG}desc").replace(" ", "")
    assert "x" * 81 not in drawing.findtext(f"{SVG}desc").replace(" ", "")


def test_nonsense_gives_the_usual_poster(alice_client, long):
    page = alice_client.get(f"/keywords/{long.pk}/poster/?size=a0&language=xx").content.decode()
    assert '<figure class="c-sheet c-sheet--a4">' in page
    assert "<title>Text OGRODNIK to 503 340 503</title>" in page


def test_only_who_configures_has_made_the_poster(alice_client, vera_client, long):
    vera_client.get(f"/keywords/{long.pk}/poster/")
    vera_client.get(f"/keywords/{long.pk}/poster/a4.pdf")
    assert Keyword.objects.get().poster_opened_at is None
    alice_client.get(f"/keywords/{long.pk}/poster/a4.pdf")
    first = Keyword.objects.get().poster_opened_at
    alice_client.get(f"/keywords/{long.pk}/poster/")
    assert first is not None
    assert Keyword.objects.get().poster_opened_at == first
