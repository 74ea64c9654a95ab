"""The way to a file on the web: the server says who fetches, because nothing here may reach other hosts by itself.

What belongs here: the port and what fills it by default. What does not: fetching, and the guard against private networks (`delivery`).
"""

from collections.abc import Callable
from typing import TypeAlias

Fetcher: TypeAlias = Callable[[str, int], bytes]
"""Takes an address and how many bytes are too many; returns the content, or raises FetchError."""


class FetchError(RuntimeError):
    """The file could not be fetched; the text says why."""


def no_fetcher(url: str, most_bytes: int) -> bytes:
    """Refuse: what fetches until the server says who does."""
    raise FetchError(f"nothing here fetches {url} (at most {most_bytes} bytes)")


_fetcher: Fetcher = no_fetcher


def set_fetcher(fetcher: Fetcher = no_fetcher) -> None:
    """Say who fetches from now on; without an argument, nobody."""
    global _fetcher  # noqa: PLW0603  # the one port of the process, filled once by the server
    _fetcher = fetcher


def fetch(url: str, most_bytes: int) -> bytes:
    """Fetch a file; raises FetchError."""
    return _fetcher(url, most_bytes)
