"""Two people in two browsers on a running installation: they see each other, and one of them is stopped, hundreds of times over too."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from demo_windows import FLOWERS, PASSWORD, Phone, Windows, row_of, said
from page_race import Racer, answers_stored, race
from playwright.sync_api import Browser, Page, expect

from recado.testing.process import RunningRecado
from thorough import times

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BOB = "bob@demo.example"
OWN = "664 200 300"
ROUNDS = times(200, thorough=1000)
"""Behind the windows, `test_two_answer` has two workers race a thousand times in every run, on both databases."""
PHONES = map("4860000000{}".format, count(1))
"""Each test has a phone of its own, because they share the installation."""


@pytest.fixture(scope="module")
def colleague(demo: RunningRecado) -> str:
    """Bob answers for the flower shop, too."""
    program = str(Path(__file__).parent / "colleague.py")
    environment = os.environ | {"RECADO_DATA": str(demo.data), "DJANGO_SETTINGS_MODULE": "recado.server.settings"}
    subprocess.run([sys.executable, program, "Kwiaciarnia Róża", BOB, "Bob", PASSWORD], env=environment, check=True)
    return BOB


@pytest.fixture
def bobs(browser: Browser, demo: RunningRecado, colleague: str) -> Iterator[Windows]:
    opened = Windows(browser, demo.url)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture
def both(windows: Windows, bobs: Windows) -> tuple[Page, Page]:
    """Anna and Bob, each with the same conversation open."""
    anna, bob = windows.sign_in(FLOWERS), bobs.sign_in(BOB)
    phone = Phone(windows, next(PHONES))
    phone.text("Czy są peonie?", OWN)
    for page in (anna, bob):
        row_of(page, phone.number).locator("a").click()
        expect(page.get_by_role("log")).to_contain_text("Czy są peonie?")
    phone.page.close()
    return anna, bob


def test_two_windows_see_each_other_and_one_answer_is_stopped(windows: Windows, bobs: Windows, both: tuple[Page, Page]):
    anna, bob = both
    bob.get_by_label("Your reply").press_sequentially("Tak, są")
    expect(anna.locator("#conversations").get_by_text("Bob is answering")).to_be_visible()
    expect(anna.locator(".c-answering-slot")).to_contain_text("Bob is answering")
    expect(bob.get_by_text("is answering")).to_have_count(0)
    anna.get_by_label("Your reply").fill("Już nie ma")
    anna.get_by_role("button", name="Send", exact=True).click()
    expect(anna.get_by_role("alert")).to_contain_text("Bob is answering now. Nothing was sent.")
    expect(anna.get_by_label("Your reply")).to_have_value("Już nie ma")
    bob.get_by_role("button", name="Send", exact=True).click()
    expect(anna.get_by_role("log")).to_contain_text("Tak, są")
    expect(anna.get_by_text("Bob is answering", exact=True)).to_have_count(0)
    anna.get_by_role("button", name="Send", exact=True).click()
    expect(anna.get_by_role("alert")).to_contain_text("Bob answered while you were writing. Nothing was sent.")
    anna.get_by_role("button", name="Send anyway").click()
    expect(bob.get_by_role("log")).to_contain_text("Już nie ma")
    expect(anna.locator("#refused")).to_be_empty()
    windows.forgive("422")


def test_whoever_leaves_gives_the_conversation_back(both: tuple[Page, Page]):
    anna, bob = both
    bob.get_by_label("Your reply").press_sequentially("Tak")
    expect(anna.locator(".c-answering-slot")).to_contain_text("Bob is answering")
    bob.locator("#conversations .c-row", has_text="Hanna Kowalczyk").click()
    expect(anna.locator(".c-answering-slot")).not_to_contain_text("Bob is answering")
    expect(bob.get_by_label("Your reply")).to_have_value("")
    bob.locator("#conversations .c-row", has_text="peonie").first.click()
    expect(bob.get_by_label("Your reply")).to_have_value("Tak")


@pytest.mark.timeout(600)  # a thousand rounds take 40 to 95 s on two cores that have other work, too
def test_hundreds_of_races_of_two_windows_never_answer_one_state_twice(
    demo: RunningRecado, windows: Windows, bobs: Windows, both: tuple[Page, Page]
):
    anna, bob = (Racer(page) for page in both)
    told = [race(anna, bob, number) for number in range(ROUNDS)]
    said(f"{ROUNDS} races, {sum(one.is_close for one in told)} at the same moment, {Counter(one.winner for one in told)}", told[0].began)
    assert [one.statuses for one in told] == [[200, 422]] * ROUNDS
    assert sum(one.is_close for one in told) > ROUNDS / 2
    assert answers_stored(demo.data, anna.conversation_id) == [(one.key, one.text) for one in told]
    for opened in (windows, bobs):
        opened.forgive("422|favicon.ico")
