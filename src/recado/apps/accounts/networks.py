"""Networks a program may come from, as people write them: one a line.

What belongs here: reading and tidying the list. What does not: whether an address is in it (`program_login.is_allowed_from`).
"""

import ipaddress

MOST_NETWORKS = 50


class NetworkError(ValueError):
    """A line is neither an address nor a network, or there are too many; `line` says which, empty for too many."""

    def __init__(self, line: str) -> None:
        super().__init__(f"{line!r} is no network" if line else f"more than {MOST_NETWORKS} networks")
        self.line = line


def tidy_networks(written: str) -> str:
    """Return the networks in one form, each once; a single address stays one. Raises NetworkError."""
    lines = [line.strip() for line in written.replace(",", "\n").splitlines() if line.strip()]
    if len(lines) > MOST_NETWORKS:
        raise NetworkError("")
    return "\n".join(dict.fromkeys(map(_tidy, lines)))


def _tidy(line: str) -> str:
    try:
        network = _plain(ipaddress.ip_network(line, strict=False))
    except ValueError:
        raise NetworkError(line) from None
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def _plain(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """Write what is IPv4 in the clothes of IPv6 as IPv4: callers are looked at that way, too."""
    mapped = network.network_address.ipv4_mapped if isinstance(network, ipaddress.IPv6Network) else None
    return ipaddress.IPv4Network((mapped, network.prefixlen - _MAPPED)) if mapped and network.prefixlen >= _MAPPED else network


_MAPPED = 96
"""Bits of IPv6 in front of an IPv4 address that is written in it."""
