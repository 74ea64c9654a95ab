"""Who answers a dialogue now: a lease of a minute, taken by one conditional update, so that two people never hold it both.

What belongs here: taking, keeping and giving back the lease, and saying who has it. What does not: whether a reply may be sent
(`answering`), how it is shown (`panel.fragments`).
"""

from datetime import datetime, timedelta

from django.db.models import Q

from recado.apps.accounts.models import User
from recado.apps.changes import Change, announce
from recado.apps.dialogues.models import Dialogue

LEASE = timedelta(seconds=60)
"""Three times as long as typing windows wait until they renew it."""


def claim(dialogue: Dialogue, user: User, now: datetime) -> bool:
    """Take the lease, or keep it for another minute; say whether the person has it now."""
    is_free = Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_until=None) | Q(claimed_until__lte=now)
    taken = Dialogue.objects.filter(is_free, pk=dialogue.pk).update(claimed_by=user, claimed_until=now + LEASE)
    if taken:
        announce(Change("presence", dialogue.account_id, dialogue.pk))
    return bool(taken)


def release(dialogue: Dialogue, user: User) -> None:
    """Give the lease back where the person has it."""
    if Dialogue.objects.filter(pk=dialogue.pk, claimed_by=user).update(claimed_by=None, claimed_until=None):
        announce(Change("presence", dialogue.account_id, dialogue.pk))


def answering(dialogue: Dialogue, now: datetime) -> User | None:
    """Return who holds the lease of the dialogue as it was read, if somebody does."""
    if dialogue.claimed_by_id is None or dialogue.claimed_until is None or dialogue.claimed_until <= now:
        return None
    return dialogue.claimed_by
