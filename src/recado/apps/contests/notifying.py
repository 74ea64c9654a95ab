"""Telling winners that they won: one text each, once, through the outbox like any other text.

What belongs here: whom, what it says and costs, writing it. What does not: who won (`draws`, `services`), replies to who wins at once
(`entering`), senders as such (`apps.outbox.senders`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import ApiUser, User
from recado.apps.contacts.models import Contact
from recado.apps.contests.content import NOTIFY_PLACES
from recado.apps.contests.models import Contest, Win
from recado.apps.contests.queries import standing_wins
from recado.apps.numbers.models import Number
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.models import Origin
from recado.apps.outbox.sending import send_texts
from recado.apps.outbox.services import Order
from recado.core.reply import fill

LONGEST_TEXT = 1530


@dataclass(frozen=True, slots=True)
class From:
    """Where the texts leave from, as `apps.outbox.senders` knows it."""

    order: Order
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One winner, with the text for them and what became or would become of it."""

    win: Win
    text: str
    sent: Sent

    @property
    def reason(self) -> NotSent | None:
        """Why they get nothing; None: it is queued, or would be."""
        return self.sent.reason


def not_told(contest: Contest) -> list[Win]:
    """List the winners who were not told yet, the first place first; reserves wait until they win."""
    return list(standing_wins(contest).filter(notified_at=None))


def previewed(contest: Contest, text: str, leaving: From, now: datetime, program: ApiUser | None = None) -> list[Told]:
    """Say what each winner would get, what it would cost, and who gets nothing, without sending; raise NoSenderError."""
    wins = not_told(contest)
    texts = _texts(contest, text, wins)
    outgoing = [Outgoing(win.msisdn, texts[win.pk]) for win in wins]
    phones: dict[str, Sent] = {}
    for start in range(0, len(outgoing), 1_000):
        some = outgoing[start : start + 1_000]
        found = send_texts(
            contest.account, some, now=now, origin=Origin.AGENT, number=leaving.number, order=leaving.order, dry_run=True, program=program
        )
        phones |= {one.phone: one for one in found}
    return [Told(win, texts[win.pk], phones[win.msisdn]) for win in wins if win.msisdn in phones]


def notify_winners(
    contest: Contest, text: str, leaving: From, now: datetime, by: User | None = None, program: ApiUser | None = None
) -> list[Told]:
    """Send the text to every winner who was not told yet, to each once; raise NoSenderError where nothing can leave at all."""
    wins = not_told(contest)
    texts = _texts(contest, text, wins)
    return [told for win in wins if (told := _tell(contest, win, texts[win.pk], leaving, now, by, program)) is not None]


def unknown_in(text: str) -> list[str]:
    """Return the places of a text that nothing is put into."""
    return [name for name in _names(text) if name not in NOTIFY_PLACES]


def _tell(contest: Contest, win: Win, text: str, leaving: From, now: datetime, by: User | None, program: ApiUser | None) -> Told | None:
    with transaction.atomic():
        # Of two who press at once, only one still finds the winner untold.
        if not Win.objects.filter(pk=win.pk, notified_at=None, is_void=False).update(notified_at=now):
            return None
        [sent] = send_texts(
            contest.account,
            [Outgoing(win.msisdn, text)],
            now=now,
            origin=Origin.AGENT if program is None else Origin.API,
            number=leaving.number,
            order=leaving.order,
            author=by,
            program=program,
        )
        untold = {"notified_at": None, "outbound_message_id": None}
        Win.objects.filter(pk=win.pk).update(**({"outbound_message_id": sent.message_id} if sent.is_queued else untold))
    win.refresh_from_db()
    return Told(win, text, sent)


def _texts(contest: Contest, text: str, wins: list[Win]) -> Mapping[int, str]:
    names = {}
    if "_name}" in text:
        known = Contact.objects.filter(account=contest.account_id, msisdn__in=[win.msisdn for win in wins])
        names = {one.msisdn: one for one in known}
    return {win.pk: fill(text, _values(contest, win, names.get(win.msisdn))) for win in wins}


def _values(contest: Contest, win: Win, person: Contact | None) -> dict[str, str]:
    return {
        "contest": contest.name,
        "place": str(win.place),
        "entry": str(win.entry.sequence or ""),
        "first_name": person.first_name if person else "",
        "last_name": person.last_name if person else "",
    }


def _names(text: str) -> list[str]:
    return [piece.partition("}")[0] for piece in text.split("{")[1:] if "}" in piece and piece.partition("}")[0].isidentifier()]
