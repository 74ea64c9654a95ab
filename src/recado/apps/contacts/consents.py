"""Writing down who joined and left what, and who opted out and in, where a person or a program did it.

What belongs here: these rows, and reading them. What does not: what rules do (`store.write` writes the same rows), memberships
(`memberships`), opt-outs (`opt_outs`). Rows are never changed; only erasing a person empties their texts.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import ConsentRecord, Contact
from recado.apps.ids import next_id

_AT_ONCE = 500


def note_groups(
    account_id: int,
    kind: ConsentRecord.Kind,
    people: Iterable[tuple[str, int]],
    now: datetime,
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> None:
    """Note of each phone and group that it joined, left or ended; call in the transaction that does it."""
    ConsentRecord.objects.bulk_create(
        [
            ConsentRecord(
                id=next_id(),
                account_id=account_id,
                msisdn=msisdn,
                kind=kind,
                group_id=group_id,
                source=source,
                user_id=user.pk if user else None,
                at=now,
            )
            for msisdn, group_id in people
        ],
        batch_size=_AT_ONCE,
    )


def consents_of(account: Account, msisdn: str, limit: int = 200) -> list[ConsentRecord]:
    """Return what a person agreed to and took back, newest first."""
    return list(consent_records(account, msisdn)[:limit])


def consent_records(account: Account, msisdn: str) -> QuerySet[ConsentRecord]:
    """List all of it, newest first."""
    return ConsentRecord.objects.filter(account=account, msisdn=msisdn).order_by("-id")
