"""Files of an answer that is being written: attached one by one, taken off again, gone once it is sent.

What belongs here: their rows. What does not: taking bytes in (`uploads`), what speaks against sending them (`composing`), files an account
keeps (`apps.media`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.mms.drafts import MOST_FILES, DraftFile, KeptFile, MmsProblem, MmsRefusal
from recado.apps.mms.models import UnsentFile
from recado.apps.mms.uploads import FileNotTakenError, Upload, take_in
from recado.apps.sql import lent_connection
from recado.core.mms import MmsPart, PartRole
from recado.store.mms import write_contents

FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whose answer to which conversation."""

    account: Account
    user: User
    dialogue_id: int


def unsent_files(answer: Answer) -> QuerySet[UnsentFile]:
    """List what is attached to an answer, in the order in which it was."""
    return UnsentFile.objects.filter(account=answer.account, user=answer.user, dialogue_id=answer.dialogue_id).order_by("pk")


def attach(answer: Answer, upload: Upload) -> UnsentFile:
    """Attach an upload; its bytes are durable before its row is. Raises FileNotTakenError, and OSError where there is no room."""
    _check_count(answer, upload.name)
    return _note(answer, take_in(upload))


def attach_kept(answer: Answer, kept: KeptFile) -> UnsentFile:
    """Attach a file that the account keeps. Raises FileNotTakenError."""
    _check_count(answer, kept.name)
    return _note(answer, DraftFile.of(kept))


def take_off(answer: Answer, file_ids: Collection[int]) -> None:
    """Take files off again, or forget them once they are sent; their bytes go with the next sweep where nothing else has them."""
    unsent_files(answer).filter(pk__in=file_ids).delete()


def forget_unsent(now: datetime) -> None:
    """Forget files of answers that nobody came back to."""
    UnsentFile.objects.filter(created_at__lt=now - FORGOTTEN_AFTER).delete()


def _check_count(answer: Answer, name: str) -> None:
    if unsent_files(answer).count() >= MOST_FILES:
        raise FileNotTakenError(MmsProblem(MmsRefusal.TOO_MANY_FILES, name, MOST_FILES))


@transaction.atomic
def _note(answer: Answer, file: DraftFile) -> UnsentFile:
    con = lent_connection()
    part = MmsPart(PartRole.MEDIA, file.sha256, file.size, file.content_type, name=file.name)
    write_contents(con, [part], con.dialect.timestamp(timezone.now()))
    return UnsentFile.objects.create(
        account=answer.account,
        user=answer.user,
        dialogue_id=answer.dialogue_id,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
    )
