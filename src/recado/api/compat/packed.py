"""Personalised messages packed into one string: `500600700:First]|[600700800:Second` (provider-api.md §3).

What belongs here: unpacking, with the slips of the client libraries. What does not: sending.
"""

_SEPARATOR = "]|["


def unpack(packed: str) -> list[tuple[str, str]]:
    """Split into (phone as written, text); entries without a colon get an empty text, so that the caller can refuse them.

    Tolerated: a separator at the end, a quote left over before a phone, the older form whose last text ends in a lone `]`.
    """
    entries = [entry for entry in packed.removesuffix(_SEPARATOR).split(_SEPARATOR) if entry]
    messages = [_split(entry) for entry in entries]
    if messages and messages[-1][1].endswith("]") and "[" not in messages[-1][1]:
        phone, text = messages[-1]
        messages[-1] = (phone, text.removesuffix("]"))
    return messages


def _split(entry: str) -> tuple[str, str]:
    phone, _, text = entry.partition(":")
    return phone.removeprefix('"'), text
