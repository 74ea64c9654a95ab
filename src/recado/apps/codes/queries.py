"""Reads about code pools: an account's, how many codes are where, the codes of one.

What belongs here: questions panel, API and notices ask. What does not: changes (`services`), which code is next (`store.codes`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.codes.models import Code, CodePool


class CodeState(StrEnum):
    """Where a code is."""

    FREE = "free"
    HANDED = "handed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Stock:
    """How many codes of a pool are where."""

    free: int
    handed: int
    withdrawn: int
    handed_today: int
    low_at: int

    @property
    def is_empty(self) -> bool:
        """Whether none is left."""
        return self.free == 0

    @property
    def is_low(self) -> bool:
        """Whether few are left."""
        return 0 < self.free <= self.low_at

    @property
    def total(self) -> int:
        """How many codes the pool has in all, those taken out not counted."""
        return self.free + self.handed


def pools_of(account: Account) -> QuerySet[CodePool]:
    """Return the account's pools, newest first."""
    return CodePool.objects.filter(account=account).order_by("-id")


def get_pool_for(account: Account, pool_id: int) -> CodePool:
    """Return a pool of the account; raise CodePool.DoesNotExist for all others."""
    return pools_of(account).get(pk=pool_id)


def stock_of(pool: CodePool, today: datetime) -> Stock:
    """Count a pool's codes; `today` is when the reader's day began."""
    return Stock(
        codes_of(pool, CodeState.FREE).count(),
        codes_of(pool, CodeState.HANDED).count(),
        codes_of(pool, CodeState.WITHDRAWN).count(),
        codes_of(pool, CodeState.HANDED).filter(handed_at__gte=today).count(),
        pool.low_at,
    )


def codes_of(pool: CodePool, state: CodeState | None = None) -> QuerySet[Code]:
    """Return the codes of a pool in one state, or all: free ones as they will be handed out, handed out ones the latest first."""
    codes = Code.objects.filter(pool=pool)
    if state is CodeState.FREE:
        return codes.filter(msisdn__isnull=True, withdrawn_at__isnull=True).order_by("id")
    if state is CodeState.HANDED:
        return codes.filter(handed_at__isnull=False, msisdn__isnull=False).order_by("-handed_at", "-id")
    if state is CodeState.WITHDRAWN:
        return codes.filter(withdrawn_at__isnull=False, msisdn__isnull=True).order_by("-id")
    return codes.order_by("id")


def state_of(code: Code) -> CodeState:
    """Say where a code is."""
    if code.msisdn is not None:
        return CodeState.HANDED
    return CodeState.FREE if code.withdrawn_at is None else CodeState.WITHDRAWN


def get_code_for(pool: CodePool, code_id: int) -> Code:
    """Return a code of a pool; raise Code.DoesNotExist for those of others."""
    return Code.objects.get(pool=pool, pk=code_id)
