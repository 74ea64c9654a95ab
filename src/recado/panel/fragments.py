"""Pieces of pages that change while somebody looks: rendered for the live stream and as answers to htmx.

Every piece can be applied twice without harm, because live notices may repeat: elements are deleted by id and put back in order.
What belongs here: which pieces a change touches. What does not: streaming them (`server.events`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import close_old_connections, connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from recado.apps.accounts.models import Account, Membership, User
from recado.apps.accounts.queries import membership_for
from recado.apps.accounts.visits import visiting_membership
from recado.apps.campaigns.errors import NoSuchCampaignError
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import Tab, get_dialogue_for, is_newest, tabs_of, thread, unread_count
from recado.apps.notifications.choices import is_quiet_for
from recado.apps.notifications.queries import notifications_of, unread_notifications
from recado.apps.outbox.models import OutboundMessage
from recado.apps.outbox.release import gone_lately
from recado.panel import simulator_fragments
from recado.panel.access import MAY_ANSWER, MAY_READ, MAY_SEND
from recado.panel.autoresponders.stopped import stopped_context
from recado.panel.everywhere.bell import UNDER_THE_BELL
from recado.panel.everywhere.credit import credit_context
from recado.panel.inbox.offered import actions_context
from recado.panel.inbox.thread import Shown, shown
from recado.panel.inbox.wordless import last_brought
from recado.panel.sends.report import live_context
from recado.panel.templatetags.recado import unread_words

TAIL = 6
"""So many of the last messages a notice renders anew."""
OF_OBJECTS = {"message", "outbound", "dialogue", "presence", "campaign"}
NEWS = timedelta(minutes=1)
"""How long a notification is worth a sound; later it is only counted."""


def render(notice_kind: str, account_id: int | None, object_id: int | None, user: User, language: str) -> str:
    """Render what a notice changes for one person, with that person's rights; empty when it changes nothing they see."""
    if not connection.in_atomic_block:  # outside a request nobody else lets broken connections go
        close_old_connections()
    membership = _membership(user, account_id) if account_id is not None else None
    if membership is None:
        return ""
    account = membership.account
    with translation.override(language), timezone.override(ZoneInfo(user.time_zone or account.time_zone)):
        if notice_kind == "refetch":
            return render_to_string("panel/live/refetch.html")
        if notice_kind == "notification":
            return _of_notifications(membership, user)
        if notice_kind == "jobs":
            return render_to_string("panel/live/jobs.html") if membership.role in MAY_READ else ""
        if notice_kind not in OF_OBJECTS or object_id is None or membership.role not in MAY_READ:
            return ""
        return _of_object(notice_kind, membership, user, object_id)


def _of_object(notice_kind: str, membership: Membership, user: User, object_id: int) -> str:
    account = membership.account
    try:
        if notice_kind == "campaign":
            campaign = get_campaign_for(account, object_id)
            return render_to_string("panel/live/send.html", live_context(campaign) | {"may_send": membership.role in MAY_SEND})
        dialogue = get_dialogue_for(account, object_id)
    except (Dialogue.DoesNotExist, NoSuchCampaignError):
        return ""
    return _of_dialogue(notice_kind, account, user, dialogue, may_answer=membership.role in MAY_ANSWER)


def _membership(user: User, account_id: int) -> Membership | None:
    """Find the person's role in the account; none while that is suspended. An operator's lasts as long as the visit, suspended or not."""
    if visiting := visiting_membership(user, account_id, timezone.now()):
        return visiting
    membership = membership_for(user, account_id)
    return membership if membership and not membership.account.is_suspended else None


def _of_dialogue(notice_kind: str, account: Account, user: User, dialogue: Dialogue, *, may_answer: bool) -> str:
    context = _context(dialogue, user) | {
        "is_new": notice_kind == "message",
        "is_told": not is_quiet_for(user, _local_now(account, user)),
        "may_answer": may_answer,
        "unread_words": unread_words(unread_count(account)),
    }
    if notice_kind == "presence":
        return render_to_string("panel/live/presence.html", context)
    if notice_kind == "dialogue":
        return render_to_string("panel/live/dialogue.html", context | actions_context(dialogue))
    tail = _tail(dialogue)
    inbox: str = render_to_string("panel/live/message.html", context | tail)
    if notice_kind == "outbound":
        shown_already = {item.message.pk for item in tail["items"]}
        gone = [each for each in gone_lately(dialogue.pk, timezone.now(), NEWS) if each.pk not in shown_already]
        inbox += _anew(dialogue, gone, may_answer=may_answer) if gone else ""
    stopped = render_to_string("panel/live/stopped.html", context | stopped_context(account, dialogue))
    return inbox + stopped + simulator_fragments.render(dialogue)


def _of_notifications(membership: Membership, user: User) -> str:
    account = membership.account
    newest = notifications_of(account, user, limit=UNDER_THE_BELL)
    now = _local_now(account, user)
    is_news = bool(newest) and newest[0].read_at is None and newest[0].created_at > now - NEWS and not is_quiet_for(user, now)
    context: dict[str, object] = {
        "notifications": newest,
        "newest": newest[0] if is_news else None,
        "count": unread_notifications(account, user),
    }
    return render_to_string("panel/live/notification.html", context | credit_context(membership))


def _local_now(account: Account, user: User) -> datetime:
    return timezone.localtime(timezone=ZoneInfo(user.time_zone or account.time_zone))


def answered(account: Account, user: User, dialogue: Dialogue) -> str:
    """Render the conversation's end and its row after somebody answered."""
    context = _context(dialogue, user) | _tail(dialogue) | {"may_answer": True, "unread_words": unread_words(unread_count(account))}
    return render_to_string("panel/live/message.html", context | {"is_answer": True})


def one_message(dialogue: Dialogue, message: OutboundMessage) -> str:
    """Render one message anew after somebody changed what becomes of it, wherever it stands in the conversation."""
    return _anew(dialogue, [message], may_answer=True)


def _anew(dialogue: Dialogue, messages: Sequence[OutboundMessage], *, may_answer: bool) -> str:
    items: list[Shown] = []
    for message in messages:
        above = thread(dialogue, before_id=message.pk, limit=1)
        items += shown([message], above[0] if above else None)
    return render_to_string("panel/live/one_message.html", {"items": items, "dialogue": dialogue, "may_answer": may_answer})


def changed(dialogue: Dialogue, user: User) -> str:
    """Render a conversation's row and what its header offers, after the person changed it."""
    context = _context(dialogue, user) | actions_context(dialogue)
    words = unread_words(unread_count(dialogue.account))
    return render_to_string("panel/live/dialogue.html", context | {"may_answer": True, "unread_words": words})


def refused(context: dict[str, Any]) -> str:
    """Render why a reply was not sent: `words`, and for conflicts the `dialogue` and what can be done."""
    return render_to_string("panel/live/refused.html", context)


def _context(dialogue: Dialogue, user: User) -> dict[str, Any]:
    tabs = tabs_of(dialogue, user, timezone.now())
    return {
        "dialogue": dialogue,
        "brought": last_brought([dialogue]),
        "is_newest": is_newest(dialogue),
        "tabs_with": sorted(tabs),
        "tabs_without": sorted(set(Tab) - tabs),
        "viewer": user,
    }


def _tail(dialogue: Dialogue) -> dict[str, Any]:
    items = thread(dialogue, limit=TAIL + 1)
    above = items[0] if len(items) > TAIL else None
    return {"items": shown(items[-TAIL:], above)}
