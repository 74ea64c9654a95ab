"""What the activity log keeps about keywords.

What belongs here: a keyword as before and after of a change. What does not: writing the log (`apps.audit`), its sentences
(`panel.audit_words`).
"""

from collections.abc import Mapping

from recado.apps.audit.services import record
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.services import content_of
from recado.panel.access import MemberRequest


def facts(keyword: Keyword) -> dict[str, str]:
    """Return what can be changed of a keyword, in words that last."""
    content = content_of(Rule.objects.filter(keyword=keyword).order_by("-priority", "id").first())
    return {
        "word": keyword.word,
        "number": keyword.number.digits,
        "state": keyword.state,
        "also_when_text_follows": "yes" if keyword.also_when_text_follows else "no",
        "starts_at": keyword.starts_at.isoformat() if keyword.starts_at else "",
        "ends_at": keyword.ends_at.isoformat() if keyword.ends_at else "",
        "groups": ", ".join(group.name for group in content.groups),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
    }


def note(
    request: MemberRequest,
    action: str,
    keyword: Keyword,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    """Write a change of a keyword into the activity log; call in the transaction of the change."""
    is_operator = request.visit is not None
    record(request.account, request.user, action, keyword.word, keyword.pk, before=before, after=after, is_operator=is_operator)
