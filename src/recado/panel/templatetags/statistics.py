"""Links and words of the statistics' pages.

What belongs here: what templates cannot write themselves. What does not: figures (`panel.statistics`).
"""

from datetime import timedelta

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils.translation import npgettext

from recado.apps.statistics.figures import Period

register = template.Library()

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MANY = 2
"""From so many of a unit on it is precise enough."""


@register.simple_tag(takes_context=True)
def narrow(context: RequestContext, name: str, value: str) -> str:
    """Link to the same page narrowed to one thing; an empty value takes that away."""
    return _changed(context["request"], {name: value})


@register.simple_tag(takes_context=True)
def days(context: RequestContext, period: Period) -> str:
    """Link to the same page for other days."""
    return _changed(context["request"], {"period": "", "from": period.first.isoformat(), "to": period.last.isoformat()})


@register.simple_tag(takes_context=True)
def part(context: RequestContext, name: str) -> str:
    """Ask for a part of the same page."""
    return _changed(context["request"], {"part": name})


@register.filter
def beside(first: str, second: str) -> tuple[str, str]:
    """Put two words into a row."""
    return first, second


@register.filter
def lasting(time: timedelta) -> str:
    """Say how long something takes, in the largest unit of which there are several."""
    seconds = max(time.total_seconds(), _MINUTE)
    if seconds >= _MANY * _DAY:
        return _counted(round(seconds / _DAY), npgettext("within", "%(count)s day", "%(count)s days", round(seconds / _DAY)))
    if seconds >= _MANY * _HOUR:
        return _counted(round(seconds / _HOUR), npgettext("within", "%(count)s hour", "%(count)s hours", round(seconds / _HOUR)))
    return _counted(round(seconds / _MINUTE), npgettext("within", "%(count)s minute", "%(count)s minutes", round(seconds / _MINUTE)))


def _counted(count: int, words: str) -> str:
    return words % {"count": count}


def _changed(request: HttpRequest, changes: dict[str, str]) -> str:
    given = request.GET.copy()
    for name, value in changes.items():
        if value:
            given[name] = value
        else:
            given.pop(name, None)
    return f"?{given.urlencode()}"
