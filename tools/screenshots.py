"""Takes pictures of the key screens of the demo, to be looked at: light and dark, 1280 and 390 pixels, English and Polish.

`make screenshots` writes them to build/screenshots; `python tools/screenshots.py inbox start` only those screens. Needs Chromium.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from recado.testing.process import RunningRecado

TARGET = Path(__file__).resolve().parent.parent / "build" / "screenshots"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PASSWORD = "recado-demo"  # noqa: S105  # a demo's password is public
CUSTOMER, OPERATOR = "roza@demo.example", "operator@demo.example"
SIZES = {1280: 860, 390: 844}


def first(*selectors: str) -> Callable[[Page], None]:
    """Follow the first link of each kind, one after the other."""

    def follow(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).first.click()
            page.wait_for_load_state()
            page.wait_for_timeout(400)

    return follow


SCREENS: dict[str, tuple[str, str, Callable[[Page], None] | None]] = {
    "sign-in": ("", "/login/", None),
    "start": (CUSTOMER, "/", None),
    "inbox": (CUSTOMER, "/inbox/", None),
    "conversation": (CUSTOMER, "/inbox/", first("#conversations li:nth-child(2) a.c-row")),
    "messages": (CUSTOMER, "/messages/", None),
    "trace": (
        CUSTOMER,
        "/inbox/",
        lambda page: (first("#conversations li:nth-child(3) a.c-row")(page), first(".c-message__foot a")(page))[0],
    ),
    "keywords": (CUSTOMER, "/keywords/", None),
    "keyword": (CUSTOMER, "/keywords/", first("main a[href^='/keywords/']:not([href='/keywords/new/'])")),
    "autoresponders": (CUSTOMER, "/autoresponders/", None),
    "autoresponder": (CUSTOMER, "/autoresponders/", first("main .c-table__main")),
    "sends": (CUSTOMER, "/sends/", None),
    "statistics": (CUSTOMER, "/stats/", None),
    "send": (CUSTOMER, "/sends/", first(".c-sends a.c-table__main")),
    "send-draft": (CUSTOMER, "/sends/?state=draft", first(".c-sends a.c-table__main")),
    "forwards": (CUSTOMER, "/forwards/", None),
    "forward": (CUSTOMER, "/forwards/", first("main .c-table__main")),
    "forward-new": (CUSTOMER, "/forwards/new/?kind=url", None),
    "numbers": (CUSTOMER, "/numbers/", None),
    "number-order": (CUSTOMER, "/numbers/order/", None),
    "contacts": (CUSTOMER, "/contacts/", None),
    "import": (CUSTOMER, "/contacts/import/", None),
    "simulator": (CUSTOMER, "/simulator/", None),
    "team": (CUSTOMER, "/settings/team/", None),
    "security": (CUSTOMER, "/settings/security/", None),
    "operator": (OPERATOR, "/operator/", None),
    "operator-links": (OPERATOR, "/operator/links/", None),
    "operator-jobs": (OPERATOR, "/operator/jobs/", None),
    "operator-numbers": (OPERATOR, "/operator/numbers/", None),
    "operator-plan": (OPERATOR, "/operator/plans/", first("main .c-table__main")),
    "operator-accounts": (OPERATOR, "/operator/accounts/", None),
}
"""Name to who looks, address, and what is clicked there."""


def main(wanted: list[str]) -> int:
    """Take the pictures; say which could not be taken."""
    TARGET.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"RECADO_OPERATORS_NEED_SECOND_FACTOR": "no"}
        with RunningRecado(Path(folder), demo=True, environment=environment) as recado, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
            failed = list(take_all(browser, recado.url, wanted or list(SCREENS)))
            browser.close()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET} after {time.monotonic() - began:.0f} s")  # noqa: T201  # a tool
    print("\n".join(failed))  # noqa: T201  # same
    return 1 if failed else 0


def take_all(browser: Browser, url: str, wanted: list[str]) -> Iterator[str]:
    """Take the wanted screens at all widths, in all languages; yield what went wrong."""
    for width, language, who in product(SIZES, ("en", "pl"), ("", CUSTOMER, OPERATOR)):
        names = [name for name in wanted if SCREENS[name][0] == who]
        if not names:
            continue
        context = signed_in(browser, url, who, width, language)
        for name in names:
            for error in take(context, url, name, width, language):
                yield f"{name}: {error}"
        context.close()


def signed_in(browser: Browser, url: str, who: str, width: int, language: str) -> BrowserContext:
    """Open a window on the demo, as somebody or nobody, in a language."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{url}/login/")
    if page.evaluate("document.documentElement.lang") != language:
        page.locator(f"button[name=language][value={language}]").first.click()
    if who:
        page.locator("input[name=login]").fill(who)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form[action='/login/'] button.c-button--primary").click()
        page.wait_for_load_state()
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        form = {"csrfmiddlewaretoken": token, "language": language, "next": "/"}
        context.request.post(f"{url}/language/", form=form, headers={"Referer": url})
    page.close()
    return context


def take(context: BrowserContext, url: str, name: str, width: int, language: str) -> list[str]:
    """Take one screen in both themes; return what went wrong."""
    _, path, click = SCREENS[name]
    wrong = []
    for theme in ("light", "dark"):
        page = context.new_page()
        page.set_default_timeout(5000)
        page.emulate_media(color_scheme=theme)
        try:
            response = page.goto(url + path)
            if response is None or not response.ok:
                wrong.append(f"{path} answered {response.status if response else 'nothing'}")
                continue
            if click:
                click(page)
            page.wait_for_timeout(300)
            page.screenshot(path=TARGET / f"{name}-{width}-{theme}-{language}.png")
        except Exception as error:  # noqa: BLE001  # the other pictures are wanted all the same
            wrong.append(f"{theme}, {width}, {language}: {str(error).splitlines()[0]}")
        finally:
            page.close()
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
