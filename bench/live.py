"""How soon people see what happens: a new message on the screen, their own answer, and 500 open tabs on one process.

A real `recado serve` with demo data on SQLite, a real Chromium for what one person sees, plain connections for the 500 tabs. Messages come
from the phone simulator, which takes the whole real way.
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from recado.testing.process import RunningRecado  # noqa: E402  # needs the path

EMAIL, PASSWORD = "roza@demo.example", "recado-demo"
ROUNDS = 15
TABS, PEOPLE = 500, 50
"""So many tabs, of so many people of the account."""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, RunningRecado(Path(folder), demo=True) as recado:
        cookies = sign_in(recado.url, EMAIL)
        on_screen(recado.url, cookies)
        asyncio.run(many_tabs(recado, cookies, colleagues(folder)))
    return 0


def sign_in(url: str, email: str) -> dict[str, str]:
    with httpx2.Client(base_url=url, follow_redirects=True) as http:
        token = TOKEN.search(http.get("/login/").text)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], "login": email, "password": PASSWORD}
        http.post("/login/", data=fields, headers={"Referer": f"{url}/login/"}).raise_for_status()
        return dict(http.cookies)


def text_from_phone(url: str, cookies: dict[str, str], text: str) -> float:
    """Text the shared number from a simulated phone; return when that was asked for."""
    with httpx2.Client(base_url=url, cookies=cookies, follow_redirects=True) as http:
        page = http.get("/simulator/").text
        token, number = TOKEN.search(page), re.search(r'<option value="(\d+)"[^>]*>\s*503 340 503', page)
        assert token is not None
        assert number is not None
        fields = {"csrfmiddlewaretoken": token[1], "phone": "48600000001", "number": number[1], "text": text}
        asked = time.time()
        http.post("/simulator/", data=fields, headers={"Referer": f"{url}/simulator/"}).raise_for_status()
        return asked


def on_screen(url: str, cookies: dict[str, str]) -> None:
    """Watch the inbox in a browser while messages arrive and answers are sent."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(f"{url}/inbox/")
        page.wait_for_timeout(500)
        arrived = [arrival(page, url, cookies, f"Gardener {index}") for index in range(ROUNDS)]
        figure("new message on the screen", arrived, "ms")
        page.locator("#conversations a.c-row").first.click()
        page.locator("[data-send] textarea").wait_for()
        figure("optimistic bubble", [bubble(page, index) for index in range(ROUNDS)], "ms")
        browser.close()


def arrival(page: Page, url: str, cookies: dict[str, str], text: str) -> float:
    """Return the milliseconds from asking the simulator to the row on top of the list."""
    page.evaluate(
        """text => { window.seen = new Promise(done => { const look = () => {
             const first = document.querySelector("#conversations .c-row__text");
             first && first.textContent.includes(text) ? done(Date.now()) : setTimeout(look, 5); }; look(); }); }""",
        text,
    )
    asked = text_from_phone(url, cookies, text)
    return float(page.evaluate("window.seen")) - asked * 1000


def bubble(page: Page, index: int) -> float:
    """Return the milliseconds from submitting an answer to its bubble, drawn."""
    taken = page.evaluate(
        """text => new Promise(done => {
             const form = document.querySelector("[data-send]");
             form.elements.text.value = text;
             const began = performance.now();
             form.requestSubmit();
             requestAnimationFrame(() => setTimeout(() => done(
               document.querySelector("[data-pending], .c-message--out:last-child") ? performance.now() - began : -1)));
           })""",
        f"Tak, mamy {index}",
    )
    page.wait_for_timeout(200)
    return float(taken)


def colleagues(folder: str) -> list[dict[str, str]]:
    """Add colleagues to the demo account and sign them in; return their cookies. By the side, since nobody may sign in so often."""
    code = f"""
import django; django.setup()
from django.test import Client
from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
account = Account.objects.get(name="Kwiaciarnia Róża")
for index in range({PEOPLE}):
    user = create_user(f"p{{index}}@demo.example", None)
    add_member(account, user, Role.AGENT)
    client = Client()
    client.force_login(user)
    print("sessionid", client.cookies["sessionid"].value)
"""
    environment = os.environ | {"RECADO_DATA": folder, "DJANGO_SETTINGS_MODULE": "recado.server.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [{"sessionid": line.split()[1]} for line in done.stdout.splitlines() if line.startswith("sessionid ")]


async def many_tabs(recado: RunningRecado, cookies: dict[str, str], people: list[dict[str, str]]) -> None:
    """Open the streams, let messages arrive, and say when the last tab knew."""
    before = memory_mb(recado)
    tabs = [Tab() for _ in range(TABS)]
    await asyncio.gather(*(tab.open(recado.port, people[index % PEOPLE]) for index, tab in enumerate(tabs)))
    figure(f"memory for {TABS} tabs", [memory_mb(recado) - before], "MB")
    taken = []
    for index in range(5):
        text = f"Gardener tabs {index}"
        asked = await asyncio.to_thread(text_from_phone, recado.url, cookies, text)
        told = await asyncio.gather(*(tab.hears(text) for tab in tabs))
        taken.append((max(told) - asked) * 1000)
        await asyncio.sleep(1)
    figure(f"until {TABS} tabs of {PEOPLE} people have a message", taken, "ms")
    began = time.perf_counter()
    async with httpx2.AsyncClient(base_url=recado.url, cookies=cookies) as http:
        (await http.get("/inbox/")).raise_for_status()
    figure(f"inbox while {TABS} tabs are open", [(time.perf_counter() - began) * 1000], "ms")
    for tab in tabs:
        tab.close()


class Tab:
    """One open stream."""

    async def open(self, port: int, cookies: dict[str, str]) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.writer.write(f"GET /events/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
        status = await asyncio.wait_for(self.reader.readline(), 60)
        assert b" 200 " in status, status
        await asyncio.wait_for(self.reader.readuntil(b"retry:"), 60)

    async def hears(self, text: str) -> float:
        """Return when the stream brought the text."""
        await asyncio.wait_for(self.reader.readuntil(text.encode()), 60)
        return time.time()

    def close(self) -> None:
        self.writer.close()


def memory_mb(recado: RunningRecado) -> float:
    assert recado.process is not None
    status = Path(f"/proc/{recado.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


def figure(name: str, values: list[float], unit: str) -> None:
    shown = {"figure": name, "value": round(statistics.median(values), 1), "unit": unit}
    print(json.dumps({**shown, "min": round(min(values), 1), "max": round(max(values), 1)}), flush=True)


if __name__ == "__main__":
    os.chdir(HERE.parent)
    sys.exit(main())
