"""The demo's contests: one that runs, with entries up to now, and one that is drawn, with its protocol.

What belongs here: these two with their keywords and entries. What does not: what people otherwise write (`demo_story`). Entries are written
down as they would have become, each with its message, and the draw takes its real steps at times past.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contests.content import TEXTS, ContestContent
from recado.apps.contests.draws import draw_now, freeze, promise, replace_winners
from recado.apps.contests.models import Contest, Entry, Win
from recado.apps.contests.services import add_contest, disqualify
from recado.apps.inbox.models import Message
from recado.apps.keywords.contest_words import give_word
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.core.contest import ContestDeed, EntryRule, EntryState, Refusal
from recado.core.contest_texts import ContestText, contest_text
from recado.core.trail import TrailEntry, TrailStep, to_json
from recado.store.ids import IdGenerator

FIRST_PHONE = 48_699_000_100
"""Numbers nobody has."""
RUNNING_PEOPLE, DRAWN_PEOPLE = 37, 24
NAMES = ("piwonia", "róża", "Tulipan", "frezja", "lawenda", "rumianek")
TERMS = """1. Organizatorem jest Kwiaciarnia Róża.
2. Udział bierze każdy, kto wyśle SMS-a z hasłem w czasie trwania konkursu.
3. Z jednego telefonu liczy się jedno zgłoszenie.
4. Zwycięzców losujemy po zakończeniu, a protokół losowania każdy może sprawdzić."""


def load(flowers: Account, digits: str, node: int) -> None:
    """Load both once."""
    now = timezone.now().replace(second=0, microsecond=0)
    number, ids = Number.objects.get(digits=digits), IdGenerator(node * 2)
    _drawn(flowers, number, now, ids)
    _running(flowers, number, now, ids)


def _running(flowers: Account, number: Number, now: datetime, ids: IdGenerator) -> None:
    content = _content("Bukiet na niedzielę", now - timedelta(days=6), now + timedelta(days=8), winner_count=3, reserve_count=2)
    contest = add_contest(flowers, content, now - timedelta(days=6))
    word = give_word(contest, number, "BUKIET")
    for place in range(RUNNING_PEOPLE):
        at = now - timedelta(days=6) * (RUNNING_PEOPLE - place) / (RUNNING_PEOPLE + 1) + timedelta(minutes=(place * 37) % 180)
        _enter(contest, word, FIRST_PHONE + place, min(at, now), place + 1, NAMES[place % len(NAMES)], ids)
    for place in (3, 11):
        _enter(contest, word, FIRST_PHONE + place, now - timedelta(minutes=20 - place), None, "jeszcze raz", ids)
    entry = Entry.objects.filter(contest=contest, sequence=5).get()
    disqualify(entry, "pracuje u nas", flowers.memberships.earliest("id").user)


def _drawn(flowers: Account, number: Number, now: datetime, ids: IdGenerator) -> None:
    begun, over = now - timedelta(days=25), now - timedelta(days=4)
    content = _content("Kwiat jesieni", begun, over, winner_count=2, reserve_count=1)
    contest = add_contest(flowers, content, begun)
    word = give_word(contest, number, "JESIEN")
    for place in range(DRAWN_PEOPLE):
        at = begun + timedelta(hours=5) + (over - begun) * place / (DRAWN_PEOPLE + 1)
        _enter(contest, word, FIRST_PHONE + 300 + place, at, place + 1, NAMES[(place * 5) % len(NAMES)], ids)
    draw = freeze(contest, over + timedelta(hours=1))
    promise(draw, over + timedelta(hours=1, minutes=5))
    draw_now(draw, over + timedelta(hours=3), by=flowers.memberships.earliest("id").user)
    first = Win.objects.filter(draw=draw, is_reserve=False, place=1).get()
    replace_winners(draw, [first], "nie odbiera telefonu od trzech dni", now - timedelta(hours=20))


def _content(name: str, opens_at: datetime, closes_at: datetime, *, winner_count: int, reserve_count: int) -> ContestContent:
    asked = (which for which in ContestText if f"{which}_text" in TEXTS)
    said: dict[str, Any] = {f"{which}_text": contest_text(which, "pl") for which in asked}
    return ContestContent(
        name,
        opens_at,
        closes_at,
        EntryRule.AT_CLOSE.value,
        prizes="1. miejsce: bukiet na cały rok, co miesiąc inny\n2. i 3. miejsce: róża w doniczce",
        rules_text=TERMS,
        organiser="Kwiaciarnia Róża, ul. Ogrodowa 5, 00-876 Warszawa",
        winner_count=winner_count,
        reserve_count=reserve_count,
        notify_text="Gratulacje! Wygrywasz w konkursie {contest}. Zadzwonimy w sprawie nagrody.",
        is_public=True,
        shows_winners=True,
        **said,
    )


def _enter(contest: Contest, word: Keyword, phone: int, at: datetime, sequence: int | None, answer: str, ids: IdGenerator) -> None:
    """Write down one text with the keyword; without a sequence number it was one too many of its phone."""
    is_in, made = sequence is not None, ids.stream(int(at.timestamp() * 1000))
    deed = {"deed": ContestDeed.ENTERED} if is_in else {"deed": ContestDeed.REFUSED, "reason": Refusal.TOTAL}
    trail = (
        TrailEntry(TrailStep.MATCHED, {"keyword": word.word, "keyword_id": word.pk, "rule_id": word.rules.get().pk}),
        TrailEntry(TrailStep.CONTEST, {"contest": contest.name, "contest_id": contest.pk, **deed}),
    )
    message = Message.objects.create(
        id=next(made),
        account=contest.account,
        number=word.number,
        connection=word.number.connection,
        keyword_id=word.pk,
        sender=str(phone),
        recipient=word.number.digits,
        text=f"{word.word} {answer}",
        argument=answer,
        received_at=at,
        trail=to_json(trail),
    )
    Entry.objects.create(
        id=next(made),
        account=contest.account,
        contest=contest,
        number_id=word.number_id,
        msisdn=str(phone),
        is_test=False,
        message_id=message.pk,
        keyword_id=word.pk,
        text=message.text,
        answer=answer,
        state=EntryState.ACCEPTED if is_in else EntryState.REFUSED,
        reason="" if is_in else Refusal.TOTAL.value,
        day=timezone.localdate(at, contest.account.zone).isoformat(),
        day_ordinal=1 if is_in else None,
        ordinal=1 if is_in else None,
        sequence=sequence,
        entered_at=at,
    )
