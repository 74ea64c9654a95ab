"""Why an answer in a conversation is refused, as programs read it.

What belongs here: codes and sentences. What does not: refusing (`apps.dialogues.answering`).
"""

from recado.api.v1.problems import Problem, conflict, invalid
from recado.apps.dialogues.answering import MAX_CHARACTERS, Refusal, ReplyRefusedError

_CONFLICTS = {
    Refusal.NO_CONNECTION: "The number has no connection to a carrier. Ask the operator of this installation.",
    Refusal.NUMBER_GONE: "The number is not the account's any more; nobody can answer here.",
    Refusal.NO_PHONE: "The sender is a name or a short code and cannot be answered.",
    Refusal.BEING_ANSWERED: "{by} is answering now. Look again in a minute, or leave out `seen_id` to send all the same.",
    Refusal.ANSWERED: "{by} answered after the message in `seen_id`. Read it, then send with the newest id.",
    Refusal.OPTED_OUT: "The person opted out. What is owed to them and no marketing can be sent with `is_service`.",
    Refusal.BLOCKED: "The account blocked this phone. Unblock it first.",
    Refusal.NO_POOL: "The carrier takes no texts from this number, and no pool number stands in. Ask the operator of this installation.",
    Refusal.NO_CREDIT: "The credit does not reach: {missing} minor units are missing. Top up, then send again.",
}
_FIELDS = {
    Refusal.EMPTY: ("body.text", "must have letters"),
    Refusal.TOO_LONG: ("body.text", f"must have at most {MAX_CHARACTERS} characters"),
    Refusal.TIME_PASSED: ("body.at", "is over; choose a later moment, or leave it out to send now"),
    Refusal.TOO_FAR: ("body.at", "must lie within a year"),
}


def refused(error: ReplyRefusedError) -> Problem:
    """Say why an answer was refused; nothing was written."""
    if error.reason in _FIELDS:
        return invalid(*_FIELDS[error.reason])
    detail = _CONFLICTS[error.reason].format(by=error.by or "Somebody", missing=error.missing)
    return conflict(error.reason.value.replace("_", "-"), detail)
