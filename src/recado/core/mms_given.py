"""A multimedia message whose files are in memory, as mails and aggregators hand it in. MM7 brings its files as streams instead.

What belongs here: the shape, and addresses as such ways write them. What does not: reading mails or JSON (`protocols`, `carriers`).
"""

from dataclasses import dataclass, field

from recado.core.mms import Slide

LONGEST_ADDRESS = 32


@dataclass(frozen=True, slots=True)
class GivenFile:
    """One file."""

    name: str
    claimed_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    is_text: bool = False
    """Whether its words are in the message's text."""


@dataclass(frozen=True, slots=True)
class GivenMms:
    """A message."""

    transaction_id: str
    """The other side's id of it; a repeat has the same one."""
    sender: str
    recipient: str
    subject: str
    text: str
    files: tuple[GivenFile, ...] = ()
    slides: tuple[Slide, ...] = ()
    """Empty where no layout came with it."""
    flags: tuple[str, ...] = ()
    """What had to be overlooked, for the trail."""


def plain_address(written: str) -> str:
    """Return a phone as digits without `+`, `00`, `/TYPE=PLMN` and a mail domain; anything else as it is, cut to what is stored."""
    local = written.strip().strip("<>").partition("@")[0]
    bare = local.partition("/")[0].strip()
    digits = "".join(char for char in bare if char not in " -().")
    plus = digits.startswith("+")
    digits = digits.removeprefix("+")
    if digits.isascii() and digits.isdigit():
        return (digits if plus else digits.removeprefix("00"))[:LONGEST_ADDRESS]
    return bare[:LONGEST_ADDRESS]
