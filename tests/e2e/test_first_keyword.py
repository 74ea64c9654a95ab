"""The first minutes of a new customer on a running installation: from signing in to a keyword tried, led by the first steps alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EMAIL, PASSWORD = "owner@recado.example", "correct horse battery"
MOST_CLICKS = 12


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[RunningRecado]:
    """One with a new account and a shared number, and nothing else."""
    for command in (
        ("migrate",),
        ("account", "add", "Kwiaciarnia", "--email", EMAIL, "--password", PASSWORD, "--language", "en"),
        ("number", "add", "48503340503", "--kind", "nd"),
    ):
        environment = os.environ | {"RECADO_DATA": str(tmp_path / "data")}
        subprocess.run([sys.executable, "-m", "recado.cli", *command], env=environment, check=True, capture_output=True)
    with RunningRecado(tmp_path / "data") as running:
        yield running


class Hand:
    """Counts what a person presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def press(self, name: str, role: str = "link") -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]  # one of Playwright's words
        self.clicks += 1

    def next_step(self, step: str) -> None:
        self.page.locator(f"[data-check={step}] a").click()
        self.clicks += 1

    def start(self) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Start").click()
        self.clicks += 1


def test_a_new_customer_tries_a_keyword_following_the_first_steps(browser: Browser, installation: RunningRecado):
    context = browser.new_context()
    hand = Hand(context.new_page())
    sign_in(hand, installation.url)
    expect(done(hand.page, "number")).to_be_visible()
    hand.next_step("keyword")
    hand.page.get_by_label("Keyword", exact=True).fill("TULIPAN")
    expect(hand.page.get_by_text("TULIPAN is free on 503 340 503.")).to_be_visible()
    hand.page.get_by_label("Reply automatically").fill("Thank you!")
    hand.press("Reserve the keyword", "button")
    hand.start()
    hand.next_step("tried")
    hand.press("Send from the simulated phone", "button")
    expect(hand.page.locator(".c-phone__bubble")).to_have_text(["TULIPAN", "Thank you!"])
    hand.start()
    for step in ("number", "keyword", "tried"):
        expect(done(hand.page, step)).to_be_visible()
    assert hand.clicks <= MOST_CLICKS
    context.close()


def sign_in(hand: Hand, url: str) -> None:
    hand.page.goto(f"{url}/login/")
    hand.page.locator("[name=login]").fill(EMAIL)
    hand.page.locator("[name=password]").fill(PASSWORD)
    hand.page.locator("[name=password]").press("Enter")
    hand.clicks += 1
    hand.page.wait_for_url(f"{url}/")


def done(page: Page, step: str):
    return page.locator(f"[data-check={step}].c-firststep--done")
