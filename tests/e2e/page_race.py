"""Two browser windows that answer the same state of a conversation at the same moment, again and again.

Each window sends what its form would send, by a request of its own: clicking hundreds of times would measure the browser.
"""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

HEAD_START_MS = 12
"""Enough for both windows to hear of a round before it begins."""
SEND = """([address, values, at]) => {
  window.race = (async () => {
    await new Promise(begin => setTimeout(begin, at - Date.now() - 3));
    while (Date.now() < at);
    const began = Date.now();
    const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(values), headers });
    const ids = [...(await answer.text()).matchAll(/id="m-(\\d+)"/g)].map(found => found[1]);
    return { status: answer.status, newest: ids.at(-1) ?? "", began, ended: Date.now() };
  })();
}"""


class Racer:
    """A window that was on a conversation and goes on answering there."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._address = page.locator("[data-send]").get_attribute("action")
        self._token = page.locator("[data-send] [name=csrfmiddlewaretoken]").input_value()
        self.seen = page.locator("[data-messages] [id^=m-]").last.get_attribute("id").removeprefix("m-")
        self.conversation_id = int(page.locator("[data-dialogue]").get_attribute("data-dialogue"))
        page.goto(page.url.partition("/inbox/")[0] + "/healthz")  # the race is between requests, not between screens

    def begin(self, text: str, key: str, at: float) -> None:
        values = {"csrfmiddlewaretoken": self._token, "text": text, "key": key, "seen": self.seen}
        self._page.evaluate(SEND, [self._address, values, at])

    def end(self) -> dict:
        return self._page.evaluate("window.race")


@dataclass(frozen=True)
class Outcome:
    """What the windows were told in one round."""

    began: float
    statuses: list[int]
    is_close: bool
    """Each began before the other had its answer."""
    winner: str
    key: str
    text: str


def race(anna: Racer, bob: Racer, number: int) -> Outcome:
    """Have both answer what both see, and show both what came of it."""
    began, at = time.monotonic(), time.time() * 1000 + HEAD_START_MS
    for racer, name in ((anna, "anna"), (bob, "bob")):
        racer.begin(f"Tak {number}, {name}", f"{number}-{name}", at)
    one, other = anna.end(), bob.end()
    winner = "anna" if one["status"] == 200 else "bob"
    anna.seen = bob.seen = one["newest"] or other["newest"]
    is_close = one["began"] < other["ended"] and other["began"] < one["ended"]
    return Outcome(began, sorted([one["status"], other["status"]]), is_close, winner, f"{number}-{winner}", f"Tak {number}, {winner}")


def answers_stored(data: Path, conversation_id: int) -> list[tuple[str, str]]:
    """Read keys and texts of the answers from the installation's database, in the order they were given."""
    wanted = "SELECT idempotency_key, text FROM outbox_outboundmessage WHERE dialogue_id = ? AND origin = 'agent' ORDER BY id"
    with sqlite3.connect(f"file:{data / 'recado.sqlite3'}?mode=ro", uri=True) as database:
        found = database.execute(wanted, (conversation_id,)).fetchall()
    database.close()
    return found
