"""Forgetting contents that nobody has any more.

What belongs here: their rows. What does not: bytes, which the sweep deletes afterwards (`services.sweep_if_due`).
"""

from datetime import datetime

from django.db.models import Exists, OuterRef

from recado.apps.media.models import Content, MediaFile
from recado.apps.mms.models import Attachment, UnsentFile
from recado.blobs.base import SPARED_FOR

_AT_ONCE = 500


def forget_contents(now: datetime) -> int:
    """Delete rows of contents that no message, no answer being written and no kept file names.

    Those so young that their message may be on its way stay.
    """
    naming = Attachment.objects.all(), MediaFile.objects.all(), UnsentFile.objects.all()
    named = [Exists(rows.filter(sha256=OuterRef("pk"))) for rows in naming]
    old = Content.objects.filter(*(~one for one in named), created_at__lt=now - SPARED_FOR)
    unnamed = list(old.values_list("pk", flat=True))
    count = 0
    for start in range(0, len(unnamed), _AT_ONCE):
        some = unnamed[start : start + _AT_ONCE]
        count += old.filter(pk__in=some).delete()[0]  # asked again: somebody may have sent the same bytes meanwhile
    return count
