"""What a person chose about the look of the panel, as attributes of the page: there before anything is drawn, so that nothing flashes.

What belongs here: the attributes. What does not: what they do (`static/panel/css`, `static/panel/js`).
"""

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from recado.apps.accounts.models import Theme, User

register = template.Library()


@register.simple_tag(takes_context=True)
def appearance(context: RequestContext) -> SafeString:
    """Give the attributes of `<html>` for the person signed in; nothing for strangers, whose browser remembers the theme."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return SafeString()
    chosen = {
        "theme": "" if user.theme == Theme.SYSTEM else user.theme,
        "density": user.density,
        "motion": "less" if user.has_less_motion else "",
        "shortcuts": "" if user.has_shortcuts else "off",
    }
    return format_html_join("", ' data-{}="{}"', ((name, value) for name, value in chosen.items() if value))
