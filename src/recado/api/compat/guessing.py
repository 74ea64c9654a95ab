"""Wrong passwords of late, by where they came from: who guesses on is turned away before anything is hashed.

What belongs here: counting. What does not: credentials (`auth`). Counted by address, not by user name: else anybody could lock out anybody.
"""

import ipaddress
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

AT_MOST = 20
WITHIN = timedelta(minutes=1)
_ADDRESSES_AT_MOST = 10_000
_IPV6_NETWORK = 64
"""Bits: what one subscriber usually has."""


class Guesses:
    """Counts wrong passwords per address, or per network of IPv6, minute by minute."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = threading.Lock()

    def is_too_many(self, address: str, now: datetime) -> bool:
        """Whether this caller must wait before the next password is looked at."""
        with self._lock:
            began, count = self._counts.get(_caller(address), (now, 0))
        return count >= AT_MOST and now - began < WITHIN

    def note(self, address: str, now: datetime) -> None:
        """Count a wrong password."""
        caller = _caller(address)
        with self._lock:
            began, count = self._counts.pop(caller, (now, 0))
            if now - began >= WITHIN:
                began, count = now, 0
            self._counts[caller] = (began, count + 1)
            if len(self._counts) > _ADDRESSES_AT_MOST:
                self._counts.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts.clear()


def _caller(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed), _IPV6_NETWORK), strict=False))
    return str(parsed)
