"""What only templates of the Operator Console need.

What belongs here: the rail's entries and how single values of the console look. What does not: what both panels show (`recado`).
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from recado.apps.connections.ports import LinkReport
from recado.apps.orders.queries import open_order_count
from recado.panel.operator import carrier_words
from recado.panel.operator.sections import ShownSection, sections_for
from recado.panel.templatetags.recado import icon

register = template.Library()

_PHONE = re.compile(r"(?<![\w.-])\d{9,15}(?![\w-]|[.:]\d)")
HEIGHT = 24
"""Of a sparkline, in its own units; each value is one unit wide."""
STEP = 4

register.filter("error_words", carrier_words.error_words)
register.filter("event_words", carrier_words.event_words)


@register.simple_tag(takes_context=True)
def console_sections(context: RequestContext) -> list[ShownSection]:
    """Return the sections the person who looks may open."""
    return sections_for(context["request"].user.operator_role)


@register.simple_tag
def waiting_orders() -> int:
    """Count the orders of numbers that wait for an operator."""
    return open_order_count()


@register.simple_tag
def link_chip(link: LinkReport) -> SafeString:
    """Say in a word, an icon and a colour how a link is."""
    word, icon_name, look = carrier_words.state_of(link)
    return format_html('<span class="c-chip {}">{}{}</span>', look, icon(icon_name), word)


@register.simple_tag
def sparkline(counts: Sequence[int], label: str) -> SafeString:
    """Draw the counts of the last minutes, with a sentence for who does not see."""
    highest = max([*counts, 1])
    points = " ".join(f"{index * STEP},{HEIGHT - count * (HEIGHT - 2) / highest - 1:.1f}" for index, count in enumerate(counts))
    words = _("%(label)s: %(sum)d in the last hour, at most %(highest)d a minute.") % {
        "label": label,
        "sum": sum(counts),
        "highest": max(counts, default=0),
    }
    return format_html(
        '<svg class="c-spark" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}"><polyline points="{}"/></svg>',
        (len(counts) - 1) * STEP,
        HEIGHT,
        words,
        points,
    )


@register.filter
def ago(moment: datetime | None) -> str:
    """Say how long something has been so: `3 hours, 5 minutes`; seconds below a minute."""
    if moment is None:
        return ""
    passed = timezone.now() - moment
    if passed < timedelta(minutes=1):
        return _("%(seconds)d s") % {"seconds": max(0, int(passed.total_seconds()))}
    return timesince(moment)


@register.filter
def to_the_second(at: datetime | None) -> str:
    """Give date and time to the second, as operators compare them with carriers' logs."""
    return date_format(timezone.localtime(at), "j.m.Y, H:i:s") if at else "–"


@register.filter
def hexdump(octets: bytes | None, width: int = 16) -> str:
    """Write octets as people read them: position, hexadecimal, and the letters among them."""
    given = bytes(octets or b"")
    return "\n".join(
        f"{start:04x}  {given[start : start + width].hex(' '):<{width * 3}} {_letters(given[start : start + width])}"
        for start in range(0, len(given), width)
    )


def _letters(octets: bytes) -> str:
    return "".join(chr(octet) if 32 <= octet < 127 else "·" for octet in octets)  # noqa: PLR2004  # what ASCII can print


@register.filter
def masked(sentence: str) -> str:
    """Hide the middle of every phone number in a sentence of a machine."""
    return _PHONE.sub(lambda found: f"{found[0][:4]}{'*' * (len(found[0]) - 6)}{found[0][-2:]}", sentence)


@register.filter
def masked_phone(shown: str) -> str:
    """Hide the middle of a phone number written for people; short codes and names are nobody's secret."""
    digits = [index for index, letter in enumerate(shown) if letter.isdigit()]
    if len(digits) < 9:  # noqa: PLR2004  # the shortest phone number that is one person's
        return shown
    hidden = set(digits[4:-2])
    return "".join("•" if index in hidden else letter for index, letter in enumerate(shown))


@register.filter
def last_line(text: str) -> str:
    """Give the last line of a traceback, which names the error."""
    return text.strip().rpartition("\n")[2]
