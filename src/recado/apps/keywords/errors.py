"""Why a keyword or a rule cannot be saved.

What belongs here: error types with the reason as a code. What does not: the sentence people read; panel and CLI say it in their language.
"""

from datetime import datetime
from enum import StrEnum


class Refusal(StrEnum):
    """Reasons a word is refused to everybody, or on this number."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    RESERVED = "reserved"
    MIXED_SCRIPTS = "mixed_scripts"
    LOOK_ALIKE = "look_alike"
    CONFUSABLE = "confusable"
    """It is spelled otherwise than somebody else's word, and looks the same."""
    BLOCKED = "blocked"
    """The operator keeps it from everybody."""
    KIND_NOT_ALLOWED = "kind_not_allowed"
    NO_KEYWORDS_HERE = "no_keywords_here"
    PERIOD = "period"
    RENAMED = "renamed"
    ENDED = "ended"
    """The keyword is over, so nothing can be added to it."""
    NOT_IN_PLAN = "not_in_plan"
    QUOTA = "quota"
    LEAVES_NO_GROUP = "leaves_no_group"
    """A removing keyword whose rule takes people out of no group."""
    NOT_PAYABLE = "not_payable"
    """The account's plan cannot pay for this kind of number: in advance, for example."""


class KeywordError(ValueError):
    """A keyword cannot be saved as asked."""

    permanent = True


class KeywordRefusedError(KeywordError):
    """The word cannot be reserved by anybody here; `reason` says why, `free` are words like it that can."""

    def __init__(self, word: str, reason: Refusal, free: tuple[str, ...] = ()) -> None:
        super().__init__(f"the keyword {word!r} is refused: {reason.value.replace('_', ' ')}")
        self.word = word
        self.reason = reason
        self.free = free


class QuotaUsedError(KeywordRefusedError):
    """The account holds as many keywords on this kind of number as its plan allows."""

    def __init__(self, word: str, used: int, allowed: int) -> None:
        super().__init__(word, Refusal.QUOTA)
        self.used = used
        self.allowed = allowed


class KeywordTakenError(KeywordError):
    """Somebody has the word on this number for some of the time wanted; `free` are words that are not taken."""

    def __init__(self, word: str, digits: str, free: tuple[str, ...] = (), free_from: datetime | None = None) -> None:
        super().__init__(f"the keyword {word!r} is taken on {digits}")
        self.word = word
        self.digits = digits
        self.free = free
        self.free_from = free_from
        """From when on the word itself is free for good; None where nobody knows."""


class RuleError(ValueError):
    """A rule cannot be saved as asked; the text says why."""

    permanent = True


class RuleRefusal(StrEnum):
    """Reasons the terms of a rule, or its end, are refused."""

    PERIOD = "period"
    """It ends before it begins."""
    HOURS = "hours"
    """They begin when they end."""
    GROUPS = "groups"
    """Nobody is in a group and not in it."""
    PREFIXES = "prefixes"
    CEILING = "ceiling"
    """Its replies may cost less than nothing."""
    PLACEHOLDER = "placeholder"
    """Its reply names something that nothing is ever put in place of."""
    NO_CODE = "no_code"
    """It gives a code, and its reply does not name it."""
    AGE_ON_SHARED = "age_on_shared"
    """A contest that asks for an age, on a shared number: no answer would find its way."""
    AGE_AND_CODE = "age_and_code"
    """A contest that asks for an age, and a code, which would have to wait for the answer."""
    LAST = "last"
    """A keyword keeps one rule."""


class RuleRefusedError(RuleError):
    """A rule contradicts itself or is still needed; `reason` says which."""

    def __init__(self, reason: RuleRefusal) -> None:
        super().__init__(f"the rule is refused: {reason.value}")
        self.reason = reason
