"""Why a sender name cannot be asked for, or not be decided on as asked.

What belongs here: reasons as codes. What does not: the sentences people read (`panel.sender_words`).
"""

from enum import StrEnum

from recado.core.sender_name import NameFault


class NameRefusal(StrEnum):
    """Why something is not done to a name, besides what is wrong with the name itself (`core.sender_name.NameFault`)."""

    THERE_ALREADY = "there_already"
    """The account has it, or it waits for approval."""
    TOO_MANY = "too_many"
    """So many names of the account wait already."""
    DECIDED = "decided"
    """Somebody was faster: it is not in the state it was."""
    NO_REASON = "no_reason"
    """A refusal says why."""


class SenderNameError(ValueError):
    """Nothing was written; `reason` says why."""

    def __init__(self, reason: NameRefusal | NameFault) -> None:
        super().__init__(reason.value)
        self.reason = reason
