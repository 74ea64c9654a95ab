"""The inbox: list of conversations, one conversation, marking as read.

What belongs here: requests and responses of these pages. What does not: writing (`writing`), what else is done to a conversation
(`actions`), the column beside it (`side`), reads and writes (`apps.dialogues`), live changes (`fragments`).
"""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from recado.apps.dialogues import answering, services
from recado.apps.dialogues.canned_replies import filled, get_canned_reply_for
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import PAGE, Filters, Item, Tab, dialogue_list, get_dialogue_for, labels_of, thread
from recado.apps.numbers.queries import usable_numbers
from recado.apps.outbox.queries import get_outbound_for
from recado.core.decide import Flag
from recado.panel.access import MemberRequest, may_answer, may_read, member_required
from recado.panel.autoresponders.stopped import stopped_context
from recado.panel.ids import id_of
from recado.panel.inbox.composing import composer_context
from recado.panel.inbox.offered import actions_context
from recado.panel.inbox.side import side_context
from recado.panel.inbox.thread import shown
from recado.panel.inbox.unwanted import unwanted_context
from recado.panel.inbox.wordless import last_brought
from recado.panel.outbound_words import REFUSALS

TABS = {
    Tab.OPEN: pgettext_lazy("conversations", "Open"),
    Tab.UNREAD: gettext_lazy("Unread"),
    Tab.MINE: gettext_lazy("Mine"),
    Tab.UNASSIGNED: gettext_lazy("Unassigned"),
    Tab.SNOOZED: gettext_lazy("Snoozed"),
    Tab.ALL: gettext_lazy("All"),
}


@require_safe
@member_required
@may_read
def conversations(request: MemberRequest) -> HttpResponse:
    """Show the list; `part=list` and `part=rows` give the list alone and its next rows."""
    part = request.GET.get("part", "")
    template = {"list": "panel/inbox/_list.html", "rows": "panel/inbox/_rows.html"}.get(part, "panel/inbox/inbox.html")
    return _varying(render(request, template, _list_context(request)))


@require_safe
@member_required
@may_read
def conversation(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Show one conversation; opening it marks it as read. `part=messages` gives messages alone, the newest or those `before` one."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    if request.GET.get("part") == "messages":
        return render(request, "panel/inbox/_messages.html", _messages_context(dialogue, id_of(request.GET.get("before"))))
    unread_before = dialogue.unread_count
    if request.may_answer:
        services.mark_read(dialogue)
    if is_partial(request):
        context = _thread_context(request, dialogue) | {"row_changed": unread_before > 0, "brought": last_brought([dialogue])}
        return _varying(render(request, "panel/inbox/_opened.html", context))
    return _varying(render(request, "panel/inbox/inbox.html", page_context(request, dialogue)))


@require_POST
@member_required
@may_answer
def read(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Mark as read a conversation that was open while a message arrived."""
    services.mark_read(get_dialogue_for(request.account, dialogue_id))
    return HttpResponse(status=204) if is_partial(request) else redirect("conversation", dialogue_id)


def new_key() -> str:
    """Make a key that lets a form be sent twice and count once."""
    return uuid.uuid4().hex


def is_partial(request: MemberRequest) -> bool:
    """Say whether a script wants pieces of the page and not all of it."""
    return request.headers.get("HX-Request-Type") == "partial"


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request-Type"])
    response["Cache-Control"] = "no-store"
    return response


def _list_context(request: MemberRequest) -> dict[str, Any]:
    tab = request.GET.get("tab", "open")
    filters = Filters(
        request.user,
        timezone.now(),
        Tab(tab) if tab in set(Tab) else Tab.OPEN,
        search=request.GET.get("q", "").strip()[:80],
        label_id=id_of(request.GET.get("label")),
        number_id=id_of(request.GET.get("number")),
        may_want_out=request.GET.get("flag") == Flag.OPT_OUT.value,
        before_id=id_of(request.GET.get("before")),
    )
    rows = dialogue_list(request.account, filters)
    return {
        "dialogues": rows[:PAGE],
        "brought": last_brought(rows[:PAGE]),
        "has_more": len(rows) > PAGE,
        "filters": filters,
        "tabs": TABS,
        "labels": labels_of(request.account),
        "numbers": usable_numbers(request.account),
    }


def page_context(request: MemberRequest, dialogue: Dialogue) -> dict[str, Any]:
    """Return what the whole page with a conversation shows."""
    return _list_context(request) | _thread_context(request, dialogue)


def _messages_context(dialogue: Dialogue, before_id: int | None = None) -> dict[str, Any]:
    items: list[Item] = thread(dialogue, before_id=before_id, limit=PAGE + 1)
    page = items[-PAGE:]
    above = items[0] if len(items) > PAGE else None
    return {"dialogue": dialogue, "items": shown(page, above), "earlier_than": page[0].pk if above else None}


def _thread_context(request: MemberRequest, dialogue: Dialogue) -> dict[str, Any]:
    refusal, data = answering.refusal_of(dialogue), request.POST or request.GET
    items = _messages_context(dialogue)
    return {
        **items,
        **side_context(request.account, dialogue),
        **actions_context(dialogue),
        **unwanted_context(request.account, dialogue, is_service=request.may_configure and "service" in data),
        **stopped_context(request.account, dialogue),
        **({} if refusal else composer_context(request.account, request.user, dialogue)),
        "refusal": REFUSALS[refusal] if refusal else "",
        "key": new_key(),
        "seen": items["items"][-1].message.pk if items["items"] else 0,
        "text": _offered_text(request, dialogue),
    }


def _offered_text(request: MemberRequest, dialogue: Dialogue) -> str:
    """Return what the answer begins with: a canned reply, or a text of this conversation that did not arrive and is written `again`."""
    if again := id_of(request.GET.get("again")):
        message = get_outbound_for(request.account, again)
        return message.text if message.dialogue_id == dialogue.pk else ""
    chosen = id_of(request.GET.get("canned"))
    return filled(get_canned_reply_for(request.account, request.user, chosen).text, dialogue) if chosen else ""
