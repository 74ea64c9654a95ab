"""Writes about code pools: making one, changing it, taking codes out.

What belongs here: changes with their checks. What does not: adding codes (`importing`, `generating`), handing them out (`store.codes`),
keywords that lead to a pool (`apps.keywords`, which knows pools).
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.codes.errors import CodeError, Refusal
from recado.apps.codes.models import Code, CodePool

MOST_LOW_AT = 100_000


@dataclass(frozen=True, slots=True)
class PoolContent:
    """What can be said of a pool."""

    name: str
    empty_text: str = ""
    already_text: str = ""
    low_at: int = 20


def content_of(pool: CodePool) -> PoolContent:
    """Return what is said of a pool now."""
    return PoolContent(pool.name, pool.empty_text, pool.already_text, pool.low_at)


def add_pool(account: Account, content: PoolContent, user: User | None = None) -> CodePool:
    """Make a pool; it has no codes yet."""
    pool = CodePool(account=account, created_by=user)
    _write(pool, content)
    pool.save()
    return pool


def edit_pool(pool: CodePool, content: PoolContent) -> None:
    """Say what a pool is."""
    _write(pool, content)
    pool.save(update_fields=["name", "empty_text", "already_text", "low_at"])


@transaction.atomic
def withdraw(pool: CodePool, code_id: int) -> Code:
    """Take a free code out of the pool; raise CodeError where it is somebody's already, Code.DoesNotExist where it is none of the pool."""
    taken = Code.objects.filter(pool=pool, pk=code_id, msisdn__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    code = Code.objects.get(pool=pool, pk=code_id)
    if not taken:
        raise CodeError(Refusal.HANDED_OUT)
    return code


@transaction.atomic
def put_back(pool: CodePool, code_id: int) -> bool:
    """Put a code that was taken out into the pool again; say whether it was out."""
    return bool(Code.objects.filter(pool=pool, pk=code_id, msisdn__isnull=True, withdrawn_at__isnull=False).update(withdrawn_at=None))


@transaction.atomic
def delete_pool(pool: CodePool) -> None:
    """Delete a pool with its codes, also those people have. Whoever calls asked first whether a keyword gives its codes."""
    Code.objects.filter(pool=pool).delete()
    pool.delete()


def refilled(pool: CodePool) -> None:
    """Let people be told again when the pool runs low: codes came in."""
    CodePool.objects.filter(pk=pool.pk).update(told_low_at=None, told_empty_at=None)


def _write(pool: CodePool, content: PoolContent) -> None:
    if not content.name.strip():
        raise CodeError(Refusal.NO_NAME)
    if not 0 <= content.low_at <= MOST_LOW_AT:
        raise CodeError(Refusal.LOW_AT)
    pool.name, pool.low_at = content.name.strip(), content.low_at
    pool.empty_text, pool.already_text = content.empty_text.strip(), content.already_text.strip()
