"""What the activity log keeps about keywords.

What belongs here: a keyword as before and after of a change. What does not: writing the log (`panel.recording`), its sentences
(`panel.audit_words`).
"""

from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.queries import synonyms_of
from recado.apps.keywords.rules import content_of, in_order


def facts(keyword: Keyword) -> dict[str, str]:
    """Return what can be changed of a keyword and of its first rule, in words that last."""
    content = content_of(next(iter(in_order(Rule.objects.filter(keyword=keyword))), None))
    return {
        "word": keyword.word,
        "synonyms": ", ".join(synonyms_of(keyword).values_list("word", flat=True)),
        "number": keyword.number.digits,
        "match": keyword.kind,
        "state": keyword.state,
        "also_when_text_follows": "yes" if keyword.also_when_text_follows else "no",
        "starts_at": keyword.starts_at.isoformat() if keyword.starts_at else "",
        "ends_at": keyword.ends_at.isoformat() if keyword.ends_at else "",
        "groups": ", ".join(group.name for group in content.groups),
        "reply": content.reply,
        "forwards": ", ".join(destination.name for destination in content.destinations),
    }
