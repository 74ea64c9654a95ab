"""Moments in the form of SMPP: `YYMMDDhhmmsstnnp`, absolute, in UTC (SMPP 3.4 §7.1.1)."""

from datetime import UTC, datetime


def validity_of(moment: datetime) -> str:
    """Write when a carrier is to give a message up."""
    return f"{moment.astimezone(UTC):%y%m%d%H%M%S}000+"
