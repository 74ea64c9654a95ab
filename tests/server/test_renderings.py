"""Rendering for many tabs: once for each person, whatever becomes of the tab that asked first."""

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from recado.gateway.live import Event, Notice
from recado.server.renderings import KEPT, Renderings
from recado.server.viewer import Viewer


def viewer(user_id: int = 1, account_id: int = 1, language: str = "en") -> Viewer:
    someone: Any = SimpleNamespace(pk=user_id)
    account: Any = SimpleNamespace(pk=account_id)
    return Viewer(someone, account, language)


def event(number: int) -> Event:
    return Event(number, Notice("message", 1, 7), 0.0)


class Rendered:
    """Counts what was rendered."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, int, str]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def __call__(self, what: Event, who: Viewer) -> str:
        self.may_go_on.wait(5)
        self.asked.append((what.id, who.account.pk, who.user.pk, who.language))
        return f"{what.id} for {who.user.pk}"


def test_tabs_of_one_person_share_one_rendering():
    rendered = Rendered()

    async def run() -> list[str]:
        renderings = Renderings(rendered)
        return await asyncio.gather(*(renderings.of(event(5), viewer()) for _ in range(500)))

    assert asyncio.run(run()) == ["5 for 1"] * 500
    assert len(rendered.asked) == 1


@pytest.mark.parametrize("other", [viewer(user_id=2), viewer(account_id=2), viewer(language="pl")])
def test_other_people_accounts_and_languages_get_their_own(other):
    rendered = Rendered()

    async def run() -> None:
        renderings = Renderings(rendered)
        await asyncio.gather(renderings.of(event(5), viewer()), renderings.of(event(5), other), renderings.of(event(6), viewer()))

    asyncio.run(run())
    assert len(set(rendered.asked)) == 3


def test_a_tab_that_goes_away_takes_no_rendering_with_it():
    rendered = Rendered()
    rendered.may_go_on.clear()

    async def run() -> str:
        renderings = Renderings(rendered)
        first = asyncio.ensure_future(renderings.of(event(5), viewer()))
        await asyncio.sleep(0.01)
        second = asyncio.ensure_future(renderings.of(event(5), viewer()))
        first.cancel()
        rendered.may_go_on.set()
        return await second

    assert asyncio.run(run()) == "5 for 1"


def test_old_renderings_are_forgotten():
    rendered = Rendered()

    async def run() -> None:
        renderings = Renderings(rendered)
        for number in range(KEPT + 1):
            await renderings.of(event(number), viewer())
        await renderings.of(event(0), viewer())

    asyncio.run(run())
    assert len(rendered.asked) == KEPT + 2
