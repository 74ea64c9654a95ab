"""Forwards in the reader's language: how one stands, and why one was given up.

What belongs here: words for `core.phone_forward.PhoneRefusal`, complete by a test, and the state of a forward whatever its kind. What does
not: what other programs answered, which stands as they said it.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recado.apps.outbox.models import Job, JobState
from recado.core.phone_forward import PhoneRefusal
from recado.core.receipt import OutboundState
from recado.panel.outbound_words import FORWARDS, STATES

REFUSED: Mapping[PhoneRefusal, Promise] = {
    PhoneRefusal.OWN_NUMBER: _("the phone is a number of this service, so the message would come back"),
    PhoneRefusal.SAME_PHONE: _("the message came from this very phone"),
    PhoneRefusal.ECHO: _("it is a forwarded text that came back; the phone, or one behind it, forwards texts to you"),
    PhoneRefusal.OPTED_OUT: _("who has the phone texted STOP; they must text START, or you forward to another phone"),
    PhoneRefusal.BLOCKED: _("you blocked this phone"),
    PhoneRefusal.DAILY_LIMIT: _("the phone got as many as it may get in 24 hours; raise the limit where you set up the forward"),
    PhoneRefusal.NO_CREDIT: _("your credit does not reach for it; top up, and new messages are forwarded again"),
    PhoneRefusal.NO_SENDER: _("nothing can be sent from this number, and no pool number is free for the phone"),
    PhoneRefusal.SWITCHED_OFF: _("the forward is switched off"),
    PhoneRefusal.UNCONFIRMED: _("the phone has not agreed yet; type the code that was sent to it where you set up the forward"),
    PhoneRefusal.NO_TEXT: _("there is no text to forward: it was empty, or whoever wrote it asked to be forgotten"),
    PhoneRefusal.GONE: _("the forward or the message is not there any more"),
    PhoneRefusal.BROKEN: _("something went wrong here; the operator sees it in the log"),
}
"""Why a message was not forwarded to a phone, as the end of a sentence. The message itself is always kept."""
_ANSWERED = re.compile(r"answered HTTP (\d{3})")
_GOOD = (OutboundState.DELIVERED,)
_BAD = (OutboundState.UNDELIVERED, OutboundState.UNSENT)


def error_in_words(error: str) -> str:
    """Say why a forward failed, in words where it was us who refused, else as the other side said it."""
    if error in set(PhoneRefusal):
        return str(REFUSED[PhoneRefusal(error)])
    if answered := _ANSWERED.match(error):
        return gettext("answered HTTP %(status)s") % {"status": answered[1]} + error[answered.end() :]
    return error


def state_in_words(job: Job) -> str:
    """Say how a forward stands; one to a phone stands as the text that came of it."""
    if job.forwarded is not None:
        return str(STATES[OutboundState(job.forwarded.state)][0])
    return str(FORWARDS.get(JobState(job.state), FORWARDS[JobState.CLAIMED]))


def tone(job: Job) -> str:
    """Return `good`, `bad` or `warn`."""
    if job.forwarded is not None:
        state = OutboundState(job.forwarded.state)
        return "good" if state in _GOOD else "bad" if state in _BAD else "warn"
    return {JobState.DONE: "good", JobState.DEAD: "bad"}.get(JobState(job.state), "warn")


ICONS = {"url": "link", "webhook": "webhook", "email": "mail", "phone": "device-mobile"}
"""Of destinations, by kind."""
