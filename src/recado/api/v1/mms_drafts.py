"""MMS that programs want to send: the shape, the draft it becomes, and everything that speaks against it as a problem.

What belongs here: what replies, orders and campaigns share. What does not: checks and sizes (`apps.mms.composing`), files (`media_files`).
"""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from recado.api.v1.problems import Problem, conflict, invalid
from recado.api.v1.shapes import Text
from recado.apps.accounts.models import Account
from recado.apps.media.models import MediaFile
from recado.apps.media.services import media_files_of
from recado.apps.mms.drafts import MOST_FILES, Draft, DraftFile, MmsProblem, MmsRefusal, MmsRefusedError
from recado.core.mms import LONGEST_SUBJECT

FileId = Annotated[str, Field(pattern=r"^[0-9a-f]{10}$", examples=["3f9ab1c2d4"])]
_SAID = {
    MmsRefusal.EMPTY: ("body.text", "must have letters, unless there are files"),
    MmsRefusal.SUBJECT_TOO_LONG: ("body.mms.subject", "must have at most {limit} characters"),
    MmsRefusal.TEXT_TOO_LONG: ("body.text", "must have at most {limit} characters"),
    MmsRefusal.TOO_MANY_FILES: ("body.mms.files", "must be at most {limit}"),
    MmsRefusal.TYPE: ("body.mms.files", "{file} is of a kind that is not sent"),
    MmsRefusal.GONE: ("body.mms.files", "{file} is not there any more; keep it again"),
    MmsRefusal.INFECTED: ("body.mms.files", "a virus was found in {file}"),
    MmsRefusal.FILE_TOO_LARGE: ("body.mms.files", "{file} is larger than {limit} bytes"),
    MmsRefusal.TOO_LARGE: ("body.mms.files", "the carrier takes at most {limit} bytes, with pictures made smaller"),
}
"""All but SENDER: the field, and what is wrong with it."""


class MmsIn(Schema):
    """What makes a message an MMS."""

    subject: Annotated[Text, Field(max_length=LONGEST_SUBJECT)] = ""
    files: Annotated[list[FileId], Field(max_length=MOST_FILES)] = Field(
        default_factory=list,
        description="Ids of `/media-files`, in the order in which they are shown. Pictures are made as small as need be.",
    )


def read_draft(account: Account, mms: MmsIn, text: str) -> Draft:
    """Find the files and return the MMS; raise Problem where the account keeps one of them not."""
    return Draft(mms.subject.strip(), text, tuple(DraftFile.of(one) for one in kept_files(account, mms)))


def kept_files(account: Account, mms: MmsIn) -> list[MediaFile]:
    """Return the files that are named, in their order; raise Problem."""
    found = {one.public_id: one for one in media_files_of(account).filter(public_id__in=mms.files)}
    for place, public_id in enumerate(mms.files):
        if public_id not in found:
            raise invalid(f"body.mms.files.{place}", "the account keeps no such file; see `/media-files`")
    return [found[public_id] for public_id in mms.files]


def mms_refused(error: MmsRefusedError, sender_words: dict[object, str]) -> Problem:
    """Say everything that must be changed; `sender_words` are the resource's own for senders that cannot."""
    for one in error.problems:
        if one.sender is not None:
            return conflict(f"sender-{one.sender.value.replace('_', '-')}", sender_words[one.sender])
    errors = [
        {"field": _SAID[one.reason][0], "message": _SAID[one.reason][1].format(file=one.file, limit=one.limit)} for one in error.problems
    ]
    return Problem(422, "invalid", "Invalid request", "Change the fields named in `errors` and send again.", errors=errors)


def mms_conflict(problems: list[MmsProblem], sender_words: dict[object, str]) -> Problem:
    """Say why a draft that is kept cannot be sent as it is."""
    first = problems[0]
    if first.sender is not None:
        return conflict(mms_code(first), sender_words[first.sender])
    said = "; ".join(_SAID[one.reason][1].format(file=one.file, limit=one.limit) for one in problems if one.sender is None)
    return conflict(mms_code(first), f"{said[0].upper()}{said[1:]}. Nothing was sent. Change its `mms`, then send again.")


def mms_code(problem: MmsProblem) -> str:
    """Write a problem as programs know it."""
    return (problem.sender.value if problem.sender else f"mms_{problem.reason.value}").replace("_", "-")
