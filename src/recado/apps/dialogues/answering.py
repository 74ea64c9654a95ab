"""Answering in a dialogue: one reply to one state of it, however many people press Send at the same moment.

What belongs here: whether a reply may be sent, and sending it. What does not: leases (`claims`), where it leaves from and when (`leaving`,
`timing`), the outbox (`apps.outbox.services`).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.opt_outs import OptedOutError, is_opted_out
from recado.apps.dialogues.claims import answering
from recado.apps.dialogues.leaving import takes_texts
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.timing import AS_SOON_AS_MAY_BE, Timing, leaves_at
from recado.apps.outbox.credit import NoCreditError
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.pool import pool_numbers
from recado.apps.outbox.senders import NoSenderError
from recado.apps.outbox.services import Order, queue_text
from recado.core.mms import MmsContent
from recado.core.number import NumberState

MAX_CHARACTERS = 1530
"""Ten segments of GSM text."""
SHORTEST_PHONE = 5
FARTHEST = timedelta(days=366)
"""So far ahead a text may be put off."""
WRITTEN = (Origin.AGENT, Origin.API)
"""Answers that somebody, or a program, wrote to this conversation."""


class Refusal(StrEnum):
    """Why a reply cannot be sent."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_CONNECTION = "no_connection"
    """The number has no connection to leave through."""
    NUMBER_GONE = "number_gone"
    """The number was taken from the account; whoever has it next must not be answered for."""
    NO_PHONE = "no_phone"
    """The other side is a name or a short code, which cannot be answered."""
    BEING_ANSWERED = "being_answered"
    """Somebody else holds the lease."""
    ANSWERED = "answered"
    """Somebody else answered after the writer last saw the thread."""
    OPTED_OUT = "opted_out"
    """The person wants no messages, or none from this number."""
    BLOCKED = "blocked"
    """The account blocked the phone."""
    NO_POOL = "no_pool"
    """The number's carrier takes no texts from it, and there is no pool number it could leave from."""
    TIME_PASSED = "time_passed"
    """The moment at which it was to be sent is over, or none was given."""
    TOO_FAR = "too_far"
    """The moment is more than a year ahead."""
    NO_CREDIT = "no_credit"
    """The account cannot pay for it."""


