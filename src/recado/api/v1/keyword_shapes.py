"""Keywords as programs write and read them.

What belongs here: shapes. What does not: routes (`keywords`, `keyword_details`, `spellings`), rules (`rule_shapes`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from django.utils import timezone
from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.rule_shapes import RuleIn
from recado.api.v1.shapes import Moment, Text, phone_out
from recado.apps.keywords.models import Keyword, Spelling
from recado.apps.keywords.standing import standing_of
from recado.core.routes import MatchKind

Word = Annotated[Text, Field(min_length=1, max_length=80, pattern=r"\S")]


class KeywordStanding(StrEnum):
    """Where a keyword stands; `apps.keywords.standing.Standing` under a name of its own, as there is a standing of senders, too."""

    ACTIVE = "active"
    PAUSED = "paused"
    RESERVED = "reserved"
    ENDED = "ended"


class KeywordIn(Schema):
    """A word to be reserved, and what it does."""

    model_config = ConfigDict(extra="forbid")
    word: Word
    kind: MatchKind = Field(default=MatchKind.EXACT, description="Shared numbers know `exact` only.")
    also_when_text_follows: bool = False
    asks_back: bool = Field(default=False, description="Ask “Did you mean …?” where somebody is one slip away.")
    starts_at: Moment | None = None
    ends_at: Moment | None = Field(default=None, description="Not included; null: until it is given up.")
    rule: RuleIn | None = Field(default=None, description="What it does; null: messages arrive and nothing else happens.")


class KeywordPatch(Schema):
    """What is to be changed; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    word: Word = Field(default_factory=str, description="On a shared number only its capitals can change.")
    kind: MatchKind = Field(default_factory=lambda: MatchKind.EXACT)
    also_when_text_follows: bool = Field(default_factory=bool)
    asks_back: bool = Field(default_factory=bool)
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class SynonymIn(Schema):
    """Another way to write a keyword."""

    model_config = ConfigDict(extra="forbid")
    word: Word


class SynonymOut(Schema):
    """Another way to write a keyword."""

    id: int
    word: str


class KeywordOut(Schema):
    """A keyword. Letter case and accents do not matter when people write it."""

    id: int
    word: str
    number_id: int
    number: str = Field(examples=["+48503340503", "4301"])
    kind: MatchKind
    standing: KeywordStanding = Field(description="`reserved`: its period has not begun.")
    also_when_text_follows: bool
    asks_back: bool
    starts_at: datetime | None
    ends_at: datetime | None
    created_at: datetime
    synonyms: list[SynonymOut]
    rule_count: int


class KeywordAvailability(Schema):
    """Whether a word can be reserved."""

    is_free: bool
    code: str | None = Field(default=None, description="Why not: the code the reservation would be refused with.")
    detail: str | None = None
    suggestions: list[str] = Field(default_factory=list, description="Words like it that are free.")
    free_from: datetime | None = Field(default=None, description="From when on the word itself is free; null: nobody knows.")


class KeywordDayCount(Schema):
    """Messages of a day, on the calendar of the account."""

    day: date
    received: int


class KeywordArgumentCount(Schema):
    """What followed a base keyword."""

    argument: str
    received: int


class KeywordStatistics(Schema):
    """What came for a keyword in the last 30 days; tests do not count."""

    days: list[KeywordDayCount]
    arguments: list[KeywordArgumentCount] = Field(description="Of base keywords, the most frequent first.")
    other_arguments: int = Field(description="Messages with all other arguments.")
    last_message_ids: list[int] = Field(description="The newest first.")


class KeywordMeeting(Schema):
    """A text that two keywords match."""

    text: str
    winner: str
    otherwise: str = Field(description="Who acts where the conditions of the winner's rules are not met; empty: nobody.")


class KeywordRival(Schema):
    """Another keyword of the account that can match the same text."""

    keyword_id: int
    word: str
    examples: list[KeywordMeeting]


class KeywordRivals(Schema):
    """Keywords that fight with one."""

    near: list[KeywordRival] = Field(description="The text of one alone is matched by the other.")
    apart: list[KeywordRival] = Field(description="Only a text that says both words is matched by both.")
    more_near: int
    more_apart: int


def shown_keyword(keyword: Keyword) -> KeywordOut:
    """Write a keyword of `keywords_of`, best with its spellings loaded."""
    return KeywordOut(
        id=keyword.pk,
        word=keyword.word,
        number_id=keyword.number_id,
        number=phone_out(keyword.number.digits),
        kind=MatchKind(keyword.kind),
        standing=KeywordStanding(standing_of(keyword, timezone.now()).value),
        also_when_text_follows=keyword.also_when_text_follows,
        asks_back=keyword.asks_back,
        starts_at=keyword.starts_at,
        ends_at=keyword.ends_at,
        created_at=keyword.created_at,
        synonyms=[shown_synonym(one) for one in sorted(keyword.spellings.all(), key=lambda one: one.pk) if not one.is_main],
        rule_count=len(keyword.rules.all()),
    )


def shown_synonym(spelling: Spelling) -> SynonymOut:
    """Write another spelling."""
    return SynonymOut(id=spelling.pk, word=spelling.word)
