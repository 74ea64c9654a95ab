"""Making a board and changing it, with a preview of its page.

What belongs here: the requests of the form. What does not: fields (`panel.forms.board`), opening, closing and the like (`changes`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.boards.audited import board_facts
from recado.apps.boards.errors import BoardError
from recado.apps.boards.models import Board, Post
from recado.apps.boards.queries import get_board_for, public_posts
from recado.apps.boards.services import BoardContent, Theme, add_board, edit_board
from recado.apps.keywords.activities import Activity, Kind, keywords_of
from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.errors import KeywordError
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for
from recado.core.board import Naming, name_of
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.board import BoardForm
from recado.panel.ids import id_of
from recado.panel.public.board import keyword_of
from recado.panel.recording import note


@member_required
@may_configure
def board_new(request: MemberRequest) -> HttpResponse:
    """Make a board, with its keyword."""
    form = BoardForm(request.account, request.POST or None)
    if request.POST and form.is_valid() and (added := _add(request, form)):
        messages.success(request, _("The board %(name)s is there. Open its page on the screen people look at.") % {"name": added.name})
        return redirect("board", added.pk)
    context = {"form": form, **sample(request.account, BoardContent(""), request.POST)}
    return render(request, "panel/boards/new.html", context, status=422 if form.errors else 200)


@member_required
@may_configure
def board_settings(request: MemberRequest, board_id: int) -> HttpResponse:
    """Change a board."""
    found = get_board_for(request.account, board_id)
    form = BoardForm(request.account, request.POST or None, board=found)
    if request.POST and form.is_valid() and _change(request, found, form):
        messages.success(request, _("Saved. The screen shows it at once."))
        return redirect("board-settings", found.pk)
    context = {
        "board": get_board_for(request.account, board_id),
        "form": form,
        "keywords": keywords_of(request.account, Kind.POST_TO_BOARD, board_id),
        **sample(request.account, found, request.POST),
    }
    return render(request, "panel/boards/settings.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
@may_configure
def board_preview(request: MemberRequest) -> HttpResponse:
    """Show the page as the form has it now, as a fragment."""
    board_id = id_of(request.POST.get("board"))
    about = get_board_for(request.account, board_id) if board_id else BoardContent("")
    return render(request, "panel/boards/_previews.html", sample(request.account, about, request.POST))


def _add(request: MemberRequest, form: BoardForm) -> Board | None:
    try:
        with transaction.atomic():
            added = add_board(request.account, form.content(), request.user)
            keyword = form.reserve(Activity(Kind.POST_TO_BOARD, added.pk, added.name))
            note(request, "board.added", added.name, added.pk, after=board_facts(added))
            if keyword:
                note(request, "keyword.reserve", keyword.word, keyword.pk, after=keyword_facts(keyword))
    except BoardError as error:
        form.refuse_board(error)
    except KeywordError as error:
        form.refuse(error)
    else:
        return added
    return None


def _change(request: MemberRequest, found: Board, form: BoardForm) -> bool:
    before = board_facts(found)
    try:
        with transaction.atomic():
            edit_board(found, form.content(), keeps_shown=form.keeps_shown, user=request.user)
            note(request, "board.changed", found.name, found.pk, before=before, after=board_facts(found))
    except BoardError as error:
        form.refuse_board(error)
        return False
    return True


def sample(account: Account, about: Board | BoardContent, given: Any) -> dict[str, object]:
    """Return what a preview shows: the board as it is being written, with its own messages, or with made-up ones where there are none."""
    is_new = isinstance(about, BoardContent)
    board = Board(account=account, name="", is_open=True) if is_new else about
    assert isinstance(board, Board)  # noqa: S101  # tells the type checker, not the user
    posts = [] if is_new else public_posts(board, with_tests=True)
    shown = Board(account=account, is_open=True, name=str(given.get("name", board.name)) or _("Your board"))
    shown.title, shown.call = str(given.get("title", board.title)), str(given.get("call", board.call))
    theme = str(given.get("theme", board.theme))
    shown.theme = theme if theme in set(Theme) else Theme.NIGHT.value
    naming = str(given.get("naming", board.naming))
    posts = posts or _made_up(Naming(naming) if naming in set(Naming) else Naming.DIGITS)
    keyword = None if is_new else keyword_of(board)
    code_url = reverse("public-board-code", args=[board.public_token]) if keyword else ""
    return {"shown": shown, "posts": posts, "keyword": keyword or _typed(account, given), "code_url": code_url}


def _typed(account: Account, given: Any) -> Keyword | None:
    """Return the keyword that is being written."""
    number_id, word = id_of(given.get("number")), str(given.get("word", "")).strip()
    if not word or number_id is None:
        return None
    try:
        return Keyword(word=word[:80], number=get_number_for(account, number_id))
    except Number.DoesNotExist:
        return None


def _made_up(naming: Naming) -> list[Post]:
    now = timezone.now()
    texts = ((_("Greetings from the third row!"), "48600100217", _("Hanna")), (_("Best party of the year 🎉"), "48600100854", _("Jan")))
    return [Post(text=text, name=name_of(naming, msisdn, name), received_at=now) for text, msisdn, name in texts]
