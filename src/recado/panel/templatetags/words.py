"""Words for numbers, people and periods in the templates of configuration pages.

What belongs here: presentation of single values of those pages. What does not: what every page needs (`recado`).
"""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from recado.apps.contacts.models import Contact
from recado.apps.keywords.activities import activity_of
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.rules import content_of, in_order
from recado.apps.keywords.standing import standing_of
from recado.panel import number_words
from recado.panel.forms.activities import HEADINGS
from recado.panel.keyword_words import MATCH_KINDS, STANDINGS
from recado.panel.rule_words import terms_in_words
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


@register.filter
def last_day_iso(ends_at: datetime | None) -> str:
    """Give the same for a field that asks for a day; empty where nothing ends."""
    return timezone.localdate(ends_at - timedelta(seconds=1)).isoformat() if ends_at else ""


@register.simple_tag
def keyword_standing(keyword: Keyword) -> dict[str, object]:
    """Give where a keyword stands: its value, word, icon and class."""
    standing = standing_of(keyword, timezone.now())
    word, icon, css = STANDINGS[standing]
    return {"value": standing.value, "word": word, "icon": icon, "css": css}


@register.simple_tag
def rule_parts(keyword: Keyword) -> dict[str, object]:
    """Give what a keyword does by all its rules, from rules that were fetched with it, and when the only one acts."""
    rules = in_order(keyword.rules.all())
    contents = [content_of(rule) for rule in rules]
    return {
        "groups": dict.fromkeys(group for content in contents for group in content.groups),
        "leaves": dict.fromkeys(group for content in contents for group in content.leaves),
        "reply": any(content.reply for content in contents),
        "destinations": dict.fromkeys(destination for content in contents for destination in content.destinations),
        "count": len(rules),
        "terms": terms_in_words(rules[0]) if len(rules) == 1 else [],
    }


@register.filter
def activity_name(action: RuleAction) -> str:
    """Give the name of what people take part in by an action, with its kind."""
    found = activity_of(action)
    return f"{HEADINGS[found.kind]}: {found.full_name}" if found else ""


@register.filter
def match_kind(kind: str) -> str:
    """Give the name of a way to match."""
    return str(MATCH_KINDS.get(kind, kind))
