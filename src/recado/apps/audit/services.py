"""Writes the audit log.

What belongs here: `record`, called by services and views in the transaction of the change. What does not: reading it (`queries`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account, ApiUser, User
from recado.apps.audit.chain import chain_of, digest
from recado.apps.audit.models import AuditEntry, AuditHead

NAME_LENGTH = 160


def record(  # each is one column
    account: Account | None,
    by: User | ApiUser | None,
    action: str,
    object_name: str = "",
    object_id: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    is_operator: bool = False,
) -> AuditEntry:
    """Note one change. `before` and `after` are JSON-able; what is equal in both is left out."""
    old, new = before or {}, after or {}
    changed = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    entry = AuditEntry(
        account=account,
        user=by if isinstance(by, User) else None,
        actor=(f"API: {by}" if isinstance(by, ApiUser) else str(by or "Recado"))[:NAME_LENGTH],
        is_operator=is_operator,
        action=action,
        object_name=object_name[:NAME_LENGTH],
        object_id=object_id,
        before={key: value for key, value in old.items() if key in changed},
        after={key: value for key, value in new.items() if key in changed},
    )
    _append(entry)
    return entry


@transaction.atomic
def _append(entry: AuditEntry) -> None:
    """Tie the entry to the last one of its chain; two changes of an account at once wait for each other here."""
    head, _ = AuditHead.objects.select_for_update().get_or_create(chain=chain_of(entry), defaults={"account_id": entry.account_id})
    entry.previous_sha256 = head.sha256
    entry.sha256 = digest(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(sha256=entry.sha256, entry_count=F("entry_count") + 1)
