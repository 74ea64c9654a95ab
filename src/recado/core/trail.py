"""The trail: why a message had the consequences it had.

Entries are codes with values, not sentences, so that the panel can say them in the reader's language and the API can hand them on.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum


class TrailStep(StrEnum):
    """What can be said about the way of a message. `panel` and `cli` have one sentence for each."""

    RECEIVED = "received"
    JOINED = "joined"
    INCOMPLETE = "incomplete"
    AMENDED = "amended"
    FLAGGED = "flagged"
    NUMBER_UNKNOWN = "number_unknown"
    NUMBER_NOT_ACTIVE = "number_not_active"
    TOKENS = "tokens"
    OWNED = "owned"
    RULE_SKIPPED = "rule_skipped"
    MATCHED = "matched"
    DEFAULT_RULE = "default_rule"
    REPLY_TO_SOLE_WRITER = "reply_to_sole_writer"
    UNMATCHED = "unmatched"
    INBOX_ONLY = "inbox_only"
    ACTION_NOT_TAKEN = "action_not_taken"
    ADDED_TO_GROUP = "added_to_group"
    ALREADY_IN_GROUP = "already_in_group"
    REPLY = "reply"
    FORWARD_URL = "forward_url"


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One step of the trail with the values its sentence needs."""

    step: TrailStep
    values: dict[str, str | int] = field(default_factory=dict)


def to_json(trail: tuple[TrailEntry, ...]) -> str:
    """Write a trail as stored: `[["matched", {"keyword": "GARDENER"}], …]`."""
    return json.dumps([[entry.step.value, entry.values] for entry in trail], ensure_ascii=False, separators=(",", ":"))


def from_json(stored: str) -> tuple[TrailEntry, ...]:
    """Read a stored trail back."""
    return tuple(TrailEntry(TrailStep(step), values) for step, values in json.loads(stored or "[]"))
