"""Notifications in templates.

What belongs here: their words, and the figure at the bell. What does not: the sentences (`panel.notification_words`).
"""

from django import template
from django.template.context import RequestContext

from recado.apps.notifications.queries import unread_notifications
from recado.panel import notification_words

register = template.Library()

register.filter("notification_sentence", notification_words.sentence)
register.filter("notification_icon", notification_words.icon_name)


@register.simple_tag(takes_context=True)
def unread_notices(context: RequestContext) -> int:
    """Count what the person who looks was told and has not seen."""
    request = context.get("request")
    account = getattr(request, "account", None)
    return unread_notifications(account, request.user) if request and account else 0
