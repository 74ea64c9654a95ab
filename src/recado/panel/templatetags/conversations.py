"""What a conversation says to the person who looks at it: who else is answering it.

What belongs here: presentation that depends on the viewer. What does not: what every page needs (`recado`), queries.
"""

from django import template
from django.template.context import Context
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.apps.dialogues import claims
from recado.apps.dialogues.models import Dialogue

register = template.Library()


@register.simple_tag(takes_context=True)
def answering(context: Context, dialogue: Dialogue) -> User | None:
    """Give whoever answers the conversation now, nobody where that is the viewer."""
    viewer = context["viewer"] if "viewer" in context else context["request"].user
    holder = claims.answering(dialogue, timezone.now())
    return None if holder == viewer else holder
