"""The demo's keywords beyond plain words: one with arguments, one found anywhere in a text, one to leave by, other spellings, hours.

What belongs here: the keywords of the flower shop's own number that need more than a word, a group and a reply. What does not: the rest
(`demo`), what people then write (`demo_story`).
"""

from datetime import time, timedelta

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.core.routes import MatchKind

CLUB_LASTS = timedelta(days=60)
CLOSED_FROM, CLOSED_UNTIL = time(18), time(9)


def load(flowers: Account, digits: str) -> None:
    """Add all of it once to the shop's own number."""
    own = Number.objects.get(digits=digits)
    _order(flowers, own)
    _opening_hours(flowers, own)
    _club(flowers, own)
    add_synonym(Keyword.objects.get(account=flowers, word="OGRODNIK"), "OGRODNICZKA")
    bump_routing()


def _order(flowers: Account, own: Number) -> None:
    """ZAMAWIAM 12 TULIPANÓW: what follows is kept, answered and counted."""
    content = RuleContent((), "Przyjęliśmy: {argument}. Potwierdzimy, gdy kwiaty będą gotowe.", ())
    order = reserve_keyword(flowers, own, "Zamawiam", content, kind=MatchKind.BASE)
    add_synonym(order, "Zamówienie")


def _opening_hours(flowers: Account, own: Number) -> None:
    """Anybody who asks for opening hours in any sentence; another answer while the shop is closed."""
    content = RuleContent((), "Jesteśmy od poniedziałku do piątku 9-18, w soboty 9-14. Zapraszamy!", ())
    hours = reserve_keyword(flowers, own, "godziny otwarcia", content, kind=MatchKind.PHRASE)
    closed = Rule.objects.create(account=flowers, number=own, keyword=hours, from_time=CLOSED_FROM, until_time=CLOSED_UNTIL)
    text = "Teraz jest zamknięte. Otwieramy o 9, w niedzielę odpoczywamy."
    RuleAction.objects.create(rule=closed, kind=RuleAction.Kind.SEND_REPLY, text=text)


def _club(flowers: Account, own: Number) -> None:
    """Who joins the club by RABAT is in it for two months, and leaves by BEZ RABATÓW before that."""
    joining = RuleAction.objects.get(rule__account=flowers, rule__keyword__word="Rabat", kind=RuleAction.Kind.ADD_TO_GROUP)
    joining.until = timezone.now() + CLUB_LASTS
    joining.save(update_fields=["until"])
    content = RuleContent((), "Nie jesteś już w klubie. Rabaty wrócą, gdy znów napiszesz RABAT.", ())
    leaving = reserve_keyword(flowers, own, "Bez rabatów", content, kind=MatchKind.REMOVING)
    out_of = {"kind": RuleAction.Kind.REMOVE_FROM_GROUP, "group": joining.group, "position": 0}
    RuleAction.objects.create(rule=leaving.rules.get(), **out_of)
