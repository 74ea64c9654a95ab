"""Reads of the activity log.

What belongs here: searching it, page by page. What does not: writing (`services`), sentences (`panel.audit_words`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.audit.models import AuditEntry
from recado.apps.spellings import spellings


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What of the log is wanted; what is left out does not narrow it."""

    user_id: int | None = None
    only_operators: bool = False
    """What the installation's staff did."""
    kind: str = ""
    """The first half of the code: `keyword` finds `keyword.reserved` and all others about keywords."""
    since: datetime | None = None
    until: datetime | None = None
    """This moment no longer included."""


@dataclass(frozen=True, slots=True)
class WholeLogSearch:
    """What of the whole installation's log is wanted; what is left out does not narrow it."""

    common: LogSearch
    person: str = ""
    """Part of a name as it was then, or of the address it has now."""
    account: str = ""
    """Part of the account's name."""
    text: str = ""
    """Part of the name of what was changed."""


def entries_of(account: Account, search: LogSearch) -> QuerySet[AuditEntry]:
    """List what happened in the account, newest first."""
    return narrowed(AuditEntry.objects.filter(account=account), search)


def all_entries(search: WholeLogSearch) -> QuerySet[AuditEntry]:
    """List what happened in the whole installation, newest first, each with its account."""
    entries = narrowed(AuditEntry.objects.select_related("account"), search.common)
    if search.person:
        entries = entries.filter(_contains("actor", search.person) | Q(user__email__icontains=search.person))
    if search.account:
        entries = entries.filter(account__in=Account.objects.filter(_contains("name", search.account)))
    return entries.filter(_contains("object_name", search.text)) if search.text else entries


def _contains(field: str, wanted: str) -> Q:
    """Look for a part of a text whatever its case."""
    found = Q()
    for spelling in spellings(wanted):
        found |= Q(**{f"{field}__icontains": spelling})
    return found


def narrowed(entries: QuerySet[AuditEntry], search: LogSearch) -> QuerySet[AuditEntry]:
    """Keep the entries that are wanted, newest first."""
    if search.user_id is not None:
        entries = entries.filter(user_id=search.user_id)
    if search.only_operators:
        entries = entries.filter(is_operator=True)
    if search.kind:
        entries = entries.filter(action__startswith=f"{search.kind}.")
    if search.since is not None:
        entries = entries.filter(at__gte=search.since)
    if search.until is not None:
        entries = entries.filter(at__lt=search.until)
    return entries.order_by("-id")


def page_of(entries: QuerySet[AuditEntry], size: int, *, before_id: int | None = None) -> tuple[list[AuditEntry], int | None]:
    """Return the entries older than `before_id`, and the id to ask for the next older page with; None where there is none."""
    older = entries if before_id is None else entries.filter(id__lt=before_id)
    found = list(older[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def changes_of(kind: str, object_id: int, limit: int) -> list[AuditEntry]:
    """Return the newest changes of one thing of the installation, which belongs to no account."""
    return list(AuditEntry.objects.filter(account=None, object_id=object_id, action__startswith=f"{kind}.").order_by("-id")[:limit])
