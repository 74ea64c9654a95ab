"""Lists of addresses and networks in settings of connections. What belongs here: reading them, and asking. Pure."""

import ipaddress

from recado.carriers.base import SettingsError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(written: str) -> tuple[Network, ...]:
    """Read addresses and networks with blanks or commas between; raise SettingsError for the first that is none."""
    found = []
    for one in written.replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(one, strict=False))
        except ValueError as error:
            raise SettingsError(f"{one} is no address or network; write 192.0.2.7 or 192.0.2.0/24") from error
    return tuple(found)


def is_within(address: str, written: str) -> bool:
    """Whether an address is in one of the networks; an empty list lets everybody in, an address nobody can read is in none."""
    networks = read_networks(written)
    if not networks:
        return True
    try:
        given = ipaddress.ip_address(address)
    except ValueError:
        return False
    plain = getattr(given, "ipv4_mapped", None) or given
    return any(plain in network for network in networks)
