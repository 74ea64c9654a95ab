"""What clamd answers: `stream: OK`, `stream: <name> FOUND`, `<reason> ERROR`; to other commands, one line of text."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What clamd says of a file."""

    CLEAN = "clean"
    FOUND = "found"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on one file."""

    verdict: Verdict
    word: str = ""
    """The name of the signature that was found, or why the file could not be scanned."""


_ENDS = {"FOUND": Verdict.FOUND, "ERROR": Verdict.ERROR}


def text_of(octets: bytes) -> str:
    """Return an answer as text, without the zero octet or the line's end behind it."""
    return octets.partition(b"\0")[0].decode("utf-8", "replace").strip()


def read_answer(octets: bytes) -> Answer | None:
    """Read the answer to INSTREAM; None where it is none, or only the beginning of one."""
    text = text_of(octets)
    if text == "stream: OK":
        return Answer(Verdict.CLEAN)
    said, _, end = text.rpartition(" ")
    word = said.removeprefix("stream:").strip().removesuffix(".")
    if end not in _ENDS or not word:
        return None
    return Answer(_ENDS[end], word)
