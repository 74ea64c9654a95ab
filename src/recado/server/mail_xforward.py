"""XFORWARD, by which Postfix tells whom a mail came from before it came to Postfix (https://www.postfix.org/XFORWARD_README.html).

What belongs here: reading the command. What does not: who is believed (`server.mail_listener`).
"""

import re
from typing import Final

ATTRIBUTES: Final = "NAME ADDR PORT PROTO HELO IDENT SOURCE"
"""Those that may be sent; ADDR alone is read."""
_ESCAPED: Final = re.compile(r"\+([0-9A-F]{2})")
"""xtext, RFC 3461."""


class XforwardError(ValueError):
    """What came is no such command."""


def told_address(argument: str) -> str | None:
    """Return the address of the client in the words behind the command, empty where it is unknown; None where they do not tell one."""
    address = None
    for one in argument.split():
        name, equals, value = one.partition("=")
        if not equals or name.upper() not in ATTRIBUTES.split():
            raise XforwardError("unknown attribute")
        if name.upper() == "ADDR":
            plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
            address = "" if plain.startswith("[") else re.sub("(?i)^ipv6:", "", plain)
    return address
