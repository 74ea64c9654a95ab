"""Links are tried on the event loop they run on in production."""

import asyncio
from collections.abc import Iterator

import pytest
import uvloop


@pytest.fixture(autouse=True, scope="session")
def uvloop_policy() -> Iterator[None]:
    """Use uvloop for the session's loops, as `recado serve` does."""
    before = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    yield
    asyncio.set_event_loop_policy(before)
