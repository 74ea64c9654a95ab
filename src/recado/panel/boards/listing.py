"""The account's boards.

What belongs here: the list. What does not: one board (`moderation`, `forms`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.boards.queries import boards_of
from recado.apps.keywords.activities import Kind, keywords_of
from recado.core.board import Moderation
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.board_words import MODERATION_SHORT


@require_safe
@member_required
@may_read
def board_list(request: MemberRequest) -> HttpResponse:
    """Show the boards with what waits on each."""
    rows = [
        (board, keywords_of(request.account, Kind.POST_TO_BOARD, board.pk), MODERATION_SHORT[Moderation(board.moderation)])
        for board in boards_of(request.account)
    ]
    return render(request, "panel/boards/list.html", {"rows": rows})
