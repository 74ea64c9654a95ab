"""Telling winners: the text, what it costs, who gets nothing, and the button that sends.

What belongs here: requests and responses. What does not: sending (`apps.contests.notifying`).
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recado.apps.contests.content import CHOSEN_LATER, NOTIFY_PLACES
from recado.apps.contests.errors import DrawRefusal
from recado.apps.contests.models import Contest
from recado.apps.contests.notifying import LONGEST_TEXT, From, Told, notify_winners, previewed, unknown_in
from recado.apps.contests.queries import get_contest_for
from recado.apps.outbox.answers import NotSent
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError
from recado.apps.outbox.services import Order
from recado.core.contest import EntryRule
from recado.panel.access import MemberRequest, may_send, member_required
from recado.panel.contests.words import refused_in_words
from recado.panel.recording import note
from recado.panel.send_words import NO_SENDER
from recado.panel.sends.senders import choices_for, sender_of
from recado.panel.templatetags.formats import money

NOT_SENT: Mapping[NotSent, Promise] = {
    NotSent.INVALID_NUMBER: gettext_lazy("No text can be sent to this number."),
    NotSent.OPTED_OUT: gettext_lazy("They opted out and are not written to. Call them."),
    NotSent.BLOCKED: gettext_lazy("You blocked this number."),
    NotSent.NO_POOL_NUMBER: gettext_lazy("No number of the pool is free for this phone. Choose another sender."),
    NotSent.NO_TEXT: gettext_lazy("Nothing is left of the text for this person. Add words."),
    NotSent.TEXT_TOO_LONG: gettext_lazy("The text is too long."),
    NotSent.NO_CREDIT: gettext_lazy("The credit does not reach."),
    NotSent.LIMIT_USED: gettext_lazy("No more texts may be sent."),
}
"""Why a winner gets no text."""


@member_required
@may_send
def notify(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Show what each winner would get and what it costs; what is posted with that cost is sent."""
    found = get_contest_for(request.account, contest_id)
    if EntryRule(found.entry_rule) not in CHOSEN_LATER:
        messages.info(request, refused_in_words(DrawRefusal.NOT_DRAWN))
        return redirect("contest", found.pk)
    text = request.POST.get("text", found.notify_text).strip()[:LONGEST_TEXT]
    choices = [one for one in choices_for(request.account) if one.is_there]
    sender = request.POST.get("sender", next((one.value for one in choices if one.value.startswith("number")), ""))
    sender = sender if sender in {one.value for one in choices} else next((one.value for one in choices), "eco")
    leaving = _from(request, sender)
    context: dict[str, Any] = {"contest": found, "text": text, "choices": choices, "sender": sender, "places": NOTIFY_PLACES}
    problems = _problems(text)
    told: list[Told] = []
    try:
        told = previewed(found, text, leaving, timezone.now()) if text else []
    except NoSenderError as error:
        problems.append(str(NO_SENDER[error.reason]))
    cost = sum(one.sent.cost for one in told)
    if request.method == "POST" and request.POST.get("do") == "send" and not problems:
        if request.POST.get("cost") == str(cost) and request.POST.get("count") == str(_count(told)):
            return _send(request, found, text, leaving)
        problems.append(_("What it costs or who gets it changed meanwhile. Nothing was sent; look once more."))
    rows = [(one, NOT_SENT.get(one.reason, one.reason.value) if one.reason else "") for one in told]
    context |= {"told": rows, "count": _count(told), "cost": cost, "problems": problems, "go": _go(_count(told), cost)}
    return render(request, "panel/contests/notify.html", context, status=422 if problems and request.method == "POST" else 200)


def _send(request: MemberRequest, found: Contest, text: str, leaving: From) -> HttpResponse:
    try:
        told = notify_winners(found, text, leaving, timezone.now(), request.user)
    except NoSenderError as error:
        messages.error(request, str(NO_SENDER[error.reason]))
        return redirect("contest-notify", found.pk)
    queued = _count(told)
    note(request, "contest.winners_told", found.name, found.pk, after={"people": queued, "cost": sum(one.sent.cost for one in told)})
    said = ngettext("%(count)s text is on its way.", "%(count)s texts are on their way.", queued) % {"count": queued}
    left = len(told) - queued
    if left:
        said += " " + ngettext("%(count)s winner gets none.", "%(count)s winners get none.", left) % {"count": left}
    messages.success(request, said)
    return redirect("contest", found.pk)


def _count(told: list[Told]) -> int:
    return sum(one.sent.is_queued for one in told)


def _go(count: int, cost: int) -> str:
    said = ngettext("Send to %(count)s winner, %(cost)s", "Send to %(count)s winners, %(cost)s", count)
    return said % {"count": count, "cost": money(cost)}


def _problems(text: str) -> list[str]:
    if not text:
        return [_("Write what winners get.")]
    missing = unknown_in(text)
    offered = ", ".join(f"{{{name}}}" for name in NOTIFY_PLACES)
    said = _("Nothing is filled in for %(name)s: people would get it as it stands. Use %(offered)s, or leave out the braces.")
    return [said % {"name": f"{{{missing[0]}}}", "offered": offered}] if missing else []


def _from(request: MemberRequest, sender: str) -> From:
    chosen = sender_of(request.account, sender)
    return From(Order(kind=SendKind(chosen["kind"]), sender_name=chosen["sender_name"]), chosen["number"])
