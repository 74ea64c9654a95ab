"""Who calls from inside: this machine, or the private network it stands in.

What belongs here: the question. What strangers are not shown is said where it is shown (`application`).
"""

import ipaddress

from starlette.requests import Request


def is_inside(request: Request) -> bool:
    """Whether the caller, as a proxy on this machine reports it, has a loopback or private address."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    plain = getattr(address, "ipv4_mapped", None) or address
    return bool(plain.is_loopback or plain.is_private)
