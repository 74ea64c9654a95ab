"""How counts, moments and money are written (panel.md §7): `12 843`, `22.11.2026, 18:42`, `0,09 zł`.

What belongs here: figures and dates as text, the same on every page. What does not: words around them; those are whole sentences of the
template.
"""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()

THIN_SPACE = "\u202f"
"""Narrow and not to be broken at the end of a line."""
NO_BREAK_SPACE = "\u00a0"
MINOR_UNITS = 100


@register.filter
def count(number: int) -> str:
    """Write a count with thin spaces between thousands; Polish parts only five digits and more."""
    if (get_language() or "").startswith("pl") and abs(number) < 10_000:  # noqa: PLR2004  # the rule's own figure
        return str(number)
    return f"{number:,}".replace(",", THIN_SPACE)


@register.filter
def at_least(number: int, is_counted: bool) -> str:  # as templates call filters
    """Write a count, with a plus where there may be more."""
    return count(number) if is_counted else f"{count(number)}+"


@register.filter
def moment(at: datetime | None) -> str:
    """Write date and time in the reader's zone: `22.11.2026, 18:42`."""
    return f"{timezone.localtime(at):%d.%m.%Y, %H:%M}" if at else ""


@register.filter
def calendar_day(at: datetime | date | None) -> str:
    """Write a date, that of a moment in the reader's zone: `22.11.2026`."""
    if at is None:
        return ""
    return f"{timezone.localtime(at) if isinstance(at, datetime) else at:%d.%m.%Y}"


@register.filter
def money(minor_units: int, currency: str = "zł") -> str:
    """Write an amount given in its smallest unit: 9 is `0,09 zł`."""
    whole, rest = divmod(abs(minor_units), MINOR_UNITS)
    return f"{'−' if minor_units < 0 else ''}{count(whole)},{rest:02}{NO_BREAK_SPACE}{currency}"
