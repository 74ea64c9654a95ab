"""Codes with and without a contest in one rule: who gets one, which reply carries it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from recado.core.action import EnterContest, GiveCode, SendReply
from recado.core.code_pool import TEST_CODE, FreeCode, Pool, SeenPool
from recado.core.condition import UTC_CLOCK
from recado.core.contest_texts import ENGLISH, ContestText
from recado.core.message import Encoding, InboundMessage
from recado.core.sender import SenderState
from recado.core.taking_part import Entrant, Play, Taken, take_part

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CODES, CONTEST = GiveCode(4, "Ten percent"), EnterContest(3, "Bike")
FREE = FreeCode(9, "C9")
MESSAGE = InboundMessage(1, 1, "48501222333", "48600100200", "code", Encoding.GSM7, NOW)
ENTRANT = Entrant(MESSAGE, SenderState(MESSAGE.sender), 1, 5, NOW, UTC_CLOCK)
POOL = Pool(4, "Ten percent")


class Said:
    """A contest that says the same to everybody."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken

    def take(self, _action: object, _entrant: Entrant) -> Taken:
        return self.taken


def given(seen: SeenPool, contest: Taken | None = None, rule: str = "", entrant: Entrant = ENTRANT) -> tuple[object, str | None, str]:
    """Return what is handed out, the reply in the place of the rule's, and the deed."""
    actions = (CODES, *((CONTEST,) if contest else ()), *((SendReply(rule),) if rule else ()))
    play = Play({(GiveCode, 4): seen, **({(EnterContest, 3): Said(contest)} if contest else {})})
    part = take_part(actions, play, entrant)
    action = part.actions[CODES]
    return action and action.result, part.reply, str(part.steps[CODES][0].values["deed"])


WON, LOST = Taken(CONTEST, reply="You won!"), Taken(CONTEST, reply="You lost.", gives_code=False)


@pytest.mark.parametrize(
    ("seen", "contest", "rule", "expected"),
    [
        (SeenPool(POOL, None, FREE), None, "Here: {code}", (FREE, None, "given")),
        (SeenPool(POOL, None, FREE), None, "Hello.", (FREE, "Hello. {code}", "given")),
        (SeenPool(POOL, None, FREE), None, "", (FREE, "{code}", "given")),
        (SeenPool(POOL, "C1", FREE), None, "Here: {code}", (None, None, "again")),
        (SeenPool(replace(POOL, already_text="You had one."), "C1"), None, "Here: {code}", (None, "You had one.", "again")),
        (SeenPool(POOL), None, "Here: {code}", (None, ENGLISH[ContestText.EMPTY], "empty")),
        (SeenPool(replace(POOL, empty_text="Gone.")), None, "Here: {code}", (None, "Gone.", "empty")),
        (SeenPool(POOL, None, FREE), WON, "Here: {code}", (FREE, "You won! {code}", "given")),
        (SeenPool(POOL, None, FREE), replace(WON, reply="Won: {code}"), "", (FREE, "Won: {code}", "given")),
        (SeenPool(POOL, None, FREE), replace(WON, reply=None), "Here: {code}", (FREE, None, "given")),
        (SeenPool(replace(POOL, already_text="You had one."), "C1"), WON, "", (None, "You won! {code}", "again")),
        (SeenPool(POOL), WON, "Here: {code}", (None, "You won!", "empty")),
        (SeenPool(POOL), replace(WON, reply="Won: {code}"), "", (None, ENGLISH[ContestText.EMPTY], "empty")),
        (SeenPool(POOL, None, FREE), LOST, "Here: {code}", (None, "You lost.", "withheld")),
        (SeenPool(POOL, None, FREE), replace(LOST, reply=None), "Here: {code}", (None, ENGLISH[ContestText.LOSE], "withheld")),
    ],
)
def test_the_code_reaches_who_gets_it_and_nobody_gets_empty_braces(
    seen: SeenPool, contest: Taken | None, rule: str, expected: tuple[object, str | None, str]
) -> None:
    assert given(seen, contest, rule) == expected


def test_a_simulated_phone_gets_a_made_up_code_and_takes_none() -> None:
    entrant = replace(ENTRANT, message=replace(MESSAGE, is_test=True))
    assert given(SeenPool(POOL, None, FREE), None, "Here: {code}", entrant) == (None, None, "test")
    assert SeenPool(POOL, "C1", FREE).take(CODES, entrant).values == {"code": TEST_CODE}


def test_who_opted_out_gets_none_but_keeps_theirs() -> None:
    out = replace(ENTRANT, is_opted_out=True)
    assert given(SeenPool(POOL, None, FREE), None, "Here: {code}", out) == (None, None, "opted_out")
    assert given(SeenPool(POOL, "C1", FREE), None, "Here: {code}", out) == (None, None, "again")
