"""Looking at an MMS before it is sent: what speaks against it, how large it is, and making it fit what the carrier takes.

What belongs here: these checks and the sizes. What does not: who may be written to (`apps.outbox`), rows (`sending`), making one picture
smaller (`shrinking`).
"""

from dataclasses import replace

from django.conf import settings

from recado.apps.mms.drafts import (
    LONGEST_TEXT,
    MOST_FILES,
    Draft,
    DraftFile,
    MmsEstimate,
    MmsProblem,
    MmsRefusal,
    MmsRefusedError,
)
from recado.apps.mms.shrinking import ShrinkError, shrink
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, mms_connection, sender_for
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.blobs.base import Blobs
from recado.blobs.choosing import blobs_of
from recado.core.media_type import may_be_sent
from recado.core.mms import LONGEST_SUBJECT, MmsContent, MmsPart, PartRole
from recado.core.mms_size import OVERHEAD, shares
from recado.core.price import Service
from recado.store.mms import infected_among

USUAL_MOST_BYTES = 300 * 1024
"""What every carrier takes (OMA MMS conformance, content class "image rich" and "video basic")."""
SMALLEST_PICTURE = 8 * 1024
"""Nobody recognises anything on a smaller one."""


def problems(draft: Draft, number: Number | None, *, is_test: bool = False) -> list[MmsProblem]:
    """Say everything that must be changed before a draft can be sent from a number; nothing: it can, as far as can be told now."""
    found = [*_of_words(draft), *_of_files(draft.files)]
    if sender := _of_number(number, is_test=is_test):
        return [*found, sender]
    limit = size_limit(number)
    least = sum(min(one.size, SMALLEST_PICTURE) if one.can_shrink else one.size for one in draft.files)
    if least + _beside(draft) > limit:
        found.append(MmsProblem(MmsRefusal.TOO_LARGE, limit=limit))
    return found


def estimate(draft: Draft, number: Number) -> MmsEstimate:
    """Say how large a draft is and what it costs from a number of an account, for each phone."""
    size, limit = sum(one.size for one in draft.files) + _beside(draft), size_limit(number)
    price = prices_for(number.account)[Service.MMS] if number.account is not None else 0
    return MmsEstimate(size, limit, size > limit and any(one.can_shrink for one in draft.files), price)


def content_of(draft: Draft, number: Number | None, *, is_test: bool = False) -> MmsContent:
    """Make what is sent from a number of a draft, its pictures as small as the carrier wants them; raise MmsRefusedError.

    Takes a moment for each picture that is made smaller, so never call it inside a transaction.
    """
    found = problems(draft, number, is_test=is_test)
    if found:
        raise MmsRefusedError(found)
    files = _fitted(draft, size_limit(number))
    return MmsContent(draft.subject.strip(), tuple([_part(one) for one in files]))


def size_limit(number: Number | None) -> int:
    """Return how many bytes the carrier of a number takes in one MMS."""
    link = mms_connection(number) if number is not None else None
    given = link.settings.get("max_send_bytes") if link is not None else None
    return int(given) if given else USUAL_MOST_BYTES


def _of_words(draft: Draft) -> list[MmsProblem]:
    found = []
    if draft.is_empty:
        found.append(MmsProblem(MmsRefusal.EMPTY))
    if len(draft.subject.strip()) > LONGEST_SUBJECT:
        found.append(MmsProblem(MmsRefusal.SUBJECT_TOO_LONG, limit=LONGEST_SUBJECT))
    if len(draft.text) > LONGEST_TEXT:
        found.append(MmsProblem(MmsRefusal.TEXT_TOO_LONG, limit=LONGEST_TEXT))
    return found


def _of_files(files: tuple[DraftFile, ...]) -> list[MmsProblem]:
    found = [MmsProblem(MmsRefusal.TOO_MANY_FILES, limit=MOST_FILES)] if len(files) > MOST_FILES else []
    dangerous = infected_among(lent_connection(), [one.sha256 for one in files]) if files else set()
    place = blobs_of(settings.RECADO)
    for one in files:
        if not may_be_sent(one.content_type):
            found.append(MmsProblem(MmsRefusal.TYPE, one.name))
        elif one.sha256 in dangerous:
            found.append(MmsProblem(MmsRefusal.INFECTED, one.name))
        elif not _is_there(place, one.sha256):
            found.append(MmsProblem(MmsRefusal.GONE, one.name))
    return found


def _of_number(number: Number | None, *, is_test: bool) -> MmsProblem | None:
    account = number.account if number is not None else None
    try:
        if account is None or number is None:
            return MmsProblem(MmsRefusal.SENDER, sender=SenderRefusal.NOT_OWN_NUMBER)
        sender_for(account, SendKind.MMS, number=number, is_test=is_test)
    except NoSenderError as error:
        return MmsProblem(MmsRefusal.SENDER, sender=error.reason)
    return None


def _fitted(draft: Draft, limit: int) -> list[DraftFile]:
    """Make pictures smaller until all files go together; each that is larger than its share becomes as large as that."""
    budget = limit - _beside(draft) - sum(one.size for one in draft.files if not one.can_shrink)
    pictures = [one.size for one in draft.files if one.can_shrink]
    share = iter(shares(pictures, budget))
    return [_shrunk(one, next(share), limit) if one.can_shrink else one for one in draft.files]


def _shrunk(file: DraftFile, most_bytes: int, limit: int) -> DraftFile:
    if file.size <= most_bytes:
        return file
    try:
        made = shrink(blobs_of(settings.RECADO), file.sha256, most_bytes)
    except ShrinkError as error:
        raise MmsRefusedError([MmsProblem(MmsRefusal.TOO_LARGE, file.name, limit)]) from error
    return replace(file, sha256=made.sha256, size=made.size, content_type=made.content_type, name=_named(file.name, made.content_type))


def _named(name: str, content_type: str) -> str:
    """Give a name the ending of what the file is now."""
    ending = ".png" if content_type == "image/png" else ".jpg"
    return f"{name.rsplit('.', 1)[0] or 'picture'}{ending}" if name else name


def _part(file: DraftFile) -> MmsPart:
    return MmsPart(PartRole.MEDIA, file.sha256, file.size, file.content_type, name=file.name)


def _beside(draft: Draft) -> int:
    """Return the bytes of everything but the files: the text, the layout, the headers of each part."""
    return len(draft.text.encode()) + OVERHEAD * (len(draft.files) + 2)


def _is_there(place: Blobs, sha256: str) -> bool:
    try:
        place.open(sha256).close()
    except OSError:
        return False
    return True
