"""What an open public page shows at a moment; read by `server`, also before Django is set up.

What belongs here: the value alone. What does not: making it (`board`).
"""

from dataclasses import dataclass

NOBODY_LOOKS = "gone"
"""The state of a page whose address leads nowhere any more."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an open page shows at a moment."""

    state: str
    """Changes whenever the page does."""
    html: str
