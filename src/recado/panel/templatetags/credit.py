"""The banner about used up credit in templates.

What belongs here: handing it the member who looks. What does not: when it shows (`panel.everywhere.credit`).
"""

from collections.abc import Mapping

from django import template
from django.template.context import RequestContext

from recado.panel.everywhere.credit import credit_context

register = template.Library()


@register.inclusion_tag("panel/_credit_banner.html", takes_context=True)
def credit_banner(context: RequestContext) -> Mapping[str, object]:
    """Show the banner; nothing where credit is left, or to who may not see money."""
    return credit_context(getattr(context.get("request"), "membership", None))
