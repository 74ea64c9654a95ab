"""One range of octets out of a file, as players ask for it when somebody jumps (RFC 9110 §14). Pure; nothing else belongs here."""

import re

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first octet and the one after the last; None: the whole. Several ranges count as the whole; raise ValueError beyond it."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    if start >= size:
        raise ValueError(f"there are {size} octets")
    return start, min(int(last) + 1, size) if last else size
