"""Working hours as an account keeps them.

What belongs here: writing what is stored. What does not: the rules about being open, which decisions about messages need, too
(`core.opening`), saving (`company`), which days are public holidays (`public_holidays`).
"""

from recado.core.opening import OFFICE_HOURS, WEEKDAYS, Hours, closing, is_open, next_opening
from recado.core.opening import read_hours as from_json

__all__ = ["OFFICE_HOURS", "WEEKDAYS", "Hours", "closing", "from_json", "is_open", "next_opening", "to_json"]


def to_json(hours: Hours) -> dict[str, list[str]]:
    """Write hours as an account keeps them."""
    return {day: [opens.strftime("%H:%M"), closes.strftime("%H:%M")] for day, (opens, closes) in hours.items()}
