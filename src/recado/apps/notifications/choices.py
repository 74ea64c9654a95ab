"""What each person wants to be told: which events, whether by e-mail too, and when it is to be quiet.

What belongs here: the rules, and writing the choices down. What does not: telling (`services`), writing mails (`panel.notice_mail`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from recado.apps.accounts.models import MailNotices, Membership, User

EVENTS = (
    "dialogue.assigned",
    "dialogue.new",
    "file.infected",
    "reply.undelivered",
    "forward.dead",
    "forward.paused",
    "forward.gone",
    "forward.mailbox",
    "keyword.ending",
    "keyword.taken_away",
    "number.ending",
    "order.assigned",
    "order.refused",
    "answers.paused",
    "answers.ceiling",
    "credit.used_up",
    "sender_name.authorised",
    "sender_name.rejected",
    "contest.over",
    "credit.low",
    "credit.owed",
    "codes.low",
    "codes.empty",
)
"""Kinds that a person can switch off. All others are always told."""
MUTED_AT_FIRST = ("dialogue.new",)
"""Told to those alone who ask for it: where many write, it would drown the rest."""
DIGEST_AT = time(8)
"""When the daily mail is due, on the reader's clock."""


@dataclass(frozen=True, slots=True)
class NoticeChoices:
    """How one person wants to be told, in every account: the fields are those of `User`."""

    has_browser_notices: bool
    has_sound: bool
    mail_notices: MailNotices
    quiet_from: time | None
    quiet_until: time | None


CHANNELS = ("has_browser_notices", "has_sound", "mail_notices", "quiet_from", "quiet_until")


@transaction.atomic
def save_choices(user: User, choices: NoticeChoices) -> None:
    """Remember how a person wants to be told."""
    for name in CHANNELS:
        setattr(user, name, getattr(choices, name))
    user.save(update_fields=CHANNELS)


def save_events(membership: Membership, *, muted: Collection[str], mailed: Collection[str]) -> None:
    """Remember which events a member is not told of, and which come by e-mail too."""
    membership.muted_notices = [event for event in EVENTS if event in muted]
    membership.mailed_notices = [event for event in EVENTS if event in mailed]
    membership.save(update_fields=["muted_notices", "mailed_notices"])


def muted_by(membership: Membership) -> Collection[str]:
    """Return the events a member is not told of: those they chose, else what is off at first."""
    return MUTED_AT_FIRST if membership.muted_notices is None else membership.muted_notices


def is_quiet(begins: time | None, ends: time | None, clock: time) -> bool:
    """Say whether a time of day is in the quiet hours, which may go over midnight; none at all where one end is missing."""
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def is_quiet_for(user: User, moment: datetime) -> bool:
    """Say whether a person is to be left alone; `moment` is in their time zone."""
    return is_quiet(user.quiet_from, user.quiet_until, moment.time())


def mail_due(user: User, *, is_mailed: bool, moment: datetime) -> datetime | None:
    """Return when a mail about an event is due; None where none is wanted. `moment` is in the person's time zone."""
    if not is_mailed or user.mail_notices == MailNotices.OFF:
        return None
    if user.mail_notices == MailNotices.DIGEST:
        return _next(DIGEST_AT, moment)
    if user.quiet_until is not None and is_quiet_for(user, moment):
        return _next(user.quiet_until, moment)
    return moment.astimezone(UTC)


def _next(clock: time, moment: datetime) -> datetime:
    """Return the next moment, after this one, at which the wall clock shows a time."""
    day = moment.date() if moment.time() < clock else moment.date() + timedelta(days=1)
    return datetime.combine(day, clock, moment.tzinfo).astimezone(UTC)
