"""Writes about access numbers, and the counter that tells gateways to load their routes anew.

What belongs here: adding, naming and assigning numbers, bumping the routing version. What does not: suspending and releasing (`lifecycle`),
keywords and rules (`apps.keywords`), reads (`queries`).
"""

from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number, RoutingChange, RoutingVersion
from recado.core.number import CAPABILITIES, NumberKind, NumberState

CHANGES_KEPT = 1000
"""Versions for which it is kept what changed. Gateways look twice a second; one that missed more reads everything."""


class NumberRefusal(StrEnum):
    """Why a number cannot be made or changed as asked; the value is a sentence for the command line."""

    NO_DIGITS = "a number consists of digits"
    SHARED = "a shared number belongs to no account"
    THERE_ALREADY = "the number is there already"
    HAS_KEYWORDS = "the number still has keywords; end them first"
    IN_QUARANTINE = "the number rests after its last owner"
    NOT_IN_USE = "the number is not in use"
    ORDERED = "the number is held for the order of another account"


class NumberError(ValueError):
    """A number cannot be made or changed as asked; `reason` says why."""

    def __init__(self, reason: NumberRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def bump_routing(*, number_id: int | None = None, keyword_id: int | None = None, account_id: int | None = None) -> None:
    """Make gateways load their routes anew; call it in the transaction of the change they must see.

    With a keyword of a number they read that keyword alone: whatever it was, and whether or not it is still there. With an account, and
    no keyword, they read its autoresponders alone. Anything else that decisions depend on takes all of them.
    """
    with transaction.atomic():
        RoutingVersion.objects.get_or_create(pk=1)
        RoutingVersion.objects.filter(pk=1).update(version=F("version") + 1)
        if (number_id is not None and keyword_id is not None) or account_id is not None:
            version = RoutingVersion.objects.values_list("version", flat=True).get(pk=1)
            RoutingChange.objects.create(version=version, number_id=number_id or 0, keyword_id=keyword_id or 0, account_id=account_id or 0)
            RoutingChange.objects.filter(version__lt=version - CHANGES_KEPT).delete()
        announce(Change("routing"))


@transaction.atomic
def add_number(
    digits: str, kind: NumberKind, *, account: Account | None = None, connection: Connection | None = None, label: str = ""
) -> Number:
    """Take a number into service, an individual one without an owner into stock; shared ones must have none."""
    number = create_number(digits, kind, account=account, connection=connection, label=label)
    bump_routing()
    return number


def create_number(
    digits: str, kind: NumberKind, *, account: Account | None = None, connection: Connection | None = None, label: str = ""
) -> Number:
    """Write the row of a number for `add_number`; who writes many calls `bump_routing` once after them, in the same transaction."""
    digits = "".join(filter(str.isdecimal, digits))
    if not digits:
        raise NumberError(NumberRefusal.NO_DIGITS)
    if CAPABILITIES[kind].is_shared and account is not None:
        raise NumberError(NumberRefusal.SHARED)
    if Number.objects.filter(digits=digits).exists():
        raise NumberError(NumberRefusal.THERE_ALREADY)
    is_stock = account is None and not CAPABILITIES[kind].is_shared
    state = NumberState.IN_STOCK if is_stock else NumberState.ASSIGNED
    return Number.objects.create(
        digits=digits,
        kind=kind.value,
        account=account,
        connection=connection,
        label=label,
        state=state.value,
        state_since=timezone.now(),
    )


def label_number(number: Number, label: str) -> None:
    """Name a number for the people who use it; routing does not read the label."""
    number.label = label.strip()[:80]
    number.save(update_fields=["label"])


@transaction.atomic
def assign_number(
    number: Number, *, account: Account | None = None, connection: Connection | None = None, can_send: bool | None = None
) -> None:
    """Give an individual number to an account, or let a number's replies leave through a link; None changes nothing.

    `can_send` says whether the carrier takes the number as a sender.
    """
    if account is not None:
        if number.capabilities.is_shared:
            raise NumberError(NumberRefusal.SHARED)
        if number.state == NumberState.QUARANTINED.value:
            raise NumberError(NumberRefusal.IN_QUARANTINE)
        if number.account_id not in {None, account.pk} and number.keywords.exists():
            raise NumberError(NumberRefusal.HAS_KEYWORDS)
        _check_not_held(number, account)
        if number.account_id != account.pk:
            number.expires_at = number.reminded_at = None
        number.account = account
        if number.state == NumberState.IN_STOCK.value:
            number.state, number.state_since = NumberState.ASSIGNED.value, timezone.now()
    if connection is not None:
        number.connection = connection
    if can_send is not None:
        number.can_send = can_send
    number.save(update_fields=["account", "connection", "can_send", "state", "state_since", "expires_at", "reminded_at"])
    bump_routing()


@transaction.atomic
def set_mms_link(number: Number, link: Connection | None) -> None:
    """Let a number's MMS leave through a link; None: through the one its texts take, where that carries them."""
    number.mms_connection = link
    number.save(update_fields=["mms_connection"])
    bump_routing()


def _check_not_held(number: Number, account: Account) -> None:
    """Refuse a number that another account's open order holds; locked, so that no order comes in between."""
    locked = Number.objects.select_for_update().get(pk=number.pk)
    if locked.orders.filter(state="open").exclude(account=account).exists():
        raise NumberError(NumberRefusal.ORDERED)
