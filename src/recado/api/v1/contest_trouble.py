"""Why a step of a draw or a choice is refused, as problems: each code is the word of the business rule in kebab-case.

What belongs here: sentences for refusals of `apps.contests`. What does not: deciding on them; faults of a contest's fields
(`contest_shapes`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from recado.api.v1.problems import conflict
from recado.apps.contests.errors import DrawRefusal, DrawRefusedError

REFUSED: Mapping[DrawRefusal, str] = {
    DrawRefusal.NOT_DRAWN: "Nothing is drawn like this: the contest decides at once, people choose, or each day is drawn by itself.",
    DrawRefusal.NOT_OVER: "The list can be frozen one minute after the end. Wait, or end the contest.",
    DrawRefusal.NO_ENTRIES: "Nobody is on the list, so there is nothing to draw.",
    DrawRefusal.FROZEN_ALREADY: "The list is frozen already.",
    DrawRefusal.PROMISED_ALREADY: "The seed is promised already.",
    DrawRefusal.NOT_PROMISED: "Freeze the list and promise the seed first.",
    DrawRefusal.DRAWN_ALREADY: "It is drawn already. Look at the winners.",
    DrawRefusal.NOT_DRAWN_YET: "Nothing was drawn yet.",
    DrawRefusal.SEED_LOST: "The seed cannot be opened: the secret key of the installation was changed. Ask the operator to bring it back.",
    DrawRefusal.NO_REASON: "Give a reason: it is part of the record.",
    DrawRefusal.NO_PLACE: "This winner has no place to lose any more. Look at the winners again.",
    DrawRefusal.CHANGED_MEANWHILE: "The winners were changed a moment ago. Look at them again.",
    DrawRefusal.NOT_JURY: "In this contest winners are not chosen by hand.",
    DrawRefusal.NO_ENTRY: "Only an entry that counts and is no test can win.",
    DrawRefusal.CHOSEN_ALREADY: "The entry was chosen already.",
    DrawRefusal.IS_TOLD: "The person was told that they won, or the choice was taken back already.",
}


@contextmanager
def draw_problems() -> Iterator[None]:
    """Turn refusals into problems."""
    try:
        yield
    except DrawRefusedError as error:
        raise conflict(error.reason.value.replace("_", "-"), REFUSED[error.reason]) from error
