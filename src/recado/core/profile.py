"""What decisions must know about an account itself: its name and language for texts, how it reads the time, and what it pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recado.core.condition import UTC_CLOCK, Clock
from recado.core.price import STANDARD_PRICES, Service


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as decisions see it."""

    name: str = ""
    language: str = "en"
    clock: Clock = UTC_CLOCK
    prices: Mapping[Service, int] = field(default_factory=lambda: STANDARD_PRICES)
    """Minor units a segment, by the account's plan."""


NOBODY = Profile()
"""Where no account is known."""
