"""Moments as the API writes them (provider-api.md §5).

What belongs here: the one form of a moment on the wire. What does not: reading moments (`params`).
"""

from datetime import datetime

from recado.api.compat.params import ZONE


def wire_time(moment: datetime) -> str:
    """Write a moment as `YYYY-MM-DD HH:MM:SS` in the provider's time zone, which is not named."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
