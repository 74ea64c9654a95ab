"""Words for numbers, people and periods in the templates of configuration pages.

What belongs here: presentation of single values of those pages. What does not: what every page needs (`recado`).
"""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from recado.apps.contacts.models import Contact
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent, content_of
from recado.apps.keywords.standing import standing_of
from recado.panel import number_words
from recado.panel.keyword_words import STANDINGS
from recado.panel.templatetags.recado import msisdn

register = template.Library()

register.filter("number_kind", number_words.short_name)
register.filter("number_state", number_words.state_name)
register.filter("number_explanation", number_words.explanation)


@register.filter
def person(contact: Contact) -> str:
    """Give the name of a contact, or the number where there is none."""
    return contact.full_name or msisdn(contact.msisdn)


@register.filter
def last_day(ends_at: datetime) -> str:
    """Give the last day on which something holds that ends at this moment."""
    return date_format(timezone.localtime(ends_at - timedelta(seconds=1)), "d.m.Y")


@register.simple_tag
def keyword_standing(keyword: Keyword) -> dict[str, object]:
    """Give where a keyword stands: its value, word, icon and class."""
    standing = standing_of(keyword, timezone.now())
    word, icon, css = STANDINGS[standing]
    return {"value": standing.value, "word": word, "icon": icon, "css": css}


@register.simple_tag
def rule_parts(keyword: Keyword) -> RuleContent:
    """Give what a keyword does, from rules that were fetched with it."""
    return content_of(next(iter(keyword.rules.all()), None))
