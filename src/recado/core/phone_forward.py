"""What a message says when it is handed on to a phone as a text, and how many of them a phone gets (product.md §7).

What belongs here: the text and the daily limit. What does not: where it must not go (`phone_loop`), what it costs (`price`), writing it
(`store.phone_forwards`).
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Final

TEMPLATE: Final = "{sender}: {text}"
MOST_SEGMENTS: Final = 10
"""What is longer is cut: it is read in full where messages are."""
CUT: Final = "..."
"""Marks what was cut; an ellipsis of one sign would make every text one of 70 letters a part."""
STANDARD_DAILY_LIMIT: Final = 100
"""Messages a phone gets within LIMIT_WITHIN, where its destination names no other number."""
LIMIT_WITHIN: Final = timedelta(hours=24)
_HOME: Final = "48"
_NATIONAL: Final = 9
"""Digits of a Polish number behind the country's."""
_JOINERS: Final = "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}"


class PhoneRefusal(StrEnum):
    """Why a message is not handed on to a phone; kept as the error of its job. It stays where messages are read."""

    OWN_NUMBER = "phone_own_number"
    """The phone is a number of the installation: it would come back."""
    SAME_PHONE = "phone_same_phone"
    """It came from the very phone."""
    ECHO = "phone_echo"
    """It is a text that was handed on lately, come back."""
    OPTED_OUT = "phone_opted_out"
    """Who has the phone wants no texts."""
    BLOCKED = "phone_blocked"
    DAILY_LIMIT = "phone_daily_limit"
    NO_CREDIT = "phone_no_credit"
    NO_SENDER = "phone_no_sender"
    """Nothing can be sent from the number it came to, and no pool number is free for the phone."""
    SWITCHED_OFF = "phone_switched_off"
    UNCONFIRMED = "phone_unconfirmed"
    """Nobody who has the phone agreed yet (`phone_code`)."""
    NO_TEXT = "phone_no_text"
    """There is nothing to hand on: whoever wrote it asked to be forgotten, or it was empty."""
    GONE = "phone_gone"
    """Destination or message is gone."""
    BROKEN = "phone_broken"
    """It could not be worked off because of a fault of ours; the log of the program says more."""


def readable(address: str) -> str:
    """Write an address as people at home read it: `501 222 333`, other countries as `+4915112345678`, codes and names as they are."""
    if not (address.isascii() and address.isdecimal()) or len(address) < _NATIONAL:
        return address
    national = address.removeprefix(_HOME)
    if len(national) == _NATIONAL and len(address) == _NATIONAL + len(_HOME):
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    return f"+{address}"


def forwarded_text(sender: str, text: str, count_segments: Callable[[str], int]) -> str:
    """Return the text that tells a phone what somebody wrote, in at most MOST_SEGMENTS."""
    whole = TEMPLATE.format(sender=readable(sender), text=text.strip())
    if count_segments(whole) <= MOST_SEGMENTS:
        return whole
    fits, too_long = 0, len(whole)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if count_segments(whole[:middle] + CUT) <= MOST_SEGMENTS:
            fits = middle
        else:
            too_long = middle
    while (fits and whole[fits] in _JOINERS) or whole[fits - 1] in _JOINERS:  # never half of a sign made of several
        fits -= 1
    return whole[:fits].rstrip() + CUT
