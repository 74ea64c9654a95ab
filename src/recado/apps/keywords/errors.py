"""Why a keyword or a rule cannot be saved.

What belongs here: error types with the reason as a code. What does not: the sentence people read; panel and CLI say it in their language.
"""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons a word is refused to everybody, or on this number."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    RESERVED = "reserved"
    MIXED_SCRIPTS = "mixed_scripts"
    LOOK_ALIKE = "look_alike"
    KIND_NOT_ALLOWED = "kind_not_allowed"
    NO_KEYWORDS_HERE = "no_keywords_here"
    PERIOD = "period"
    RENAMED = "renamed"


class KeywordError(ValueError):
    """A keyword cannot be saved as asked."""

    permanent = True


class KeywordRefusedError(KeywordError):
    """The word cannot be reserved by anybody here; `reason` says why."""

    def __init__(self, word: str, reason: Refusal) -> None:
        super().__init__(f"the keyword {word!r} is refused: {reason.value.replace('_', ' ')}")
        self.word = word
        self.reason = reason


class KeywordTakenError(KeywordError):
    """Somebody has the word on this number; `free` are words that are not taken."""

    def __init__(self, word: str, digits: str, free: tuple[str, ...] = ()) -> None:
        super().__init__(f"the keyword {word!r} is taken on {digits}")
        self.word = word
        self.digits = digits
        self.free = free


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
    LAST = "last"
    """A keyword keeps one rule."""


class RuleRefusedError(RuleError):
    """A rule contradicts itself or is still needed; `reason` says which."""

    def __init__(self, reason: RuleRefusal) -> None:
        super().__init__(f"the rule is refused: {reason.value}")
        self.reason = reason
