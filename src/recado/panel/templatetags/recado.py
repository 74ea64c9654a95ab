"""How recurring small things look in every template: icons, phone numbers, times, avatars, navigation.

What belongs here: presentation of single values. What does not: queries and decisions.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.contrib.messages.storage.base import Message
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from recado.apps.contacts.phone import for_people
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import unread_count
from recado.apps.outbox.models import Job, JobState
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.receipt import OutboundState
from recado.panel.forward_words import ICONS, error_in_words, state_in_words, tone
from recado.panel.outbound_words import FORWARDS, REASONS, STATES

register = template.Library()
WORDS_OF_REASONS = {str(reason): words for reason, words in REASONS.items()}

HUES = 5


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it never speaks, the word beside it does."""
    return format_html('<svg class="c-icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("panel/icons.svg"), name)


@register.filter
@lru_cache(maxsize=4096)
def msisdn(digits: str) -> str:
    """Write a phone number for people: `+48 604 218 377`; names and short codes stay as they are."""
    return for_people(digits)


@register.filter
def own_number(digits: str) -> str:
    """Write one of our numbers as it is printed on posters: `503 340 503`, `4301`."""
    if not digits.startswith("48"):
        return msisdn(digits)
    return msisdn(digits).removeprefix("+48 ")


@register.filter
def kind_abbreviation(kind: str) -> str:
    """Give the provider's short name of a kind of number, such as ND, NDI or SC."""
    return CAPABILITIES[NumberKind(kind)].abbreviation


@register.filter
def when(moment: datetime) -> str:
    """Give the time of today, the weekday of this week, else the date, in the account's zone."""
    local, today = timezone.localtime(moment), timezone.localdate()
    days = (today - local.date()).days
    if days == 0:
        return local.strftime("%H:%M")
    if 0 < days < 7:  # noqa: PLR2004  # a week
        return date_format(local, "D")
    return date_format(local, "j.m.Y" if local.year != today.year else "j.m")


@register.filter
def clock(moment: datetime) -> str:
    """Give hours and minutes in the account's zone."""
    return timezone.localtime(moment).strftime("%H:%M")


@register.filter
def day(moment: datetime) -> str:
    """Give the day of a message as a separator says it."""
    local, today = timezone.localtime(moment), timezone.localdate()
    days = (today - local.date()).days
    if days == 0:
        return gettext("Today")
    if days == 1:
        return gettext("Yesterday")
    return date_format(local, pgettext("date format of a day separator", "l, j F Y"))


@register.filter
def initials(name: str) -> str:
    """Give one or two letters for the avatar; `#` for somebody without a name."""
    letters = "".join(word[0] for word in name.split() if word[0].isalpha())
    return (letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper() or "#"


@register.filter
def hue(value: str | int) -> int:
    """Give the colour class of an avatar or chip, the same for the same value."""
    return sum(str(value).encode()) % HUES


@register.filter
def host(url: str) -> str:
    """Give the host of an address, for people."""
    return urlsplit(url).netloc or url


@register.filter
def notice_class(message: Message) -> str:
    """Give the class of a notice by its level."""
    return {"error": "c-notice--error", "warning": "c-notice--warning"}.get(message.level_tag, "")


@register.simple_tag(takes_context=True)
def current(context: RequestContext, prefix: str, *, exact: bool = False) -> str:
    """Mark the navigation link of the page being shown; `exact` where others begin with the same."""
    path = context["request"].path if "request" in context else ""
    return SafeString(' aria-current="page"') if path == prefix or (path.startswith(prefix) and not exact) else ""


@register.simple_tag(takes_context=True)
def unread(context: RequestContext) -> str:
    """Give the number of unread conversations of the account, empty when there are none."""
    account = getattr(context.get("request"), "account", None)
    return unread_words(unread_count(account)) if account else ""


def unread_words(count: int) -> str:
    """Write the count of the badge; beyond 99 nobody counts."""
    return "" if not count else str(count) if count <= 99 else "99+"  # noqa: PLR2004  # as the sentence says


@register.filter
def state_word(state: str) -> str:
    """Say the state of an outgoing message; an unknown one shows itself."""
    return str(STATES[OutboundState(state)][0]) if state in STATES else state


@register.filter
def state_icon(state: str) -> str:
    """Name the icon of a state."""
    return STATES[OutboundState(state)][1] if state in STATES else "info-circle"


@register.filter
def forward_word(state: str) -> str:
    """Say how a forward stands."""
    return str(FORWARDS[JobState(state)])


@register.filter
def forward_state(job: Job) -> str:
    """Say how a forward of any kind stands."""
    return state_in_words(job)


@register.filter
def forward_tone(job: Job) -> str:
    """Return the tone of that."""
    return tone(job)


@register.filter
def forward_error(error: str) -> str:
    """Say why a forward failed."""
    return error_in_words(error)


@register.filter
def forward_icon(kind: str) -> str:
    """Return the icon of a kind of destination."""
    return ICONS.get(kind, "webhook")


@register.filter
def reason_word(reason: str) -> str:
    """Say why a message was not delivered, or not sent; an unknown reason shows itself."""
    return str(WORDS_OF_REASONS.get(reason, reason))


@register.filter
def is_ahead(moment: datetime | None) -> bool:
    """Say whether a moment is still to come."""
    return moment is not None and moment > timezone.now()


@register.filter
def at(found: Mapping[int, object], key: int) -> object:
    """Give what a mapping has for a key; nothing where it has nothing."""
    return found.get(key, "")


@register.filter
def is_snoozed(dialogue: Dialogue) -> bool:
    """Say whether a conversation is out of sight now."""
    return dialogue.snoozed_until is not None and dialogue.snoozed_until > timezone.now()
