"""Whether a message handed on to a phone would go round in circles (product.md §7).

What belongs here: the check of one message by what was handed on lately, told what is known. What does not: loading it
(`store.phone_forwards`), the breaker of automatic answers (`breaker`), whether a phone may be chosen at all (`apps.outbox.destinations`).
"""

import re
from collections.abc import Container, Iterable
from datetime import timedelta
from typing import Final

from recado.core.breaker import as_echoed
from recado.core.phone_forward import PhoneRefusal

ECHO_WITHIN: Final = timedelta(days=1)
"""A text that we handed on so lately, come back, is an echo."""
MOST_QUOTED: Final = 3
"""So many addresses are looked for in a text; a chain of forwards needs one."""
_HOME: Final = "48"
_QUOTED: Final = re.compile(r"(?<![\w+])(?:\+(\d{7,15})|(\d{3} \d{3} \d{3})|(\d{3,8}|[A-Za-z][A-Za-z0-9.&-]{1,10})): ")


def quoted_senders(text: str) -> tuple[str, ...]:
    """Return whom a text may have been handed on from, if we did it: addresses written as `phone_forward.readable` writes them."""
    found = []
    for match in _QUOTED.finditer(text):
        abroad, home, other = match.groups()
        found.append(abroad or (_HOME + home.replace(" ", "") if home else other))
        if len(found) == MOST_QUOTED:
            break
    return tuple(dict.fromkeys(found))


def loops(target: str, sender: str, text: str, own_numbers: Container[str], handed_on: Iterable[str]) -> PhoneRefusal | None:
    """Say why a message must not be handed on to a phone; None where it may.

    `handed_on` are texts handed on within ECHO_WITHIN: to whoever sends this one, and of whoever it quotes (`quoted_senders`).
    """
    if target in own_numbers:
        return PhoneRefusal.OWN_NUMBER
    if target == sender:
        return PhoneRefusal.SAME_PHONE
    came = as_echoed(text)
    return PhoneRefusal.ECHO if any(one and as_echoed(one) in came for one in handed_on) else None