class ReplyRefusedError(ValueError):
    """A reply cannot be sent; `reason` says why, nothing was written."""

    def __init__(self, reason: Refusal, by: User | None = None, missing: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.by = by
        """Who was quicker, where somebody was."""
        self.missing = missing
        """By how much the credit does not reach, in minor units."""


def refusal_of(dialogue: Dialogue) -> Refusal | None:
    """Say why nobody can answer in this dialogue, whatever the text; None where it can be answered."""
    if not _is_in_use(dialogue):
        return Refusal.NUMBER_GONE
    if dialogue.number.connection_id is None and takes_texts(dialogue):
        return Refusal.NO_CONNECTION
    if not dialogue.msisdn.isdecimal() or len(dialogue.msisdn) < SHORTEST_PHONE:
        return Refusal.NO_PHONE
    if not takes_texts(dialogue) and not dialogue.is_test and not pool_numbers():
        return Refusal.NO_POOL
    return None


def check_time(moment: datetime | None, now: datetime) -> datetime:
    """Return the moment a text is to be sent at; raise ReplyRefusedError where there is none, or it is over or too far ahead."""
    if moment is None or moment <= now:
        raise ReplyRefusedError(Refusal.TIME_PASSED)
    if moment - now > FARTHEST:
        raise ReplyRefusedError(Refusal.TOO_FAR)
    return moment


def check_wanted(account: Account, dialogue: Dialogue, *, is_service: bool = False) -> None:
    """Raise ReplyRefusedError if the person opted out of what comes from here, or is blocked; a service message reaches who opted out."""
    if block_of(account, dialogue.msisdn):
        raise ReplyRefusedError(Refusal.BLOCKED)
    if not is_service and is_opted_out(account, dialogue.msisdn, number=dialogue.number_id):
        raise ReplyRefusedError(Refusal.OPTED_OUT)


def was_sent(account: Account, idempotency_key: str) -> bool:
    """Say whether an answer with this key was sent already, so that nothing of it need be made again."""
    return OutboundMessage.objects.filter(account=account, idempotency_key=idempotency_key).exists()


def _is_in_use(dialogue: Dialogue) -> bool:
    """Say whether the number still serves the account: a shared one everybody, an individual one its owner, also while suspended."""
    number = dialogue.number
    is_ours = number.capabilities.is_shared or number.account_id == dialogue.account_id
    return is_ours and number.state not in {NumberState.IN_STOCK, NumberState.QUARANTINED}


def reply(
    account: Account,
    user: User | None,
    dialogue: Dialogue,
    text: str,
    idempotency_key: str,
    *,
    seen: int | None = None,
    is_service: bool = False,
    timing: Timing = AS_SOON_AS_MAY_BE,
    origin: Origin = Origin.AGENT,
    mms: MmsContent | None = None,
) -> OutboundMessage:
    """Answer in a dialogue from the number it is on, or from the pool; the same key never sends twice.

    `seen` is the newest message the writer knew of: whoever finds somebody else answering, or an answer of somebody else after it, is
    refused. None sends whatever others do. `user` is None where a mailbox answers that is nobody's login, or a program (`origin`).
    `mms` makes it an MMS (`apps.mms.composing.content_of`), whose text may be empty.
    `is_service` reaches somebody who opted out, too; who may say so, is for the caller to know.
    """
    sent_before = OutboundMessage.objects.filter(account=account, idempotency_key=idempotency_key)
    if found := sent_before.first():
        return found
    text = text.replace("\r\n", "\n").strip()
    is_empty = not text and mms is None
    refused = refusal_of(dialogue) or (Refusal.EMPTY if is_empty else Refusal.TOO_LONG if len(text) > MAX_CHARACTERS else None)
    if refused:
        raise ReplyRefusedError(refused)
    check_wanted(account, dialogue, is_service=is_service)
    try:
        return _send(account, user, dialogue, text, idempotency_key, seen, is_service=is_service, timing=timing, origin=origin, mms=mms)
    except OptedOutError as error:  # it came in this moment
        raise ReplyRefusedError(Refusal.OPTED_OUT) from error
    except NoSenderError as error:  # the pool went away in this moment
        raise ReplyRefusedError(Refusal.NO_POOL if mms is None else Refusal.NO_CONNECTION) from error
    except NoCreditError as error:
        raise ReplyRefusedError(Refusal.NO_CREDIT, missing=error.missing) from error
    except IntegrityError:
        return sent_before.get()


@transaction.atomic
def _send(
    account: Account,
    user: User | None,
    dialogue: Dialogue,
    text: str,
    idempotency_key: str,
    seen: int | None,
    *,
    is_service: bool,
    timing: Timing,
    origin: Origin,
    mms: MmsContent | None,
) -> OutboundMessage:
    """Look, then write, while nobody else can do either: SQLite lets one writer in, PostgreSQL locks the row."""
    locked = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    now = timezone.now()
    if seen is not None:
        _check_alone(locked, user, seen)
    at = leaves_at(account, dialogue, timing, now)
    message = queue_text(
        account,
        dialogue.number,
        dialogue.msisdn,
        text,
        now=now,
        origin=origin,
        author=user,
        dialogue_id=dialogue.pk,
        idempotency_key=idempotency_key,
        is_test=locked.is_test,
        is_service=is_service,
        order=Order(kind=SendKind.FULL if mms is None else SendKind.MMS, scheduled_at=at if at > now else None, mms=mms),
    )
    mine = {"claimed_by": None, "claimed_until": None} if user is not None and locked.claimed_by_id == user.pk else {}
    Dialogue.objects.filter(pk=dialogue.pk).update(
        last_message_at=now,
        last_text=(text or (mms.subject if mms else ""))[:160],
        last_is_inbound=False,
        unread_count=0,
        message_count=F("message_count") + 1,
        snoozed_until=None,
        **mine,
    )
    announce(Change("outbound", account.pk, dialogue.pk))
    return message


def _check_alone(dialogue: Dialogue, user: User | None, seen: int) -> None:
    answers = OutboundMessage.objects.filter(dialogue_id=dialogue.pk, id__gt=seen, origin__in=WRITTEN)
    quicker = answers.exclude(author=user).select_related("author").order_by("-id").first()
    if quicker is not None:
        raise ReplyRefusedError(Refusal.ANSWERED, quicker.author)
    holder = answering(dialogue, timezone.now())
    if holder is not None and holder != user:
        raise ReplyRefusedError(Refusal.BEING_ANSWERED, holder)
