"""What the activity log keeps about autoresponders.

What belongs here: one as before and after of a change, in values that last. What does not: writing the log (`apps.audit`), saying it in the
reader's language (`panel.audit_words`).
"""

from recado.apps.autoresponders.models import Autoresponder
from recado.apps.keywords.audited import restrictions


def facts(found: Autoresponder) -> dict[str, str]:
    """Return what can be changed of an autoresponder; what does not restrict it is empty."""
    return {
        "name": found.name,
        "is_enabled": "yes" if found.is_enabled else "no",
        "place": _place(found),
        "text": found.text,
        "once": "" if found.once_minutes is None else str(found.once_minutes),
        **restrictions(found, found.account, found.daily_ceiling),
    }


def _place(found: Autoresponder) -> str:
    if found.keyword:
        return f"{found.keyword.word} · {found.keyword.number.digits}"
    return found.number.digits if found.number else ""
