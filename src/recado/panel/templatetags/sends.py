"""Group sends in templates.

What belongs here: presentation of single values of those pages. What does not: words (`panel.send_words`), what every page needs.
"""

from datetime import timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.campaigns.models import Campaign
from recado.panel.send_words import state_words
from recado.panel.sends.senders import label_of
from recado.panel.templatetags.recado import icon

register = template.Library()
HOUR, MINUTE = 3600, 60

register.filter("sender_label", label_of)


@register.simple_tag
def send_state(campaign: Campaign) -> SafeString:
    """Say in a word, an icon and a colour where a group send stands."""
    word, icon_name, css = state_words(campaign.state)
    return format_html('<span class="c-chip {}">{}{}</span>', css, icon(icon_name), word)


@register.filter
def share(part: int, whole: int) -> str:
    """Write how much of the whole that is: `93%`; only what is complete is 100%."""
    if not whole:
        return "–"
    percent = part * 100 / whole
    return f"{99 if 99 < percent < 100 else round(percent)}%"  # noqa: PLR2004  # nearly all is not all


@register.filter
def duration(span: timedelta | None) -> str:
    """Say roughly how long something takes."""
    if span is None:
        return ""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return _("less than a minute")
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(seconds / HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
