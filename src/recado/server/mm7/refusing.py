"""Why nothing of a body was taken, and how a message centre is told: repeat it, or never.

What belongs here: from what went wrong to a status. What does not: who may call at all (`door`).
"""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect

from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.status import StatusCode
from recado.server.mm7.taking import IncompleteError


class TooLargeError(Exception):
    """A body is larger than the connection takes."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said to the message centre and written into the carrier log."""

    code: StatusCode
    why: str
    event: str


FORESEEN = (OSError, ClientDisconnect, IncompleteError, TooLargeError, Mm7FormatError)
"""What can go wrong with a body; `OSError` has the time that ran out among its kinds."""


def refusal_of(error: Exception) -> Refusal:
    """Say what one of FORESEEN means; what may be well the next time is the server's error, so that it is sent again."""
    if isinstance(error, TooLargeError):
        return Refusal(StatusCode.MULTIMEDIA_CONTENT_REFUSED, str(error), "too_large")
    if isinstance(error, Mm7FormatError):
        return Refusal(StatusCode.MESSAGE_FORMAT_CORRUPT, str(error), "not_understood")
    if isinstance(error, TimeoutError):
        return Refusal(StatusCode.SERVER_ERROR, "the message came too slowly, send it again", "too_slow")
    if isinstance(error, OSError):
        return Refusal(StatusCode.SERVER_ERROR, f"could not be stored, send it again: {error.strerror or error}", "not_stored")
    return Refusal(StatusCode.SERVER_ERROR, "the body ended too early, send it again", "cut_off")
