"""The menu beside every page of the settings.

What belongs here: handing the sections to the template. What does not: which there are (`panel.settings.sections`).
"""

from django import template
from django.template.context import RequestContext

from recado.panel.settings.sections import Chapter, chapters_for

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_menu(context: RequestContext) -> list[Chapter]:
    """List the chapters of the settings the member may open."""
    membership = getattr(context.get("request"), "membership", None)
    return list(chapters_for(membership.role)) if membership else []
