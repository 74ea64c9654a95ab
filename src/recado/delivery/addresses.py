"""Which IP addresses a forward may reach: the public internet, and nothing else unless the operator says so.

Pure. The networks are listed here, not taken from `ipaddress.is_global`, whose answers differ between Python versions
(IANA special-purpose address registries, RFC 6890). Product: product.md §7.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

NEVER = (
    ("the unspecified address", "0.0.0.0/8 ::/128"),
    ("a link-local address", "169.254.0.0/16 fe80::/10"),
    ("a cloud metadata address", "100.100.100.200/32 192.0.0.192/32 168.63.129.16/32 fd00:ec2::/32 fd20:ce::/32"),
    ("a multicast address", "224.0.0.0/4 ff00::/8"),
    ("a broadcast or reserved address", "240.0.0.0/4 192.0.0.0/24 192.88.99.0/24 ::/96 100::/64 fec0::/10 5f00::/16"),
    ("an address for documentation", "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20"),
    ("a tunnel or protocol address", "2001::/23 2002::/16"),
)
"""Refused even where the operator allows private networks. Order matters: the first name found is told."""

PRIVATE = (
    ("a loopback address", "127.0.0.0/8 ::1/128"),
    ("a private address", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 198.18.0.0/15 fc00::/7 64:ff9b:1::/48"),
)
"""Refused unless the operator allows private networks."""

GLOBAL_IPV6 = IPv6Network("2000::/3")
MAPPED = IPv6Network("::ffff:0:0/96")
TRANSLATED = IPv6Network("64:ff9b::/96")


def _networks(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, IPv4Network | IPv6Network], ...]:
    return tuple((name, (IPv6Network if ":" in text else IPv4Network)(text)) for name, texts in rows for text in texts.split())


_PRIVATE = _networks(PRIVATE)
_NEVER = _networks(NEVER)


@lru_cache(maxsize=4096)
def refusal(text: str, *, allow_private: bool) -> str | None:
    """Name what is wrong with an address as the resolver wrote it, or return None where it may be reached."""
    try:
        address = ip_address(text)
    except ValueError:
        return "not an IP address"
    return _refusal(address, allow_private=allow_private)


def _refusal(address: Address, *, allow_private: bool) -> str | None:
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return "a link-local address"
        if address in MAPPED or address in TRANSLATED:
            return _refusal(IPv4Address(int(address) & 0xFFFFFFFF), allow_private=allow_private)
    for name, network in _PRIVATE:
        if address in network and not _is_metadata(address):
            return None if allow_private else name
    for name, network in _NEVER:
        if address in network:
            return name
    if isinstance(address, IPv6Address) and address not in GLOBAL_IPV6:
        return "not a public address"
    return None


def _is_metadata(address: Address) -> bool:
    return any(address in network for name, network in _NEVER if "metadata" in name)
