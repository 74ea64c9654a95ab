"""Tries a connection now, because a person wants to know: what is bound is asked whether it lives, what is not is bound once.

What belongs here: the order of the questions and how they were answered. What does not: keeping links up (`link_keeper`).
A trial's session is a real one: what the carrier sends over it is stored and answered like everything else.
"""

import time
from collections.abc import Awaitable
from dataclasses import dataclass

from recado.gateway.link_errors import LinkError
from recado.gateway.link_keeper import LinkKeeper
from recado.protocols import smpp

CLOSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class TrialStep:
    """One question and its answer."""

    link: str
    name: str
    """`connect`, `bind`, `enquire_link` or `unbind`."""
    error: str
    """Empty where it went well."""
    milliseconds: int


async def ask(keeper: LinkKeeper) -> list[TrialStep]:
    """Ask a link that is bound whether it lives."""
    link = keeper.link
    if link is None:
        return []
    return [await _step(keeper, "enquire_link", link.request(smpp.EnquireLink(0)))]


async def bind_once(keeper: LinkKeeper) -> list[TrialStep]:
    """Connect, bind, ask, unbind, with a keeper that was never started; stop at the first failure."""
    connected = await _step(keeper, "connect", keeper.connect())
    link = keeper.link
    if connected.error or link is None:
        return [connected]
    steps = [connected]
    try:
        steps.append(await _step(keeper, "bind", keeper.bind(link)))
        if not steps[-1].error:
            steps.append(await _step(keeper, "enquire_link", link.request(smpp.EnquireLink(0))))
            steps.append(await _step(keeper, "unbind", link.close(timeout_seconds=CLOSE_SECONDS)))
    finally:
        if not link.closed.done():
            link.abort("the trial is over")
    return steps


async def _step(keeper: LinkKeeper, name: str, answer: Awaitable[object]) -> TrialStep:
    began = time.perf_counter()
    error = ""
    try:
        await answer
    except LinkError as failure:
        error = str(failure)
    except Exception as failure:  # noqa: BLE001  # whatever a setting leads to is what the person wants to see
        error = f"{type(failure).__name__}: {failure}"
    return TrialStep(keeper.status.label, name, error, round((time.perf_counter() - began) * 1000))
