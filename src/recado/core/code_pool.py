"""Code pools: handing out unique codes, one to a phone (product.md §5).

What belongs here: what becomes of a message whose rule gives a code. What does not: which code is free (`store.codes`).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from recado.core.action import Activity, GiveCode
from recado.core.contest_texts import ContestText, contest_text
from recado.core.reply import CODE
from recado.core.taking_part import Entrant, Taken
from recado.core.trail import TrailEntry, TrailStep

TEST_CODE = "TEST-CODE"
"""What simulated phones get."""


class CodeDeed(StrEnum):
    """What a message got, in its trail."""

    GIVEN = "given"
    AGAIN = "again"
    """The code the phone has already."""
    EMPTY = "empty"
    TEST = "test"
    """A made-up code, to a simulated phone."""
    WITHHELD = "withheld"
    """None, since the contest of the same keyword was not won, or the entry does not count."""
    OPTED_OUT = "opted_out"
    """None, since the sender wants no messages and would not learn it."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool as messages see it."""

    id: int
    name: str
    language: str = "en"
    empty_text: str = ""
    already_text: str = ""


@dataclass(frozen=True, slots=True)
class FreeCode:
    """A code, and the row it is."""

    id: int
    value: str


@dataclass(frozen=True, slots=True)
class SeenPool:
    """One pool with one phone, as they are when a message comes (`core.taking_part.Seen`)."""

    pool: Pool
    held: str | None = None
    """The code the phone has already."""
    free: FreeCode | None = None
    """The next free one; None: none is left."""

    def take(self, _action: Activity, entrant: Entrant) -> Taken:
        """Say which code a message gets, if any."""
        if not entrant.may_have_code:
            # Heard only where the contest leaves the reply to the rule, which speaks of a code.
            return self._taken(CodeDeed.WITHHELD, contest_text(ContestText.LOSE, self.pool.language))
        if entrant.message.is_test:
            return self._taken(CodeDeed.TEST, code=TEST_CODE)
        if self.held is not None:
            return self._taken(CodeDeed.AGAIN, self.pool.already_text or None, code=self.held)
        if entrant.is_opted_out:
            return self._taken(CodeDeed.OPTED_OUT)
        if self.free is None:
            return self._taken(CodeDeed.EMPTY, self.pool.empty_text or contest_text(ContestText.EMPTY, self.pool.language))
        return replace(self._taken(CodeDeed.GIVEN, code=self.free.value), action=GiveCode(self.pool.id, self.pool.name, self.free))

    def _taken(self, deed: CodeDeed, reply: str | None = None, *, code: str = "") -> Taken:
        step = TrailEntry(TrailStep.CODE, {"pool": self.pool.name, "pool_id": self.pool.id, "deed": deed.value})
        return Taken(None, (step,), reply, {CODE: code} if code else {}, must_name=CODE if code else "")
