"""The tabs of the API pages.

What belongs here: handing them to the template. What does not: which there are (`panel.developers.sections`).
"""

from django import template
from django.template.context import RequestContext

from recado.panel.developers.sections import SECTIONS, Section, section_of

register = template.Library()


@register.simple_tag(takes_context=True)
def developer_tabs(context: RequestContext) -> list[tuple[Section, bool]]:
    """List the sections, each with whether the open page belongs to it."""
    open_one = section_of(context["request"].path)
    return [(section, section is open_one) for section in SECTIONS]
