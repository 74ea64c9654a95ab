"""What only templates of the Operator Console need.

What belongs here: the rail's entries and how single values of the console look. What does not: what both panels show (`recado`).
"""

from django import template
from django.template.context import RequestContext

from recado.panel.operator.sections import ShownSection, sections_for

register = template.Library()


@register.simple_tag(takes_context=True)
def console_sections(context: RequestContext) -> list[ShownSection]:
    """Return the sections the person who looks may open."""
    return sections_for(context["request"].user.operator_role)
