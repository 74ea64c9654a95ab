"""The public page of a board: full screen, live, for anybody who has its address.

What belongs here: the page, its pieces, its QR code, and what changed of open pages since they looked. What does not: which messages may be
seen (`apps.boards.queries.public_posts`), the stream that tells pages (`server.board_events`).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from recado.apps.boards.models import Board
from recado.apps.boards.queries import board_at, public_posts
from recado.apps.contacts.models import BlockedSender
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.panel.posters.files import code_for
from recado.panel.posters.words import sms_link
from recado.panel.public.looks import NOBODY_LOOKS, Look
from recado.panel.public.pages import PublicPage, public_page

QUIET_ZONE = 2


@public_page
def board(request: HttpRequest, token: str) -> PublicPage:  # noqa: ARG001  # as every view
    """Show the whole page."""
    found = board_at(token)
    return PublicPage(found.account, "panel/public/board.html", partial(screen_context, found))


@require_safe
def posts(request: HttpRequest, token: str) -> HttpResponse:
    """Give what changes of the page, for pages that have no stream; who has seen it already is told only that."""
    (look,) = looks({token: ""}).values()
    if look.state == NOBODY_LOOKS:
        raise Http404
    etag = f'"{look.state}"'
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(look.html)
        response["X-Robots-Tag"] = "noindex, nofollow"
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return response


@require_safe
def code(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  # as every view
    """Draw the QR code that opens a phone's SMS window."""
    try:
        found = board_at(token)
    except Board.DoesNotExist as error:
        raise Http404 from error
    keyword = keyword_of(found)
    if keyword is None:
        raise Http404
    picture = BytesIO()
    drawn = code_for(sms_link(f"{keyword.word} ", keyword.number.digits))
    drawn.save(picture, kind="svg", border=QUIET_ZONE, light="white", svgclass=None, lineclass=None)
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"], response["X-Robots-Tag"] = "public, max-age=60", "noindex, nofollow"
    return response


def looks(seen: Mapping[str, str]) -> dict[str, Look]:
    """Return what changed of pages since they looked: by address, which knows its last state ("" for none)."""
    blocks = BlockedSender.objects.filter(account=OuterRef("account")).order_by().values("account").annotate(latest=Max("id"))
    found = Board.objects.filter(public_token__in=seen, account__is_suspended=False).select_related("account")
    boards = {board.public_token: board for board in found.annotate(latest_block=Subquery(blocks.values("latest")))}
    changed: dict[str, Look] = {}
    for token, state in seen.items():
        board = boards.get(token)
        now = NOBODY_LOOKS if board is None else _state(board)
        if now != state:
            changed[token] = Look(now, "" if board is None else screen(board))
    return changed


def screen(board: Board) -> str:
    """Render what changes of a page, in the language of its owner."""
    account = board.account
    with translation.override(account.language), timezone.override(ZoneInfo(account.time_zone)):
        return render_to_string("panel/public/_board.html", screen_context(board))


def screen_context(board: Board, *, with_tests: bool = False) -> dict[str, Any]:
    """Return what the page shows; in the panel's preview tests are seen, too."""
    keyword = keyword_of(board)
    return {
        "board": board,
        "state": _state(board),
        "posts": public_posts(board, with_tests=with_tests),
        "keyword": keyword,
        "code_url": reverse("public-board-code", args=[board.public_token]) if keyword and board.pk else "",
    }


def keyword_of(board: Board) -> Keyword | None:
    """Return the keyword the page tells people: the oldest that acts."""
    return next(iter(sorted(_acting(board), key=lambda one: one.pk)), None)


def _acting(board: Board) -> Iterator[Keyword]:
    now = timezone.now()
    for keyword in keywords_of(board.account, Kind.POST_TO_BOARD, board.pk):
        if keyword.state == Keyword.State.LIVE and (keyword.ends_at is None or keyword.ends_at > now):
            yield keyword


def _state(board: Board) -> str:
    block = getattr(board, "latest_block", None)
    if block is None:
        block = BlockedSender.objects.filter(account=board.account_id).aggregate(latest=Max("id"))["latest"]
    return f"{board.version}-{block or 0}"
