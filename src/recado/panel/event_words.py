"""The events a person can be told of, as their settings name them.

What belongs here: words, one for each of `apps.notifications.choices.EVENTS`; a test keeps them complete. What does not: what a
notification itself says (`panel.notification_words`).
"""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "dialogue.assigned": _("A conversation is assigned to me"),
    "dialogue.new": _("Somebody new writes"),
    "file.infected": _("A virus is found in a file somebody sent"),
    "reply.undelivered": _("An answer of mine is not delivered"),
    "forward.dead": _("Forwarding a message is given up"),
    "forward.paused": _("Forwarding is paused because nothing arrives"),
    "forward.gone": _("Forwarding is paused because the address is gone"),
    "forward.mailbox": _("Forwarding is paused because a mailbox refuses mail"),
    "keyword.ending": _("A keyword ends soon"),
    "keyword.taken_away": _("The operator ended a keyword"),
    "number.ending": _("A number ends soon"),
    "order.assigned": _("A number you ordered is yours"),
    "order.refused": _("An order of a number was refused"),
    "answers.paused": _("Automatic answers to a phone are paused"),
    "answers.ceiling": _("Automatic answers cost what they may cost a day"),
    "credit.used_up": _("The credit is used up and automatic answers are not sent"),
    "sender_name.authorised": _("A sender name was approved"),
    "sender_name.rejected": _("A sender name was refused"),
    "contest.over": _("A contest is over and waits for its winners"),
    "credit.low": _("Credit runs low"),
    "credit.owed": _("You owe more than an amount you chose"),
    "codes.low": _("A code pool runs low"),
    "codes.empty": _("A code pool has no code left"),
}
