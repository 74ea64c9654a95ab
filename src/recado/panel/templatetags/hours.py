"""Days and times of the working hours in templates.

What belongs here: presentation of the company's own days and times, not those of the reader. What does not: times of messages (`recado`).
"""

from datetime import date, datetime

from django import forms, template
from django.utils.formats import date_format
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def wall_clock(moment: datetime) -> str:
    """Give hours and minutes as the company's clock shows them."""
    return moment.strftime("%H:%M")


@register.filter
def day_and_clock(moment: datetime) -> str:
    """Give weekday, day and time as the company's clock shows them."""
    return date_format(moment.replace(tzinfo=None), pgettext("date format of the next opening", "l j.m, H:i"))


@register.filter
def long_day(day: date) -> str:
    """Give a day with its weekday."""
    return date_format(day, pgettext("date format of a day off", "l, j F Y"))


@register.filter
def short_day(day: date) -> str:
    """Give a day of a known year with its weekday."""
    return date_format(day, "D j.m")


@register.filter
def errors_of(form: forms.Form, name: str) -> list[str]:
    """Give the errors of one field of a form."""
    return [str(error) for error in form[name].errors]
