"""Keys and histories of the statistics as numbers made of parts. Pure.

What belongs here: putting together and taking apart. What does not: what the parts mean (`models`), times (`calendar`).

A history is an array of 64-bit numbers: hour (24 bits), subject (28), kind (3), count (9). A person who writes twice within an hour at
the same place has one entry with the count two. What was sent is such an array, too: day (16 bits), subject (28), fate (8), segments (12).
"""

import sys
from array import array
from enum import IntEnum
from typing import TypeAlias

History: TypeAlias = "array[int]"

_WHEN_BITS = 24
WHEN = 1 << _WHEN_BITS
"""Hours and days are smaller; a key is the subject times this, and the hour or day."""
_PERSON_BITS = 34
_COUNT_BITS, _KIND_BITS, _SUBJECT_BITS = 9, 3, 28
COUNTS = (1 << _COUNT_BITS) - 1
"""All bits of a count, as are the next of kinds and subjects."""
KINDS = (1 << _KIND_BITS) - 1
KIND_AT = _COUNT_BITS
SUBJECT_AT = _COUNT_BITS + _KIND_BITS
_HOUR_AT = SUBJECT_AT + _SUBJECT_BITS
SUBJECTS = (1 << _SUBJECT_BITS) - 1
_SEGMENT_BITS, _FATE_BITS = 12, 8
_SEGMENTS = (1 << _SEGMENT_BITS) - 1


class Kind(IntEnum):
    """What an entry of a history says."""

    RECEIVED = 0
    MEMBER = 1
    """Received too, and it brought or found the sender in a group."""
    REPLY = 2
    OPT_OUT = 3
    WAIT = 4
    """Began to wait for an answer; always beside a RECEIVED."""


def place(subject: int, when: int) -> int:
    """Return the key of a subject in an hour or on a day."""
    return subject * WHEN + when


def span(subject: int, first: int, last: int) -> tuple[int, int]:
    """Return the keys between which a subject's hours or days are, both included."""
    return place(subject, first), place(subject, last)


def when_of(key: int) -> int:
    """Return the hour or day of a key."""
    return key % WHEN


def subject_of(key: int) -> int:
    """Return the subject of a key."""
    return key // WHEN


def fated(day: int, fate: int) -> int:
    """Return a day with a fate, to stand in a key for an hour or day."""
    return day << _FATE_BITS | fate


def unfated(when: int) -> tuple[int, int]:
    """Return the day and the fate of what `fated` made."""
    return when >> _FATE_BITS, when & (1 << _FATE_BITS) - 1


def group_key(subject: int, person: int) -> int:
    """Return the key of a person in a group."""
    return subject << _PERSON_BITS | person


def group_of(key: int) -> int:
    """Return the subject of a person in a group."""
    return key >> _PERSON_BITS


def loads(stored: bytes | memoryview) -> History:
    """Read a history."""
    found = array("Q")
    found.frombytes(bytes(stored))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def dumps(history: History) -> bytes:
    """Write a history."""
    if sys.byteorder == "big":
        history = array("Q", history)
        history.byteswap()
    return history.tobytes()


def entry(number: int) -> tuple[int, int, int, int]:
    """Return hour, subject, kind and count of an entry."""
    return number >> _HOUR_AT, number >> SUBJECT_AT & SUBJECTS, number >> _COUNT_BITS & (1 << _KIND_BITS) - 1, number & COUNTS


def append(history: History, hour: int, subject: int, kind: int) -> None:
    """Add to a history that something happened once more."""
    bare = hour << _HOUR_AT | subject << SUBJECT_AT | kind << _COUNT_BITS
    for index in range(len(history) - 1, max(-1, len(history) - 1 - len(Kind)), -1):
        if history[index] >> _COUNT_BITS == bare >> _COUNT_BITS and history[index] & COUNTS < COUNTS:
            history[index] += 1
            return
    history.append(bare | 1)


def from_hour(hour: int) -> int:
    """Return a number not greater than any entry of an hour or later."""
    return hour << _HOUR_AT


def sent_entry(number: int) -> tuple[int, int, int, int]:
    """Return day, subject, fate and segments of a message that was sent."""
    rest, segments = number >> _SEGMENT_BITS, number & _SEGMENTS
    return rest >> _FATE_BITS + _SUBJECT_BITS, rest >> _FATE_BITS & SUBJECTS, rest & (1 << _FATE_BITS) - 1, segments


def pack_sent(day: int, subject: int, fate: int, segments: int) -> int:
    """Return the entry of a message that was sent."""
    return ((day << _SUBJECT_BITS | subject) << _FATE_BITS | fate) << _SEGMENT_BITS | min(segments, _SEGMENTS)
