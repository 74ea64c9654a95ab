"""What notifications say in the reader's language.

What belongs here: a sentence and an icon for each kind, and how the values in it are written. What does not: telling somebody
(`apps.notifications.services`).
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.notifications.models import Notification
from recado.panel.forward_words import error_in_words
from recado.panel.templatetags.formats import calendar_day, count, money
from recado.panel.templatetags.recado import msisdn, reason_word
from recado.panel.trip_words import reason_in_words

SENTENCES: dict[str, Promise] = {
    "dialogue.assigned": _("%(by)s assigned the conversation with %(name)s to you."),
    "dialogue.new": _("%(name)s wrote to you for the first time."),
    "file.infected": _("A virus was found in a file that %(name)s sent you. The file is not handed out."),
    "reply.undelivered": _("Your message to %(name)s was not delivered: %(reason)s."),
    "forward.dead": _("Forwarding to %(destination)s was given up: %(error)s"),
    "forward.paused": _("Nothing arrives at %(name)s any more. What is forwarded there waits until you resume it."),
    "forward.gone": _("%(name)s says that its address is gone (HTTP 410). What is forwarded there waits until you resume it."),
    "forward.mailbox": _("The mailbox of %(name)s refuses mail. Correct its address and resume it; what is forwarded there waits."),
    "number.ending": _("The number %(number)s ends on %(ends_at)s. Ask the operator to extend it."),
    "order.assigned": _("The number %(number)s is yours. Say what happens to messages without a keyword."),
    "order.refused": _("The number you ordered was refused: %(why)s"),
    "sender_name.authorised": _("The sender name %(sender)s is approved. You can send under it."),
    "sender_name.rejected": _("The sender name %(sender)s was refused: %(why)s"),
    "keyword.ending": _("The keyword %(word)s ends on %(ends_at)s."),
    "keyword.taken_away": _("The operator ended your keyword %(word)s: %(why)s"),
    "answers.paused": _("Automatic answers to %(phone)s are paused (%(name)s): %(trip)s."),
    "credit.used_up": _(
        "Your credit is used up: texts, group sends, automatic answers and forwards to phones are not sent. "
        "What people write to you still arrives."
    ),
    "answers.ceiling": _("%(name)s answers nobody until midnight: it cost what it may cost a day."),
    "contest.over": _("The contest %(name)s is over and waits for its winners."),
    "credit.low": _("Your credit runs low: %(minor_units)s left. Top up, or texts will not leave."),
    "credit.owed": _("You owe %(minor_units)s so far."),
    "codes.low": _("Few codes are left in %(name)s: %(left)s. Add more before people get none."),
    "codes.empty": _("No code is left in %(name)s: people are told that all are gone. Add more."),
}
"""Values are given under the names in brackets: `…_at` as ISO time, `reason` as a word of `UndeliveredReason`, `trip` as one of
`TripReason`, `minor_units` money, `left` a count, digits alone are a phone."""

ICONS = {
    "dialogue.assigned": "user-check",
    "dialogue.new": "inbox",
    "file.infected": "alert-triangle",
    "reply.undelivered": "alert-triangle",
    "forward.dead": "webhook",
    "forward.paused": "webhook",
    "forward.gone": "webhook",
    "forward.mailbox": "mail",
    "sender_name.authorised": "id-badge",
    "sender_name.rejected": "ban",
    "keyword.ending": "clock",
    "keyword.taken_away": "player-stop",
    "number.ending": "clock",
    "order.assigned": "hash",
    "order.refused": "ban",
    "answers.paused": "repeat-off",
    "answers.ceiling": "coin",
    "contest.over": "trophy",
    "credit.low": "coin",
    "credit.owed": "coin",
    "credit.used_up": "coin",
    "codes.low": "alert-triangle",
    "codes.empty": "alert-triangle",
}


def sentence(notification: Notification) -> str:
    """Say what a notification tells; a kind nobody knows shows itself."""
    if notification.kind not in SENTENCES:
        return notification.kind
    try:
        return str(SENTENCES[notification.kind]) % _readable(notification.values)
    except (KeyError, ValueError):  # written by another version
        return notification.kind


def icon_name(notification: Notification) -> str:
    """Name the icon of a notification."""
    return ICONS.get(notification.kind, "bell")


def _readable(values: Mapping[str, object]) -> dict[str, str]:
    return {name: _written(name, str(value)) for name, value in values.items()}


def _written(name: str, value: str) -> str:
    if name.endswith("_at"):
        return calendar_day(datetime.fromisoformat(value)) if value else ""
    if name == "left":
        return count(int(value))
    if name == "minor_units":
        return money(int(value))
    if name == "trip":
        return reason_in_words(value)
    if name == "error":
        return error_in_words(value)
    return reason_word(value) if name == "reason" else msisdn(value)
