"""Taking a word from a customer before its time, and telling them.

What belongs here: the operator's way to end a reservation. What does not: a customer giving a word up (`services`, `synonyms`), the log
(`panel.operator.shared_keywords`).
"""

from django.db import transaction

from recado.apps.accounts.models import User
from recado.apps.keywords.models import Spelling
from recado.apps.keywords.reminders import REMINDED_ROLES
from recado.apps.keywords.services import end_keyword
from recado.apps.keywords.synonyms import remove_synonym
from recado.apps.notifications.services import notify

TAKEN_AWAY = "keyword.taken_away"


@transaction.atomic
def take_away(spelling: Spelling, reason: str) -> None:
    """End a keyword with all its spellings, or one of its other spellings alone; owners and editors are told why."""
    if spelling.is_main:
        end_keyword(spelling.keyword)
    else:
        remove_synonym(spelling)
    people = User.objects.filter(memberships__account=spelling.account, memberships__role__in=REMINDED_ROLES, is_active=True)
    notify(spelling.account, people, TAKEN_AWAY, {"word": spelling.word, "why": reason}, "/keywords/")
