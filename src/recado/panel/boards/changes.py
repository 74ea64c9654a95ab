"""What is done to a board besides its form: another keyword, opening, closing, another address, deleting.

What belongs here: these requests. What does not: the form (`forms`), messages (`moderation`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.boards.audited import board_facts
from recado.apps.boards.queries import counts_of, get_board_for
from recado.apps.boards.services import delete_board, renew_address, set_open
from recado.apps.keywords.activities import Activity, Kind, keywords_of, numbers_of
from recado.apps.keywords.audited import keyword_facts
from recado.apps.keywords.errors import KeywordError
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.board import BoardKeywordForm
from recado.panel.recording import note
from recado.panel.undo import offer_undo


@member_required
@may_configure
def board_keyword(request: MemberRequest, board_id: int) -> HttpResponse:
    """Reserve a keyword for a board."""
    found = get_board_for(request.account, board_id)
    initial = {"reply": _("Thank you! Your message will be on the screen soon.")}
    form = BoardKeywordForm(request.account, request.POST or None, needs_word=True, initial=initial)
    if request.POST and form.is_valid():
        try:
            with transaction.atomic():
                keyword = form.reserve(Activity(Kind.POST_TO_BOARD, found.pk, found.name))
                if keyword:
                    note(request, "keyword.reserve", keyword.word, keyword.pk, after=keyword_facts(keyword))
        except KeywordError as error:
            form.refuse(error)
        else:
            messages.success(request, _("People can take part: the screen says the keyword now."))
            return redirect("board", found.pk)
    return render(request, "panel/boards/keyword.html", {"board": found, "form": form}, status=422 if form.errors else 200)


@require_POST
@member_required
@may_configure
def board_open(request: MemberRequest, board_id: int) -> HttpResponse:
    """Open a board, or close it."""
    found = get_board_for(request.account, board_id)
    before, is_open = board_facts(found), request.POST.get("to") != "closed"
    with transaction.atomic():
        set_open(found, is_open=is_open)
        note(request, "board.opened" if is_open else "board.closed", found.name, found.pk, before=before, after=board_facts(found))
    said = _("The board is open.") if is_open else _("The board is closed. Its page says so, and what comes is kept without being shown.")
    offer_undo(request, said, reverse("board-open", args=[found.pk]), {"to": "closed" if is_open else "open"})
    return redirect("board", found.pk)


@member_required
@may_configure
def board_address(request: MemberRequest, board_id: int) -> HttpResponse:
    """Ask whether the page is really to have another address, and give it one."""
    found = get_board_for(request.account, board_id)
    if request.method != "POST":
        return render(request, "panel/boards/address.html", {"board": found})
    with transaction.atomic():
        renew_address(found)
        note(request, "board.address_renewed", found.name, found.pk)
    messages.success(request, _("The page has a new address. Open it on your screens."))
    return redirect("board", found.pk)


@member_required
@may_configure
def board_delete(request: MemberRequest, board_id: int) -> HttpResponse:
    """Ask whether the board is really to go, and delete it; refused while a keyword leads there."""
    found = get_board_for(request.account, board_id)
    keywords = keywords_of(request.account, Kind.POST_TO_BOARD, found.pk)
    numbers = numbers_of(request.account, Kind.POST_TO_BOARD, found.pk)
    if keywords or numbers or request.method != "POST":
        context = {"board": found, "keywords": keywords, "numbers": numbers, "counts": counts_of(found)}
        return render(request, "panel/boards/delete.html", context, status=422 if request.method == "POST" else 200)
    with transaction.atomic():
        note(request, "board.deleted", found.name, found.pk, before=board_facts(found))
        delete_board(found)
    messages.success(request, _("The board %(name)s is deleted. The messages are still in your inbox.") % {"name": found.name})
    return redirect("boards")
