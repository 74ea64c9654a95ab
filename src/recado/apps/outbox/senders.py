"""What an outgoing message shows as its sender, and through which connection it leaves.

What belongs here: choosing and checking a sender for an account. What does not: which pool number writes to which phone (`pool`),
approving names (`apps.senders`).
"""

from dataclasses import dataclass
from enum import StrEnum

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.senders.models import SenderName


class SenderRefusal(StrEnum):
    """Why nothing can leave from the sender asked for."""

    NO_SENDER = "no_sender"
    """An own sender was asked for, and none named."""
    NAME_NOT_APPROVED = "name_not_approved"
    """The account has no such name, or it is not approved."""
    NOT_OWN_NUMBER = "not_own_number"
    CANNOT_SEND = "cannot_send"
    """The number's carrier does not take it as a sender, or it is suspended."""
    NO_POOL = "no_pool"
    """The installation has no pool numbers that can send."""
    NO_CONNECTION = "no_connection"
    """There is no link to a carrier it could leave through."""


class NoSenderError(ValueError):
    """Nothing can leave from the sender asked for; `reason` says why."""

    def __init__(self, reason: SenderRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sender:
    """Where messages leave from. With ECO+ each message has its own, chosen by `pool`."""

    kind: SendKind
    shown: str
    """Letters or digits; empty with ECO+."""
    number_id: int | None
    connection_id: int | None


def sender_for(
    account: Account, kind: SendKind, *, sender_name: SenderName | None = None, number: Number | None = None, is_test: bool = False
) -> Sender:
    """Check and describe a sender; raise NoSenderError. A test leaves through the simulator, and needs no approval by a carrier."""
    raise NotImplementedError
