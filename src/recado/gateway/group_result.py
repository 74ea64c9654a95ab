"""What a group of received items came to, for the answers to carriers, open pages and figures.

Only the shape is here; filling it belongs to `receive`.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

Place: TypeAlias = tuple[int, int | None]
"""Account and dialogue of something that changed."""


@dataclass(slots=True)
class GroupResult:
    """What a group came to. Becomes true when the transaction is committed."""

    message_ids: list[int]
    """One per item: its message, 0 for a part that waits, a receipt or anything else."""
    messages: list[Place] = field(default_factory=list)
    """Where inbound messages appeared or changed."""
    outbound: list[Place] = field(default_factory=list)
    """Where outgoing messages reached a final state."""
    stored_count: int = 0
    unmatched_count: int = 0
    duplicate_count: int = 0
    waiting_count: int = 0
    """Parts stored of messages that are not complete."""
    receipt_count: int = 0
    job_count: int = 0
    contact_count: int = 0
    stopped: list[int] = field(default_factory=list)
    """Accounts whose automatic answers to a phone the breaker stopped."""
