"""Which words of a multimedia message decide: the subject with the text behind it, or the text alone.

What belongs here: choosing them by what the configuration knows. What does not: what is decided (`core.decide`).
"""

from dataclasses import replace
from datetime import datetime

from recado.core.decide import Match, find_owner
from recado.core.message import InboundMessage
from recado.core.mms import InboundMms
from recado.core.routes import Routes


def decide_on(routes: Routes, message: InboundMessage, mms: InboundMms, now: datetime) -> tuple[InboundMessage, Match]:
    """Return the message with the text that is decided on, and whose it is by that; the first text that says something wins."""
    found: list[tuple[InboundMessage, Match]] = []
    for text in mms.deciding_texts:
        said = replace(message, text=text.replace("\0", "\N{REPLACEMENT CHARACTER}"), mms=mms)
        match = find_owner(routes, said.sender, said.recipient, said.text, now)
        if match.says_something:
            return said, match
        found.append((said, match))
    return found[-1]
