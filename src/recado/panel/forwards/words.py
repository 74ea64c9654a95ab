"""Words of forwarding: kinds of places, how one fares, where a delivery stands.

What belongs here: one word, icon or sentence for each code. What does not: sentences for errors of attempts (`explained`), deciding
anything (`apps.outbox`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from recado.apps.outbox.destinations import DestinationProblem, Problem
from recado.apps.outbox.mail_preview import mails_can_be_answered
from recado.apps.outbox.models import Destination, Job
from recado.apps.outbox.standing import DeliveryState, ForwardStanding
from recado.core.pausing import PauseReason
from recado.core.retry import FORWARD_SCHEDULE
from recado.panel.pause_words import SENTENCES
from recado.panel.templatetags.recado import host


@dataclass(frozen=True, slots=True)
class KindWords:
    """What people read about a kind of place."""

    icon: str
    name: Promise
    """As in a list."""
    choice: Promise
    """As the first thing somebody chooses."""
    explanation: Promise


def _about_mails() -> str:
    if mails_can_be_answered():
        return _("Every message becomes an e-mail; answer the e-mail, and the person gets a text. Free.")
    return _("Every message becomes an e-mail. Answer in the inbox: an answer to the e-mail reaches nobody. Free.")


Kind = Destination.Kind
KINDS: Mapping[str, KindWords] = {
    Kind.URL: KindWords(
        "link",
        gettext_lazy("Web address"),
        gettext_lazy("A web address with placeholders"),
        gettext_lazy("Your program gets a call such as https://shop.example/?from=#NUMER#&text=#WIADOMOSC# and answers OK. Free."),
    ),
    Kind.WEBHOOK: KindWords(
        "webhook",
        gettext_lazy("Webhook"),
        gettext_lazy("A webhook"),
        gettext_lazy("Your program gets a signed JSON or XML document for every message, as modern services send it. Free."),
    ),
    Kind.EMAIL: KindWords(
        "mail",
        gettext_lazy("E-mail"),
        gettext_lazy("An e-mail address"),
        cast("Promise", lazy(_about_mails, str)()),
    ),
    Kind.PHONE: KindWords(
        "device-mobile",
        gettext_lazy("Phone"),
        gettext_lazy("A phone"),
        gettext_lazy("Every message goes on as a text to a phone of yours, with the sender’s number in front. Costs as much as a text."),
    ),
    Kind.RECEIPTS: KindWords(
        "checks", gettext_lazy("Delivery reports"), gettext_lazy("Delivery reports"), gettext_lazy("Tells how messages you sent ended.")
    ),
}
CHOICES = (Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.WEBHOOK)
"""What can be made here, in the order it is offered: first what needs no program."""


STANDINGS: Mapping[ForwardStanding, tuple[str, str, Promise]] = {
    ForwardStanding.WELL: ("good", "check", gettext_lazy("Working")),
    ForwardStanding.UNTRIED: ("", "clock", gettext_lazy("No message yet")),
    ForwardStanding.FAILING: ("warn", "alert-triangle", gettext_lazy("Failing")),
    ForwardStanding.PAUSED: ("bad", "player-pause", gettext_lazy("Paused")),
    ForwardStanding.OFF: ("", "player-stop", gettext_lazy("Off")),
    ForwardStanding.UNCONFIRMED: ("warn", "key", gettext_lazy("Waits for its code")),
}
"""Tone, icon and word: how a place fares is never shown by colour alone."""


def pause_in_words(destination: Destination) -> str:
    """Say why a place is paused."""
    known = destination.pause_reason in set(PauseReason)
    return str(SENTENCES[PauseReason(destination.pause_reason) if known else PauseReason.BY_HAND])


def masked_address_of(destination: Destination) -> str:
    """Say where a place is for people who are not of the account: phones and people of e-mail addresses are left out."""
    if destination.kind == Kind.EMAIL:
        return f"…@{destination.email.rpartition('@')[2]}"
    return f"…{destination.msisdn[-3:]}" if destination.kind == Kind.PHONE else host(destination.url)


DELIVERY_STATES: Mapping[DeliveryState, tuple[str, str, Promise]] = {
    DeliveryState.DELIVERED: ("good", "check", pgettext_lazy("a forward", "Delivered")),
    DeliveryState.WAITING: ("", "clock", gettext_lazy("Waiting")),
    DeliveryState.FAILED: ("warn", "alert-triangle", gettext_lazy("Failed")),
    DeliveryState.HELD: ("", "player-pause", gettext_lazy("Waiting: paused")),
    DeliveryState.GIVEN_UP: ("bad", "circle-x", gettext_lazy("Given up")),
}
"""Tone, icon and word."""


def tries_in_words(job: Job) -> str:
    """Say how often a delivery that is not over was tried."""
    most = len(FORWARD_SCHEDULE) if job.sample is None else 1
    return _("try %(number)s of %(most)s") % {"number": min(job.attempt_count + 1, most), "most": most}


PROBLEMS: Mapping[DestinationProblem, Promise] = {
    DestinationProblem.NAME_TOO_LONG: gettext_lazy("At most 80 characters fit."),
    DestinationProblem.URL: gettext_lazy("Write a full address that begins with http:// or https:// and has no spaces."),
    DestinationProblem.URL_TOO_LONG: gettext_lazy("The address is too long: at most 2000 characters fit."),
    DestinationProblem.HEADER_NAME: gettext_lazy("“%(value)s” cannot be the name of a header. Write one header a line: Name: value."),
    DestinationProblem.HEADER_OURS: gettext_lazy("The header %(value)s is set by Recado itself. Take it out."),
    DestinationProblem.HEADER_VALUE: gettext_lazy("The value of the header %(value)s is too long or has characters no header can have."),
    DestinationProblem.TOO_MANY_HEADERS: gettext_lazy("At most 20 headers can be sent."),
    DestinationProblem.BATCH: gettext_lazy("Write a number from 1 to 100."),
    DestinationProblem.EMAIL: gettext_lazy("Write an e-mail address such as office@shop.example."),
    DestinationProblem.SUBJECT: gettext_lazy("Write the subject in one line of at most 200 characters."),
    DestinationProblem.PLACE: gettext_lazy(
        "Nothing is filled in for {%(value)s}. Use one of the placeholders listed beside the form, or take it out."
    ),
    DestinationProblem.PHONE: gettext_lazy("Write a phone number such as 604 218 377, or one with + and the code of its country."),
    DestinationProblem.OWN_NUMBER: gettext_lazy(
        "This is a number that receives messages here: what goes there would come back. Choose another phone."
    ),
    DestinationProblem.DAILY_LIMIT: gettext_lazy("Write a number from 1 to 10 000, or leave it empty."),
    DestinationProblem.KIND: gettext_lazy("The kind of a forward cannot be changed. Make a new one."),
}


def problem_in_words(problem: Problem) -> str:
    """Say what is wrong with a place, and what to write instead."""
    return str(PROBLEMS[problem.reason]) % {"value": problem.value}
