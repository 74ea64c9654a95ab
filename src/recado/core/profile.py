"""What decisions must know about an account itself: its name and language for texts, and how it reads the time."""

from dataclasses import dataclass

from recado.core.condition import UTC_CLOCK, Clock


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as decisions see it."""

    name: str = ""
    language: str = "en"
    clock: Clock = UTC_CLOCK


NOBODY = Profile()
"""Where no account is known."""
