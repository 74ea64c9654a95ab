"""The clock of this process, as everything that is told the time gets it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time as aware UTC."""
    return datetime.now(UTC)
