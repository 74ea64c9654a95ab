"""Keeping files and letting them go.

What belongs here: what may be kept, and rows. What does not: bytes (`recado.blobs`), fetching from the web (`fetching`).
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.media.forgetting import forget_contents
from recado.apps.media.models import Content, MediaFile
from recado.apps.mms.models import Attachment, UnsentFile
from recado.apps.mms.unsent import forget_unsent
from recado.apps.sql import lent_connection
from recado.blobs.base import Blobs, keep
from recado.blobs.choosing import blobs_of
from recado.core.media_type import may_be_sent, type_of
from recado.core.mms import MmsPart, PartRole
from recado.store.mms import write_contents

MOST_BYTES = 10 * 1024 * 1024
"""Of one file."""
MOST_BYTES_OF_ACCOUNT = 500 * 1024 * 1024
NAME_LENGTH = 120
SWEPT_EVERY = timedelta(hours=1)


class FileRefusedError(ValueError):
    """The file cannot be kept."""


class FileTooLargeError(FileRefusedError):
    """It is larger than MOST_BYTES, or the account would have more than MOST_BYTES_OF_ACCOUNT."""


class NoMediaError(FileRefusedError):
    """It is nothing that an MMS can carry."""


def media_files_of(account: Account) -> QuerySet[MediaFile]:
    """List the account's files, the newest first."""
    return MediaFile.objects.filter(account=account).order_by("-pk")


def get_media_file_for(account: Account, public_id: str) -> MediaFile:
    """Find a file of the account, or raise MediaFile.DoesNotExist."""
    return media_files_of(account).get(public_id=public_id.strip().lower())


def keep_file(account: Account, name: str, content: bytes) -> MediaFile:
    """Keep a file; raises FileRefusedError. Its bytes are durable before its row is."""
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(f"more than {MOST_BYTES} bytes")
    content_type = type_of(content, name=name)
    if not may_be_sent(content_type):
        raise NoMediaError("nothing that an MMS can carry")
    kept = media_files_of(account).aggregate(total=Sum("size"))["total"] or 0
    if kept + len(content) > MOST_BYTES_OF_ACCOUNT:
        raise FileTooLargeError(f"the account keeps {kept} bytes already")
    digest = keep(blobs(), content)
    with transaction.atomic():
        con = lent_connection()
        part = MmsPart(PartRole.MEDIA, digest, len(content), content_type)
        write_contents(con, [part], con.dialect.timestamp(timezone.now()))
        return MediaFile.objects.create(
            account=account,
            public_id=secrets.token_hex(5),
            name=Path(name.replace("\\", "/")).name[:NAME_LENGTH] or "file",
            content_type=content_type,
            size=len(content),
            sha256=digest,
        )


@transaction.atomic
def remove_file(file: MediaFile) -> None:
    """Let a file go; its bytes are swept away where nothing else has them."""
    file.delete()


def blobs() -> Blobs:
    """Return where the bytes lie."""
    return blobs_of(settings.RECADO)


_NAMING: tuple[tuple[QuerySet[Any], str], ...] = (
    (MediaFile.objects.all(), "sha256"),
    (Attachment.objects.all(), "sha256"),
    (UnsentFile.objects.all(), "sha256"),
    (Content.objects.all(), "preview_sha256"),
    (Content.objects.all(), "stripped_sha256"),
)
_swept_at: list[datetime] = []


def sweep_if_due(now: datetime) -> None:
    """Forget contents nobody has, and sweep their bytes away, once an hour."""
    if _swept_at and now - _swept_at[-1] < SWEPT_EVERY:
        return
    _swept_at[:] = [now]
    forget_unsent(now)
    forget_contents(now)
    blobs().sweep(_named, now)


def _named(digests: Collection[str]) -> set[str]:
    """Return those that rows name: files, attachments, also of answers not sent yet, and what was made of them to look at."""
    found: set[str] = set()
    for rows, column in _NAMING:
        found.update(rows.filter(**{f"{column}__in": digests}).values_list(column, flat=True))
    return found
