"""Remembered answers: what a call with an idempotency key was answered, so that a repetition gets it again and does nothing.

What belongs here: claiming a key, keeping its answer, forgetting it. What does not: reading requests and writing answers
(`api.v1.idempotency`).

The claim is committed before the call begins, and the answer after it. A call that ends without an answer, because its process died, is
taken for lost after `LOST_AFTER`: from then on the key may be used again, and whether the first call was done must be looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import ApiUser
from recado.apps.programs.models import RememberedAnswer

KEPT = timedelta(hours=24)
LOST_AFTER = timedelta(minutes=5)
"""No call takes that long: what programs send is bounded, and whoever waits for an answer has given up by then."""
LARGEST_BODY = 256 * 1024
"""Of a longer answer only its status is kept."""
AT_ONCE = 2000
PORTIONS = 25
"""So many portions a minute: more than programs write."""
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was answered."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = b""
    """None: it was too long to be kept."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right, and the duty, to make the first call with a key and to say what became of it."""

    id: int


class KeyReusedError(Exception):
    """The key belongs to another call."""


class InProgressError(Exception):
    """The first call with the key is still being answered."""


_NOT_KEPT = "body-not-kept"


def claim(api_user: ApiUser, key: str, fingerprint: str, now: datetime) -> Claim | Answer:
    """Return a claim to whoever is first, the kept answer to others. Raises KeyReusedError, InProgressError."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                row = RememberedAnswer.objects.create(api_user=api_user, key=key, fingerprint=fingerprint, created_at=now)
            return Claim(row.pk)
        except IntegrityError:
            found = RememberedAnswer.objects.filter(api_user=api_user, key=key).first()
        if found is None or _removed_if_over(found, now):
            continue
        return _answer_of(found, fingerprint)
    raise InProgressError  # many at once take and give up the same key; whoever is told so tries again


def keep(made: Claim, answer: Answer) -> None:
    """Remember the answer to a claimed call."""
    body = answer.body if answer.body is not None and len(answer.body) <= LARGEST_BODY else None
    headers = {**answer.headers, **({_NOT_KEPT: "1"} if body is None else {})}
    RememberedAnswer.objects.filter(pk=made.id).update(status=answer.status, headers=headers, body=body or b"")


def give_up(made: Claim) -> None:
    """Free the key: the call was not done, and may be tried again."""
    RememberedAnswer.objects.filter(pk=made.id).delete()


def forget(now: datetime) -> int:
    """Remove answers older than `KEPT`, a portion at a time; return how many were."""
    forgotten = 0
    for _ in range(PORTIONS):
        old = RememberedAnswer.objects.filter(created_at__lte=now - KEPT).order_by("created_at").values_list("pk", flat=True)[:AT_ONCE]
        ids = list(old)
        forgotten += RememberedAnswer.objects.filter(pk__in=ids).delete()[0] if ids else 0
        if len(ids) < AT_ONCE:
            break
    return forgotten


def _removed_if_over(found: RememberedAnswer, now: datetime) -> bool:
    """Remove a row whose time is over; of several who try, one does."""
    age = now - found.created_at
    is_lost = found.status is None and age >= LOST_AFTER
    if not is_lost and age < KEPT:
        return False
    RememberedAnswer.objects.filter(pk=found.pk, status=found.status).delete()
    return True


def _answer_of(found: RememberedAnswer, fingerprint: str) -> Answer:
    if found.fingerprint != fingerprint:
        raise KeyReusedError
    if found.status is None:
        raise InProgressError
    headers = dict(found.headers)
    is_kept = headers.pop(_NOT_KEPT, None) is None
    return Answer(found.status, headers, bytes(found.body) if is_kept else None)
