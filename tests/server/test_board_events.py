"""Open pages of boards: told what is new, all by one look, up to a limit, until the server stops."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import pytest

from recado.panel.public.looks import NOBODY_LOOKS, Look
from recado.server import board_events
from recado.server.board_events import Screens


class Boards:
    """What pages show, by address; counts how often it was asked."""

    def __init__(self) -> None:
        self.now = {"party": Look("1", "<main>\none</main>")}
        self.asked: list[Mapping[str, str]] = []

    def __call__(self, seen: Mapping[str, str]) -> Mapping[str, Look]:
        self.asked.append(dict(seen))
        gone = Look(NOBODY_LOOKS, "")
        return {token: self.now.get(token, gone) for token, state in seen.items() if self.now.get(token, gone).state != state}


def watched(boards: Boards, act: Callable[[Screens], Awaitable[None]], is_over: Callable[[], bool] = lambda: False) -> None:
    async def run() -> None:
        async with asyncio.timeout(10):
            await act(Screens(boards, is_over, every=0.001))

    asyncio.run(run())


def test_a_page_gets_what_is_shown_then_each_change_and_the_end() -> None:
    boards = Boards()

    async def act(screens: Screens) -> None:
        stream = screens.follow("party")
        assert await anext(stream) == "retry: 3000\n\n"
        assert await anext(stream) == "data: <main>\ndata: one</main>\n\n"
        boards.now["party"] = Look("2", "two")
        assert await anext(stream) == "data: two\n\n"
        del boards.now["party"]
        assert await anext(stream) == "event: gone\ndata:\n\n"
        assert [text async for text in stream] == []

    watched(boards, act)


def test_one_look_serves_all_pages_and_nobody_is_looked_for_once_all_are_closed() -> None:
    boards = Boards()

    async def act(screens: Screens) -> None:
        streams = [screens.follow("party") for _ in range(50)]
        for stream in streams:
            await anext(stream)
        assert {await anext(stream) for stream in streams} == {"data: <main>\ndata: one</main>\n\n"}
        assert all(set(seen) == {"party"} for seen in boards.asked)
        for stream in streams:
            await stream.aclose()
        await asyncio.sleep(0.02)
        count = len(boards.asked)
        await asyncio.sleep(0.02)
        assert len(boards.asked) == count

    watched(boards, act)


def test_a_page_that_is_slow_gets_the_latest_only_and_a_quiet_one_hears_that_all_is_well() -> None:
    boards = Boards()

    async def act(screens: Screens) -> None:
        stream = screens.follow("party", heartbeat=0.05)
        await anext(stream)
        await anext(stream)
        assert await anext(stream) == ": still here\n\n"
        other = screens.follow("party")
        await anext(other)
        for state in ("2", "3", "4"):
            boards.now["party"] = Look(state, state)
            assert await anext(other) in {f"data: {state}\n\n", "data: <main>\ndata: one</main>\n\n"}
        while (text := await anext(stream)) == ": still here\n\n":
            pass
        assert text == "data: 4\n\n"

    watched(boards, act)


def test_pages_end_with_the_server_and_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_events, "MOST_OF_BOARD", 1)
    over = False

    async def act(screens: Screens) -> None:
        nonlocal over
        assert screens.has_room("party")
        stream = screens.follow("party")
        await anext(stream)
        assert not screens.has_room("party")
        assert screens.has_room("another")
        over = True
        assert [text async for text in stream] in ([], ["data: <main>\ndata: one</main>\n\n"])

    watched(Boards(), act, lambda: over)
