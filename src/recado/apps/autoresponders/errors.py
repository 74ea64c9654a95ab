"""Why an autoresponder cannot be saved.

What belongs here: the error with its reason as a code and the values its sentence needs. What does not: the sentence (`panel`); why its
conditions contradict themselves (`apps.keywords.errors`).
"""

from enum import StrEnum


class AutoresponderRefusal(StrEnum):
    """Reasons an autoresponder is refused."""

    NAME = "name"
    """It has none."""
    TEXT = "text"
    """It has none."""
    PLACEHOLDERS = "placeholders"
    """The text names something that nothing is put in place of; `names` are those."""
    NUMBER = "number"
    """The account receives nothing there."""
    KEYWORD = "keyword"
    """It is not the account's, or given up."""
    ONCE = "once"
    """Once in less than a minute, or more than a year."""
    CEILING = "ceiling"
    """It may cost less than nothing."""


class AutoresponderRefusedError(ValueError):
    """An autoresponder cannot be saved as asked; `reason` says why."""

    permanent = True

    def __init__(self, reason: AutoresponderRefusal, names: tuple[str, ...] = ()) -> None:
        super().__init__(f"the autoresponder is refused: {reason.value}")
        self.reason = reason
        self.names = names
