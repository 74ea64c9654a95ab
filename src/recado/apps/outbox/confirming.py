"""Asking whoever has a phone whether messages may be forwarded there: a code is sent to it and typed in here (docs/adr/0039).

What belongs here: sending a code, checking one, what is confirmed by it. What does not: when a code may be sent and what counts
(`core.phone_code`), the words of the text and of the page (`panel.forwards`), refusing to forward before (`store.phone_forwards`).
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.connections.models import Connection
from recado.apps.connections.queries import reference_width
from recado.apps.contacts.opt_outs import is_opted_out
from recado.apps.ids import next_id
from recado.apps.outbox.models import Destination, Job, JobKind, Origin, OutboundMessage, PhoneCode, SendKind
from recado.apps.outbox.pool import take_pool_number
from recado.apps.outbox.senders import Sender, own_senders
from recado.carriers.simulator.kind import SIMULATOR
from recado.core.phone_code import (
    DIGITS,
    LIMIT_WITHIN,
    CodeJudgement,
    CodeRefusal,
    SentCode,
    judge_code,
    refusal_of_code,
)
from recado.protocols.gsm.segment import segments

_PURPOSE = "recado.outbox.phone-code"


class CodeRefusedError(ValueError):
    """No code is sent; `reason` says why."""

    def __init__(self, reason: CodeRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def send_code(destination: Destination, now: datetime, text: Callable[[str], str]) -> str:
    """Send a code to the phone of a destination; `text` makes the words of it. Raises CodeRefusedError.

    The text is the installation's own: it costs the account nothing, and nobody of the account can read it but who has the phone.
    Returns the code where phones are simulated and nobody could read it otherwise, else nothing.
    """
    account, msisdn = destination.account, destination.msisdn
    Account.objects.select_for_update().get(pk=account.pk)  # of two who ask at once, one waits here and is counted
    if reason := refusal_of_code(_sent(msisdn=msisdn, since=now), _sent(account=account, since=now), now):
        raise CodeRefusedError(reason)
    sender = _sender(account, msisdn, now)
    if sender is None:
        raise CodeRefusedError(CodeRefusal.NO_SENDER)
    if is_opted_out(account, msisdn, number=sender.number_id):
        raise CodeRefusedError(CodeRefusal.OPTED_OUT)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    PhoneCode.objects.filter(account=account, sent_at__lte=now - LIMIT_WITHIN).delete()
    PhoneCode.objects.create(account=account, msisdn=msisdn, digest=_digest(account, msisdn, code), sent_at=now)
    _queue(sender, msisdn, text(code), now)
    return code if sender.connection_id in _simulated() else ""


@transaction.atomic
def confirm(destination: Destination, code: str, now: datetime) -> CodeJudgement:
    """Judge a code that somebody typed; the right one confirms every destination of the account with this phone, and is used up."""
    account, msisdn = destination.account, destination.msisdn
    last = PhoneCode.objects.select_for_update().filter(account=account, msisdn=msisdn).order_by("-sent_at", "-pk").first()
    typed = "".join(letter for letter in code if letter.isascii() and letter.isdecimal())
    is_same = last is not None and constant_time_compare(last.digest, _digest(account, msisdn, typed))
    judgement = judge_code(SentCode(last.sent_at, last.wrong_tries) if last else None, is_same=is_same, now=now)
    if last is not None and judgement is not CodeJudgement.RIGHT and not is_same:
        last.wrong_tries = min(last.wrong_tries + 1, 100)
        last.save(update_fields=["wrong_tries"])
    if judgement is CodeJudgement.RIGHT:
        PhoneCode.objects.filter(account=account, msisdn=msisdn).update(digest="")
        same_phone(account, msisdn).filter(confirmed_at=None).update(confirmed_at=now)
        destination.refresh_from_db()
        announce(Change("jobs", account.pk))
    return judgement


def code_sent_at(destination: Destination) -> datetime | None:
    """Say when the last code was sent to the phone of a destination; None where none was lately."""
    sent = PhoneCode.objects.filter(account=destination.account, msisdn=destination.msisdn)
    last: datetime | None = sent.aggregate(last=Max("sent_at"))["last"]
    return last


def same_phone(account: Account, msisdn: str) -> QuerySet[Destination]:
    """Return the account's destinations with a phone."""
    return Destination.objects.filter(account=account, kind=Destination.Kind.PHONE, msisdn=msisdn, removed_at=None)


def _sent(*, since: datetime, **whose: object) -> list[datetime]:
    return list(PhoneCode.objects.filter(sent_at__gt=since - LIMIT_WITHIN, **whose).values_list("sent_at", flat=True))


def _sender(account: Account, msisdn: str, now: datetime) -> Sender | None:
    """Choose a number of the account that can send, else one of the pool, as forwards do; a simulated one where there is no other."""
    own = list(own_senders(account).filter(connection__is_enabled=True))
    simulated = _simulated()
    for number in own:
        if number.connection_id not in simulated:
            return Sender(SendKind.FULL, number.digits, number.pk, number.connection_id)
    if taken := take_pool_number(account, msisdn, now, at=now):
        return Sender(SendKind.ECO, taken.digits, taken.id, taken.connection_id)
    return Sender(SendKind.FULL, own[0].digits, own[0].pk, own[0].connection_id) if own else None


def _simulated() -> set[int]:
    return set(Connection.objects.filter(kind=SIMULATOR.name).values_list("pk", flat=True))


def _queue(sender: Sender, msisdn: str, text: str, now: datetime) -> None:
    message = OutboundMessage.objects.create(
        id=next_id(),
        account=None,
        number_id=sender.number_id,
        connection_id=sender.connection_id,
        sender=sender.shown,
        recipient=msisdn,
        text=text,
        segment_count=segments(text, reference_width(sender.connection_id)).count,
        origin=Origin.FORWARD,
        kind=sender.kind,
        created_at=now,
    )
    Job.objects.create(id=next_id(), account=None, kind=JobKind.SUBMIT, outbound_message=message, next_attempt_at=now, created_at=now)
    announce(Change("jobs"))


def _digest(account: Account, msisdn: str, code: str) -> str:
    return salted_hmac(_PURPOSE, f"{account.pk}:{msisdn}:{code}", algorithm="sha256").hexdigest()
