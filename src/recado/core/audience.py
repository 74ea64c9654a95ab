"""Whom a text to many goes to: everybody who comes by some way, each once, without those who must not get it (product.md §9, §4).

What belongs here: the pure choice, the same for an estimate and for sending. What does not: loading (`store.audience`), what they get
(`core.personal`).
"""

from array import array
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

_SHORTEST, _LONGEST = 7, 15
"""Digits of a phone number with its country code; shorter ones are short codes."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """People left out, each counted once, by the first of these reasons that fits."""

    invalid: int = 0
    """No phone can have the number, or it is a short code, a name or a number of this installation."""
    excluded: int = 0
    """Members of a group that is left out, and people who are in the survey already that is sent."""
    opted_out: int = 0
    blocked: int = 0
    duplicate: int = 0
    """Not people, but the times one came once more."""


@dataclass(frozen=True, slots=True)
class Barred:
    """Numbers that must not get a text."""

    opted_out: AbstractSet[str] = frozenset()
    """Of everything, or of the number it is sent from."""
    opted_out_of_group: AbstractSet[tuple[int, str]] = frozenset()
    excluded: AbstractSet[str] = frozenset()
    blocked: AbstractSet[str] = frozenset()
    ours: AbstractSet[str] = frozenset()
    """Numbers of the installation, which would answer each other."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a text, and who does not."""

    phones: "array[int]" = field(default_factory=lambda: array("q"))
    """Numbers as integers in ascending order: eight octets for each person."""
    skipped: Skipped = Skipped()


def choose(ways: Iterable[tuple[int | None, str]], barred: Barred) -> Audience:
    """Choose among people who come by a group (its id) or by themselves (None).

    Who opted out of one group gets it all the same where they come by another way, too.
    """
    is_welcome: dict[str, bool] = {}
    came = 0
    for group_id, msisdn in ways:
        came += 1
        if (group_id, msisdn) not in barred.opted_out_of_group:
            is_welcome[msisdn] = True
        else:
            is_welcome.setdefault(msisdn, False)
    phones = array("q")
    invalid = excluded = opted_out = blocked = 0
    for msisdn, welcome in is_welcome.items():
        if not is_phone(msisdn) or msisdn in barred.ours:
            invalid += 1
        elif msisdn in barred.excluded:
            excluded += 1
        elif not welcome or msisdn in barred.opted_out:
            opted_out += 1
        elif msisdn in barred.blocked:
            blocked += 1
        else:
            phones.append(int(msisdn))
    skipped = Skipped(invalid, excluded, opted_out, blocked, came - len(is_welcome))
    return Audience(array("q", sorted(phones)), skipped)


def is_phone(msisdn: str) -> bool:
    """Say whether digits can be a phone's in international form; an integer gives them back then."""
    return msisdn.isascii() and msisdn.isdecimal() and _SHORTEST <= len(msisdn) <= _LONGEST and msisdn[0] != "0"
