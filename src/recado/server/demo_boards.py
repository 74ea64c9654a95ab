"""The demo's board: greetings on a screen at the shop's anniversary, some shown, some waiting.

What belongs here: the board with its keyword, what people wrote for it, and who let what through. What does not: the rest of what people
wrote (`demo_story`), which is lived through together with this.
"""

from recado.apps.accounts.models import Account
from recado.apps.boards.models import Board, Post
from recado.apps.boards.moderating import decide
from recado.apps.boards.services import BoardContent, add_board
from recado.apps.keywords.activities import Activity, Kind
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.core.board import PostState
from recado.core.routes import MatchKind
from recado.server.demo_story import HANNA, JULIA, MAREK, OWN, PIOTR, TOMASZ, Wrote

NAME = "Dziesięć lat Róży"
SHOWN = 4
"""So many of the first messages were let through."""
STORY = (
    Wrote(2290, HANNA, OWN, "Życzenia Sto lat dla najlepszej kwiaciarni w mieście! 🌹"),
    Wrote(2280, JULIA, OWN, "zyczenia Dziękuję za bukiet ślubny. Do dziś wszyscy o nim mówią."),
    Wrote(2270, MAREK, OWN, "ŻYCZENIA Kolejnych dziesięciu lat i samych słonecznych dni!"),
    Wrote(2260, PIOTR, OWN, "Życzenia Pani Aniu, hortensje rosną jak szalone :)"),
    Wrote(2250, TOMASZ, OWN, "Życzenia Najlepsze róże w okolicy. Wszystkiego dobrego!"),
    Wrote(2240, HANNA, OWN, "Życzenia Zapraszam też na mój blog www.ogrodhanny.example"),
    Wrote(2230, MAREK, OWN, "Życzenia A kto był na otwarciu w 2016, ręka w górę!"),
)


def configure(flowers: Account) -> None:
    """Make the board and its keyword."""
    content = BoardContent(NAME, title="Dziesięć lat kwiaciarni Róża", word_list="cholera*", closed_text="Tablica jest już zamknięta.")
    board = add_board(flowers, content)
    reply = RuleContent((), "Dziękujemy! Życzenia pojawią się na ekranie.", (), activities=(Activity(Kind.POST_TO_BOARD, board.pk),))
    own = Number.objects.get(digits=OWN)
    reserve_keyword(flowers, own, "Życzenia", reply, kind=MatchKind.BASE, also_when_text_follows=True)


def load(flowers: Account) -> None:
    """Let the first messages through; the others wait for whoever looks at the demo."""
    board = Board.objects.get(account=flowers, name=NAME)
    first = list(Post.objects.filter(board=board).order_by("id").values_list("pk", flat=True)[:SHOWN])
    decide(board, first, PostState.SHOWN, flowers.memberships.get().user)
