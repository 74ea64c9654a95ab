"""The counter in the browser counts as `protocols.gsm.segment` does, on one table of texts."""

import pytest
from playwright.sync_api import Browser

from recado.protocols.gsm.segment import segments

TEXTS = [
    "",
    "Hello",
    "Zażółć gęślą jaźń",
    "Łódź",
    "€" * 80,
    "€" * 81,
    "x" * 160,
    "x" * 161,
    "x" * 306,
    "x" * 307,
    "ą" * 70,
    "ą" * 71,
    "ą" * 134,
    "ą" * 135,
    "🌷" * 35,
    "🌷" * 36,
    "a" + "🌷" * 66,
    "x" * 152 + "€" + "y" * 152,
    "x" * 152 + "€" + "y" * 153,
    "{}[]~\\|^",
    "Line one\nline two",
    "\u2019quoted\u2019 … –",
    "ÆØÅ äöü ñ ¿¡ Σ",
    "e\u0301",
]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_browser_and_server_count_alike(browser: Browser, live_server):
    page = browser.new_page()
    page.goto(f"{live_server.url}/login/")
    counted = page.evaluate(
        "async texts => { const panel=await import('/static/panel/js/segments.js'); return texts.map(panel.segments) }",
        TEXTS,
    )
    page.close()
    for text, found in zip(TEXTS, counted, strict=True):
        expected = segments(text)
        assert (found["count"], found["units"]) == (expected.count, expected.units), text[:20]
        assert tuple(found["forcing"]) == expected.forcing, text[:20]


def test_writing_without_accents_keeps_the_words_and_saves_segments(browser: Browser, live_server):
    page = browser.new_page()
    page.goto(f"{live_server.url}/login/")
    plain = page.evaluate("async text => (await import('/static/panel/js/segments.js')).plain(text)", "Zażółć gęślą jaźń „Łódź” — tak…")
    page.close()
    assert plain == 'Zazolc gesla jazn "Lodz" - tak...'
    assert segments(plain).forcing == ()
