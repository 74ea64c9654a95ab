"""Browser windows on a running demo: signing in, texting from the simulated phone, and every complaint of the console."""

import re
import time
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from panel.browser import Visit

FLOWERS, CLINIC = "roza@demo.example", "klinika@demo.example"
PASSWORD = "recado-demo"
SHARED = "503 340 503"
REPLY = "Thank you! You will get our gardening tips."
"""What the demo's keyword Gardener answers on the shared number."""


class Windows:
    """Any number of tabs of one person."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 800})
        self._url = url
        self._visits: list[Watched] = []

    def open(self, path: str) -> Page:
        self._visits.append(Watched(self._context, self._url))
        return self._visits[-1].open(path)

    def sign_in(self, email: str) -> Page:
        page = self.open("/login/")
        page.locator("[name=login]").fill(email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{self._url}/")
        page.goto(f"{self._url}/inbox/")
        page.evaluate("window.stayed = true")
        return page

    @property
    def complaints(self) -> list[str]:
        return [text for visit in self._visits for text in visit.complaints]

    def forgive(self, pattern: str) -> None:
        """Drop the complaints of one kind that the test caused itself."""
        for visit in self._visits:
            visit.complaints = [text for text in visit.complaints if not re.search(pattern, text)]

    def close(self) -> None:
        self._context.close()


class Watched(Visit):
    """A window whose live stream must be there too, unlike where Django serves alone."""

    def _listen(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} {message.location}")


class Phone:
    """The simulated phone in a tab of its own."""

    def __init__(self, windows: Windows, number: str) -> None:
        self.number = number
        self.page = windows.open(f"/simulator/?phone={number}")
        self.page.evaluate("window.stayed = true")
        self.texts = self.page.locator(".c-phone__bubble")

    def text(self, words: str, number: str = SHARED) -> float:
        """Send words to a number chosen in the list; return when."""
        choices = self.page.locator("select[name=number] option").all_inner_texts()
        self.page.locator("select[name=number]").select_option(label=next(choice for choice in choices if choice.startswith(number)))
        self.page.locator("input[name=text]").fill(words)
        at = time.monotonic()
        self.page.locator("input[name=text]").press("Enter")
        return at


def row_of(inbox: Page, phone: str) -> Locator:
    """Find the newest conversation if it is this phone's."""
    digits = phone.removeprefix("48")
    spaced = rf"{digits[:3]}.?{digits[3:6]}.?{digits[6:]}"
    return inbox.locator("#conversations li").first.filter(has_text=re.compile(spaced))


def said(what: str, since: float) -> None:
    """Print how long something took; no figure is demanded here."""
    print(f"{what}: {(time.monotonic() - since) * 1000:.0f} ms")  # noqa: T201  # shown by pytest -rP


def expect_without_reload(*pages: Page) -> None:
    for page in pages:
        assert page.evaluate("window.stayed"), page.url
