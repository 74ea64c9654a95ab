"""What an outgoing message shows as its sender, and through which connection it leaves.

What belongs here: choosing and checking a sender for an account. What does not: which pool number writes to which phone (`pool`),
approving names (`apps.senders`).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.connections.models import Connection
from recado.apps.contacts.phone import parse_address
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.pool import pool_numbers
from recado.apps.senders.models import SenderName
from recado.carriers.registry import MMS_KINDS
from recado.carriers.simulator.kind import SIMULATOR
from recado.core.number import NumberState


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
    NOT_SURVEYS_NUMBER = "not_surveys_number"
    """A survey is sent from its own number alone, so that answers come back to it."""
    NO_MMS = "no_mms"
    """An MMS leaves from a number of the account's own that has MMS, and only from such."""


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
    """Check and describe a sender; raise NoSenderError. A test leaves through the simulator."""
    if kind == SendKind.MMS:
        return _for_mms(account, number, is_test=is_test)
    if kind == SendKind.ECO:
        if not is_test and not pool_numbers():
            raise NoSenderError(SenderRefusal.NO_POOL)
        return Sender(SendKind.ECO, "", None, ready_simulator().pk if is_test else None)
    if sender_name is not None:
        return Sender(
            SendKind.FULL, _approved(account, sender_name).name, None, ready_simulator().pk if is_test else _connection_of_names(account)
        )
    if number is None:
        raise NoSenderError(SenderRefusal.NO_SENDER)
    return _from_number(account, number, is_test=is_test)


def own_senders(account: Account) -> QuerySet[Number]:
    """Return the account's own numbers that messages can leave from, by digits."""
    mine = Number.objects.filter(account=account, state=NumberState.ASSIGNED.value, can_send=True, connection__isnull=False)
    return mine.order_by("digits")


def _approved(account: Account, name: SenderName) -> SenderName:
    found = SenderName.objects.filter(pk=name.pk, account=account, state=SenderName.State.AUTHORIZED).first()
    if found is None:
        raise NoSenderError(SenderRefusal.NAME_NOT_APPROVED)
    return found


def _from_number(account: Account, number: Number, *, is_test: bool) -> Sender:
    if number.account_id != account.pk:
        raise NoSenderError(SenderRefusal.NOT_OWN_NUMBER)
    if not is_test and (number.state != NumberState.ASSIGNED or not number.can_send):
        raise NoSenderError(SenderRefusal.CANNOT_SEND)
    if not is_test and number.connection_id is None:
        raise NoSenderError(SenderRefusal.NO_CONNECTION)
    return Sender(SendKind.FULL, number.digits, number.pk, ready_simulator().pk if is_test else number.connection_id)


def mms_connection(number: Number) -> Connection | None:
    """Return the link a number sends MMS through: its own for MMS, else its usual one where that carries them."""
    found = number.mms_connection or number.connection
    return found if found is not None and found.kind in MMS_KINDS else None


def mms_senders(account: Account) -> list[Number]:
    """Return the account's own numbers that MMS can leave from, by digits."""
    mine = Number.objects.filter(account=account, state=NumberState.ASSIGNED.value, can_send=True).order_by("digits")
    return [one for one in mine.select_related("connection", "mms_connection") if one.capabilities.mms and mms_connection(one) is not None]


def _for_mms(account: Account, number: Number | None, *, is_test: bool) -> Sender:
    if number is None:
        raise NoSenderError(SenderRefusal.NO_SENDER)
    if number.account_id != account.pk:
        raise NoSenderError(SenderRefusal.NOT_OWN_NUMBER)
    if not number.capabilities.mms:
        raise NoSenderError(SenderRefusal.NO_MMS)
    if is_test:
        return Sender(SendKind.MMS, number.digits, number.pk, ready_simulator().pk)
    if number.state != NumberState.ASSIGNED or not number.can_send:
        raise NoSenderError(SenderRefusal.CANNOT_SEND)
    link = mms_connection(number)
    if link is None:
        raise NoSenderError(SenderRefusal.NO_CONNECTION)
    return Sender(SendKind.MMS, number.digits, number.pk, link.pk)


def _connection_of_names(account: Account) -> int:
    """Choose the link a name leaves through: that of a number of the account, else that of the pool, else any that is in use."""
    own = own_senders(account).filter(connection__is_enabled=True).order_by("pk").values_list("connection_id", flat=True).first()
    if own is not None:
        return own
    if pool := pool_numbers():
        return pool[0].connection_id
    other = Connection.objects.filter(is_enabled=True).exclude(kind=SIMULATOR.name).order_by("pk").values_list("pk", flat=True).first()
    if other is None:
        raise NoSenderError(SenderRefusal.NO_CONNECTION)
    return other


def written_sender(account: Account, written: str) -> tuple[SenderName | None, Number | None]:
    """Find what a program means by a sender: an approved name, exactly or but for capitals, or a number of the account, in any usual form.

    Raises NoSenderError where the account has neither.
    """
    asked = written.strip()
    names = list(SenderName.objects.filter(account=account, name__iexact=asked, state=SenderName.State.AUTHORIZED).order_by("pk"))
    if names:
        return next((name for name in names if name.name == asked), names[0]), None
    number = Number.objects.filter(account=account, digits=parse_address(asked) or asked).first()
    if number is None:
        is_number = asked.lstrip("+").replace(" ", "").isdecimal()
        raise NoSenderError(SenderRefusal.NOT_OWN_NUMBER if is_number else SenderRefusal.NAME_NOT_APPROVED)
    return None, number
