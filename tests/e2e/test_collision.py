"""Two people in two browsers on a running installation: they see each other, and one of them is stopped, a thousand times over too."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from demo_windows import FLOWERS, PASSWORD, Phone, Windows, row_of
from playwright.sync_api import Browser, Page, expect
from web_client import TOKEN, WebClient

from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BOB = "bob@demo.example"
OWN = "664 200 300"
ROUNDS = 1000
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
    bob.locator("#conversations .c-row:not([aria-current])").first.click()
    expect(anna.locator(".c-answering-slot")).not_to_contain_text("Bob is answering")
    expect(bob.get_by_label("Your reply")).to_have_value("")
    bob.locator("#conversations .c-row", has_text="peonie").first.click()
    expect(bob.get_by_label("Your reply")).to_have_value("Tak")


class Racer:
    """A window's session that answers whenever told to, as the window would."""

    def __init__(self, url: str, email: str, conversation: str) -> None:
        self.client = WebClient(url)
        self.client.sign_in(email, PASSWORD)
        self.address = f"{conversation}send/"
        self.token = TOKEN.search(self.client.get(conversation))[1]
        self.headers = {"Referer": url + conversation, "HX-Request-Type": "partial"}

    def answer(self, number: int, seen: int, start: Barrier) -> int:
        values = {"csrfmiddlewaretoken": self.token, "text": f"Tak {number}", "key": f"{id(self)}-{number}", "seen": str(seen)}
        start.wait(30)
        return self.client.http.post(self.address, data=values, headers=self.headers).status_code

    def newest(self, conversation: str) -> int:
        return max(map(int, re.findall(r'id="m-(\d+)"', self.client.get(f"{conversation}?part=messages"))))


@pytest.mark.timeout(900)  # on a busy machine a round takes a quarter of a second
def test_a_thousand_races_of_two_windows_never_answer_one_state_twice(demo: RunningRecado, both: tuple[Page, Page]):
    conversation = "/" + both[0].url.split("/", 3)[3]
    for page in both:
        page.goto("about:blank")  # the race is between requests, not between screens
    racers = [Racer(demo.url, email, conversation) for email in (FLOWERS, BOB)]
    outcomes: Counter[tuple[int, ...]] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS):
            start, seen = Barrier(2), racers[0].newest(conversation)
            answers = [pool.submit(racer.answer, number, seen, start) for racer in racers]
            outcomes[tuple(sorted(answer.result(30) for answer in answers))] += 1
    assert outcomes == {(200, 422): ROUNDS}
