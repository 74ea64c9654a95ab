"""What was signed in a call of a webhook, and what its signature must be: so that a program that refuses it can be put right.

What belongs here: reading a call as it was logged. What does not: signing (`core`, `delivery`), keys (`apps.outbox.secrets`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recado.apps.outbox.models import Attempt


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers, and the headers that carried it."""

    content: str
    header: str
    """The name of the header."""
    sent: str
    """Its value."""
    is_cut: bool = False
    """The log holds the beginning of the body only, so that nothing can be computed from it."""


def signed_by(attempt: Attempt) -> Signed | None:
    """Return what was signed in an attempt; None where the log does not hold it."""
    head, _blank, body = attempt.request.partition("\n\n")
    first, *lines = head.splitlines() or [""]
    headers = _headers(lines)
    if headers.get("webhook-id", "").startswith("batch_"):  # of what several messages were told with, each log has its own part
        return None
    if "webhook-id" in headers and "webhook-signature" in headers:
        content = f"{headers['webhook-id']}.{headers.get('webhook-timestamp', '')}.{body}"
        return Signed(content, "webhook-signature", headers["webhook-signature"])
    if "x-twilio-signature" in headers:
        return Signed(first.partition(" ")[2], "x-twilio-signature", headers["x-twilio-signature"])
    return None


def _headers(lines: list[str]) -> Mapping[str, str]:
    parted = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _colon, value in parted}
