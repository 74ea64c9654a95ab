"""Who goes next over the links of a connection: urgent before bulk, within windows and rate, and nobody waits for a link that is gone."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from recado.gateway.rate_limit import RateLimit
from recado.gateway.turnstile import Turnstile


def link(*, is_bound: bool = True) -> SimpleNamespace:
    return SimpleNamespace(link=SimpleNamespace(is_bound=is_bound), status=SimpleNamespace(is_paused=False))


@dataclass
class Crowd:
    """Submissions that go through a turnstile and come back when told."""

    turnstile: Turnstile
    through: list[str] = field(default_factory=list)
    gates: list[object] = field(default_factory=list)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def come(self, *names: str, is_bulk: bool = False) -> None:
        for name in names:
            self.tasks[name] = asyncio.ensure_future(self._enter(name, is_bulk))
        await self.settle()

    async def _enter(self, name: str, is_bulk: bool) -> None:
        self.gates.append(await self.turnstile.enter(is_bulk=is_bulk))
        self.through.append(name)

    async def back(self) -> None:
        self.turnstile.leave(self.gates.pop(0))
        await self.settle()

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


def play(scenario, *links, window=1, rate=0):
    async def run():
        await scenario(Crowd(Turnstile(links or [link()], window, RateLimit(rate))))

    asyncio.run(run())


def test_urgent_overtakes_bulk_that_waits_and_each_class_keeps_its_order():
    async def scenario(crowd):
        await crowd.come("first", "b1", "b2", is_bulk=True)
        await crowd.come("u1", "u2")
        for _ in range(4):
            await crowd.back()
        assert crowd.through == ["first", "u1", "u2", "b1", "b2"]

    play(scenario)


def test_no_more_are_through_than_the_windows_hold_and_links_take_turns():
    async def scenario(crowd):
        await crowd.come(*"abcde")
        assert crowd.through == list("abcd")
        assert len({id(gate) for gate in crowd.gates[:2]}) == 2
        await crowd.back()
        assert crowd.through == list("abcde")

    play(scenario, link(), link(), window=2)


def test_a_link_that_is_down_is_left_out_and_without_any_nobody_waits():
    down = link(is_bound=False)

    async def scenario(crowd):
        await crowd.come("a", "b")
        assert crowd.through == ["a"]
        crowd.turnstile.gates[0].keeper.link.is_bound = False
        crowd.turnstile.gates[1].keeper.link.is_bound = False
        await crowd.back()
        assert crowd.through == ["a", "b"]
        assert crowd.gates == [None]
        assert crowd.turnstile.places() == 0

    play(scenario, down, link())


def test_who_is_called_off_takes_no_place():
    async def scenario(crowd):
        await crowd.come("a", "b", "c")
        crowd.tasks["b"].cancel()
        await crowd.back()
        assert crowd.through == ["a", "c"]
        crowd.tasks["c"].cancel()
        await crowd.come("d")
        crowd.turnstile.leave(crowd.gates.pop(0))
        crowd.tasks["d"].cancel()  # at the very moment when it is its turn
        await crowd.settle()
        await crowd.come("e")
        assert crowd.through == ["a", "c", "e"]

    play(scenario)


def test_the_rate_limit_lets_urgent_go_first_too():
    async def scenario(crowd):
        crowd.turnstile.rest(0.05)
        await crowd.come("b1", "b2", is_bulk=True)
        await crowd.come("u1")
        async with asyncio.timeout(5):
            await asyncio.gather(*crowd.tasks.values())
        assert crowd.through == ["u1", "b1", "b2"]

    play(scenario, window=10, rate=100)


@pytest.mark.parametrize(("window", "rate", "least", "most"), [(8, 0, 10, 10), (50, 10, 2, 2), (50, 100, 11, 11)])
def test_a_quiet_connection_takes_what_can_leave_soon(window, rate, least, most):
    async def scenario(crowd):
        assert least <= crowd.turnstile.places() <= most

    play(scenario, window=window, rate=rate)


def test_a_busy_connection_takes_what_left_of_late_beside_what_is_unanswered():
    async def scenario(crowd):
        for name in range(40):
            await crowd.come(str(name))
            await crowd.back()
        await crowd.come("unanswered")
        assert 10 <= crowd.turnstile.places() <= 50

    play(scenario, window=10)


def test_a_link_that_reads_nothing_takes_nothing():
    async def scenario(crowd):
        crowd.turnstile.gates[0].keeper.status.is_paused = True
        assert crowd.turnstile.places() == 0

    play(scenario)
