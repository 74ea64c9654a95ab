"""Looking through messages for a board: what waits, what is shown, what is not; and what comes meanwhile.

What belongs here: the page and the decisions on it. What does not: what a decision does (`apps.boards.moderating`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from recado.apps.boards.models import Board, Post
from recado.apps.boards.moderating import MOST_AT_ONCE, block_sender, decide
from recado.apps.boards.queries import counts_of, get_board_for, get_post_for, rejected_posts, shown_posts, waiting_posts
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.models import Contact
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.inbox.models import Message
from recado.apps.keywords.activities import Kind, keywords_of
from recado.core.board import PostState
from recado.panel.access import MemberRequest, may_answer, may_read, member_required
from recado.panel.board_words import reason_words
from recado.panel.ids import id_of
from recado.panel.public.board import screen_context
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn as shown_number
from recado.panel.undo import offer_undo

PAGE = 100
"""So many messages are on the page at once."""


class Tab(StrEnum):
    """Which messages are looked at."""

    WAITING = "waiting"
    SHOWN = "shown"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A message with all its row says."""

    post: Post
    why: str
    """Why it was not shown by itself."""
    contact: Contact | None
    dialogue_id: int | None
    is_blocked: bool


@require_safe
@member_required
@may_read
def board(request: MemberRequest, board_id: int) -> HttpResponse:
    """Show a board's messages, what waits first."""
    found = get_board_for(request.account, board_id)
    asked = request.GET.get("show", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.WAITING
    before = id_of(request.GET.get("before")) if tab is not Tab.WAITING else None
    rows, next_before = _page(found, tab, before)
    context = {
        "board": found,
        "tab": tab.value,
        "rows": rows,
        "before": before,
        "next_before": next_before,
        "counts": counts_of(found),
        "keywords": keywords_of(request.account, Kind.POST_TO_BOARD, found.pk),
        "public_url": request.build_absolute_uri(reverse("public-board", args=[found.public_token])),
        "preview": {**screen_context(found, with_tests=True), "is_preview": True},
        "own_keys": "panel/boards/_keys.html",
        **_bulk(rows),
    }
    return render(request, "panel/boards/board.html", context)


@require_safe
@member_required
@may_read
def news(request: MemberRequest, board_id: int) -> HttpResponse:
    """Give what waits now, for the page to add what is new and take away what others decided; 204 while nothing changed."""
    found = get_board_for(request.account, board_id)
    if request.GET.get("version") == str(found.version):
        return HttpResponse(status=204)
    rows, _more = _page(found, Tab.WAITING, None)
    context = {"board": found, "rows": rows, "counts": counts_of(found), "tab": Tab.WAITING.value, **_bulk(rows)}
    return render(request, "panel/boards/_news.html", context)


@require_POST
@member_required
@may_answer
def decide_posts(request: MemberRequest, board_id: int) -> HttpResponse:
    """Show, reject or take down messages, or take such a decision back."""
    found = get_board_for(request.account, board_id)
    wanted = request.POST.get("to", "")
    state = PostState(wanted) if wanted in set(PostState) else PostState.PENDING
    ids = [number for one in ",".join(request.POST.getlist("posts")).split(",")[:MOST_AT_ONCE] if (number := id_of(one)) is not None]
    states = dict(Post.objects.filter(board=found, pk__in=ids).values_list("pk", "state"))
    changed = decide(found, ids, state, request.user)
    if request.POST.get("undoes"):
        messages.success(request, _("Undone."))
    elif changed:
        before = states[changed[0]]
        undone = {"posts": ",".join(map(str, changed)), "to": before, "undoes": "1"}
        offer_undo(request, _said(state, len(changed)), reverse("board-decide", args=[found.pk]), undone)
    else:
        messages.warning(request, _("Nothing was changed: somebody decided it meanwhile, or the sender is blocked."))
    if request.headers.get("X-Fragment"):
        return render(request, "panel/boards/_done.html", {"changed": changed})
    return redirect(_back(request, found))


@require_POST
@member_required
@may_answer
def post_block(request: MemberRequest, board_id: int, post_id: int) -> HttpResponse:
    """Block who wrote a message: nothing of them is shown any more."""
    found = get_board_for(request.account, board_id)
    post = get_post_for(found, post_id)
    with transaction.atomic():
        if block_sender(found, post, request.user, _("From the board %(name)s") % {"name": found.name}):
            note(request, "sender.blocked", shown_number(post.msisdn))
    messages.success(
        request, _("The sender is blocked, and nothing of theirs is shown. Contacts, “Opted out and blocked”, is where you take it back.")
    )
    return redirect(_back(request, found))


def _page(found: Board, tab: Tab, before: int | None) -> tuple[list[ShownPost], int | None]:
    """Return the rows of a tab, and where the next page begins."""
    of_tab = {Tab.WAITING: waiting_posts, Tab.SHOWN: shown_posts, Tab.REJECTED: rejected_posts}
    posts = of_tab[tab](found)
    if tab is Tab.SHOWN:
        posts = posts.order_by("-id")
    if before is not None:
        posts = posts.filter(pk__lt=before)
    page = list(posts[: PAGE + 1])
    shown = page[:PAGE]
    return _rows(found, shown), shown[-1].pk if len(page) > PAGE else None


def _rows(found: Board, posts: Iterable[Post]) -> list[ShownPost]:
    """Gather what rows say beside the messages, for all of them at once."""
    shown = list(posts)
    phones = {one.msisdn for one in shown}
    people = contacts_by_number(found.account, phones)
    blocked = blocked_among(found.account, phones)
    dialogues: Mapping[int, int | None] = dict(
        Message.objects.filter(account=found.account, pk__in=[one.message_id for one in shown]).values_list("pk", "dialogue_id")
    )
    return [
        ShownPost(one, reason_words(one.reason), people.get(one.msisdn), dialogues.get(one.message_id), one.msisdn in blocked)
        for one in shown
    ]


def _bulk(rows: list[ShownPost]) -> dict[str, object]:
    """Return which messages are shown by one press: those on the page that nothing speaks against."""
    plain = [one.post.pk for one in rows if not one.why and not one.is_blocked]
    return {"plain_ids": ",".join(map(str, plain)), "plain_count": len(plain), "has_doubts": len(plain) < len(rows)}


def _said(state: PostState, count: int) -> str:
    said = {
        PostState.SHOWN: ngettext("%(count)s message is on the screen.", "%(count)s messages are on the screen.", count),
        PostState.REJECTED: ngettext("%(count)s message is rejected.", "%(count)s messages are rejected.", count),
        PostState.HIDDEN: ngettext("%(count)s message is taken down.", "%(count)s messages are taken down.", count),
        PostState.PENDING: ngettext("%(count)s message waits again.", "%(count)s messages wait again.", count),
    }
    return said[state] % {"count": count}


def _back(request: MemberRequest, found: Board) -> str:
    tab = request.POST.get("tab", "")
    where = reverse("board", args=[found.pk])
    return f"{where}?show={tab}" if tab in set(Tab) and tab != Tab.WAITING else where
