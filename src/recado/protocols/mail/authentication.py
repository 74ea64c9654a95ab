"""Reads `Authentication-Results` (RFC 8601): whether the mail server in front found a mail to be from who it says.

What belongs here: the header of the one server we trust. What does not: checking signatures, which that server did.
"""

import re
from collections.abc import Iterable
from typing import Final

_METHOD: Final = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*(\w+)(.*)$", re.IGNORECASE | re.DOTALL)
_PROPERTY: Final = re.compile(r"(?<!\S)(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*([^\s;]+)", re.IGNORECASE)


def is_authentic(results: Iterable[str], trusted: str, sender: str) -> bool:
    """Say whether `trusted` vouches for the domain of `sender`, by DMARC, or by DKIM or SPF of the very same domain.

    Only headers that bear the name of the trusted server count; it must remove those that others wrote in its name.
    """
    domain = sender.rpartition("@")[2].lower()
    return bool(domain) and any(
        _vouches(method, domain)
        for header in results
        for name, *methods in [_plain(header).split(";")]
        if name.split()[:1] == [trusted]
        for method in methods
    )


def _plain(header: str) -> str:
    """Leave comments out, and of quoted words what could be taken for syntax: who sends a mail chooses what some of them say."""
    kept: list[str] = []
    depth, is_quoted = 0, False
    letters = iter(header)
    for letter in letters:
        if letter == "\\":
            next(letters, "")  # a quoted pair, whatever it is
            continue
        if letter == '"' and not depth:
            is_quoted = not is_quoted
        elif is_quoted:
            kept.append(letter if letter.isalnum() or letter in "@.-+" else "_")
        elif letter in "()":
            depth += 1 if letter == "(" else -min(depth, 1)
            kept.append(" ")
        elif not depth:
            kept.append(letter)
    return "" if is_quoted or depth else "".join(kept)


def _vouches(method: str, domain: str) -> bool:
    read = _METHOD.match(method)
    if read is None or read[2].lower() != "pass":
        return False
    domains = {key.lower(): value.rpartition("@")[2].lower() for key, value in _PROPERTY.findall(read[3])}
    wanted = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}[read[1].lower()]
    return any(domains.get(key) == domain for key in wanted)
