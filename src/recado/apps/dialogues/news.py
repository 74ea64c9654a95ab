"""Telling people what happened while nobody looked: an answer was not delivered, a forward was given up, somebody new wrote.

What belongs here: finding these facts and whom to tell, each of them once. What does not: when it is looked (`server.news`), the sentences
(`panel.notification_words`). Gateway and delivery write the rows and know nothing of this.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from recado.apps.accounts.models import Membership, Role, User
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import first_id_at
from recado.apps.notifications.choices import muted_by
from recado.apps.notifications.services import notify
from recado.apps.outbox.dead_letters import given_up
from recado.apps.outbox.models import JobKind, Origin, OutboundMessage
from recado.core.receipt import OutboundState

ANSWERING_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT)
CONFIGURING_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR)
WITHIN = timedelta(minutes=10)
"""How long ago something may have happened to be news still."""
TRIED_FOR = timedelta(days=4)
"""Older jobs were given up long ago (`core.retry`), or were given another chance by an operator, who looks themselves."""
AT_ONCE = 50
"""So many facts of a kind are told at one look, the newest."""


def tell_undelivered(dialogue_ids: Collection[int], now: datetime) -> None:
    """Tell those who wrote answers in these dialogues which of them were not delivered."""
    failed = OutboundMessage.objects.filter(dialogue_id__in=dialogue_ids, state=OutboundState.UNDELIVERED, origin=Origin.AGENT)
    recent = failed.filter(author__is_active=True, finished_at__gte=now - WITHIN).select_related("account", "author")
    messages = list(recent.order_by("-finished_at")[:AT_ONCE])  # by id, a database may walk through all there are
    people = _people({message.dialogue_id or 0 for message in messages})
    for message in messages:
        url, name = f"/inbox/{message.dialogue_id}/", people.get(message.dialogue_id or 0, message.recipient)
        if message.author and message.account:
            about = f"reply.undelivered:{message.pk}"
            notify(message.account, [message.author], "reply.undelivered", {"name": name, "reason": message.reason}, url, about=about)


def tell_given_up(account_ids: Collection[int], now: datetime) -> None:
    """Tell those who configure these accounts which destination did not take a message; of each once in an hour of the clock.

    Of phones once a day: a limit that is used up stays so, and each message beyond it is no news.
    """
    recent = given_up().filter(pk__gte=first_id_at(now - TRIED_FOR), finished_at__gte=now - WITHIN)
    theirs = recent.filter(account_id__in=account_ids, destination__isnull=False).select_related("account", "destination")
    jobs = {job.destination_id: job for job in theirs.order_by("-pk")[: AT_ONCE * 10]}
    for job in jobs.values():
        if job.account and job.destination and job.finished_at:
            when = job.finished_at.strftime("%Y%m%d" if job.kind == JobKind.FORWARD_PHONE else "%Y%m%d%H")
            about = f"forward.dead:{job.destination_id}:{when}"
            name, url = job.destination.name, f"/messages/{job.message_id}/" if job.message_id else "/settings/delivery-reports/"
            people = User.objects.filter(memberships__account=job.account, memberships__role__in=CONFIGURING_ROLES, is_active=True)
            notify(job.account, people, "forward.dead", {"destination": name, "error": job.last_error}, url, about=about)


def tell_new(dialogue_ids: Collection[int], now: datetime) -> None:
    """Tell those who answer, and want to know, that somebody wrote for the first time."""
    begun = Dialogue.objects.filter(pk__in=dialogue_ids, pk__gte=first_id_at(now - WITHIN), is_test=False)
    dialogues = list(begun.select_related("account", "contact").order_by("-pk")[:AT_ONCE])
    curious = _curious({dialogue.account_id for dialogue in dialogues})
    for dialogue in dialogues:
        people = curious.get(dialogue.account_id, [])
        url, about = f"/inbox/{dialogue.pk}/", f"dialogue.new:{dialogue.pk}"
        if people:
            notify(dialogue.account, people, "dialogue.new", {"name": dialogue.correspondent}, url, about=about)


def _curious(account_ids: Collection[int]) -> dict[int, list[User]]:
    """Find those who want to hear of everybody new, by account: few do, so that most of the time nothing more is asked."""
    found: dict[int, list[User]] = {}
    members = Membership.objects.filter(account_id__in=account_ids, role__in=ANSWERING_ROLES, user__is_active=True)
    for member in members.exclude(muted_notices=None).select_related("user"):
        if "dialogue.new" not in muted_by(member):
            found.setdefault(member.account_id, []).append(member.user)
    return found


def _people(dialogue_ids: Collection[int]) -> dict[int, str]:
    return {dialogue.pk: dialogue.correspondent for dialogue in Dialogue.objects.filter(pk__in=dialogue_ids).select_related("contact")}
