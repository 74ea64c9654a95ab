"""Reads the address of a request: where it leads, and what is asked there.

Pure. What belongs here: schemes, hosts and ports that may be used, path and query as they are sent. What does not: which IP addresses may
be reached (`addresses`), filling a template (`macros`). What a URL is, is left to a library; the part in front of the path is remembered,
because the addresses of one destination differ behind it only.
"""

import re
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

import httpx2

from recado.core.forward_ports import wrong_port
from recado.delivery.errors import DeliveryError
from recado.delivery.http_request import write_headers

_USUAL = re.compile(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)(/.*)", re.DOTALL)
_UNUSUAL = re.compile(r"[^A-Za-z0-9._~!$&*+,;=:@()/?%-]|%(?![0-9A-Fa-f]{2})|/\.")
"""What is rewritten or cut off before it is sent: signs to be escaped, fragments, steps to the folder above."""


class Place(NamedTuple):
    """Where an address leads."""

    scheme: str
    name: str
    """Of the host, as it is asked for; without brackets."""
    port: int
    is_address: bool
    """Whether the name is an IP address, so that there is nothing to ask a name server."""
    shown: str
    """The name as people write it."""
    netloc: str
    """Host and port as they are sent."""
    head: bytes
    """The header lines of every request there."""


def read_address(text: str) -> tuple[Place, bytes]:
    """Return where an address leads and the target to ask for; raise DeliveryError, httpx2.InvalidURL or UnicodeError."""
    usual = _USUAL.fullmatch(text)
    if usual is not None and not _UNUSUAL.search(usual[2]):
        return _place(usual[1]), usual[2].encode("ascii")
    url = httpx2.URL(text)
    return _place_of(url), url.raw_path


def as_sent(text: str) -> str:
    """Return an address as the other side puts it together from what it is sent; one that cannot be used as it is."""
    try:
        place, target = read_address(text)
    except (DeliveryError, httpx2.InvalidURL, UnicodeError):
        return text
    return f"{place.scheme}://{place.netloc}{target.decode('ascii')}"


@lru_cache(maxsize=4096)
def _place(text: str) -> Place:
    return _place_of(httpx2.URL(text))


def _place_of(url: httpx2.URL) -> Place:
    if url.scheme not in {"http", "https"}:
        raise DeliveryError(f"the address must begin with http:// or https://, not {url.scheme or 'nothing'}", permanent=True)
    if not url.host:
        raise DeliveryError("the address names no host", permanent=True)
    if url.userinfo:
        raise DeliveryError("the address must not contain a user name or password", permanent=True)
    if wrong := wrong_port(url.port):
        raise DeliveryError(wrong, permanent=True)
    name = url.raw_host.decode("ascii").strip("[]")
    netloc = url.netloc.decode("ascii")
    ours = {"host": netloc, "user-agent": "Recado", "accept": "*/*", "accept-encoding": "identity"}
    port = url.port or (443 if url.scheme == "https" else 80)
    return Place(url.scheme, name, port, _is_address(name), url.host, netloc, write_headers(ours.items()))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
