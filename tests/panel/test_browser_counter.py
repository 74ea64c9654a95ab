"""The counter in the browser counts and writes without accents as `protocols.gsm` does, on one table of texts."""

import unicodedata

import pytest
from playwright.sync_api import Browser

from protocols.gsm.segment_cases import COUNTS, PLAIN
from recado.protocols.gsm import Alphabet, segments, without_accents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def in_browser(browser: Browser, live_server):
    """Run a function of a script of the panel on a list of arguments."""
    page = browser.new_page()
    page.goto(f"{live_server.url}/login/")
    yield lambda script, name, arguments: page.evaluate(
        "async ([script, name, all]) => { const loaded = await import(script); return all.map(some => loaded[name](...some)) }",
        [f"/static/panel/js/{script}", name, arguments],
    )
    page.close()


def test_browser_and_server_count_alike(in_browser):
    counted = in_browser("segments.js", "segments", [[case.text, case.width == 16] for case in COUNTS.values()])
    for name, case, found in zip(COUNTS, COUNTS.values(), counted, strict=True):
        room = case.per_segment * case.count
        assert (found["count"], found["units"], found["room"]) == (case.count, case.units, room), name
        assert tuple(found["forcing"]) == segments(case.text).forcing, name
        assert bool(found["forcing"]) is (case.encoding is Alphabet.UCS2), name


def test_browser_and_server_write_alike_without_accents(in_browser):
    assert in_browser("plain.js", "plain", [[text] for text, _ in PLAIN]) == [expected for _, expected in PLAIN]


def test_browser_and_server_exchange_every_letter_alike(in_browser):
    known = [chr(code) for code in range(1, 0x20000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
    written = in_browser("plain.js", "plain", [[letter] for letter in known])
    assert [(letter, found) for letter, found in zip(known, written, strict=True) if found != without_accents(letter)] == []
