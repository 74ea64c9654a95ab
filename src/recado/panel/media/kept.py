"""Files to be sent, as pages list them: those an account keeps, those of a group send.

What belongs here: a file with its small picture. What does not: rows (`apps.media.services`), the pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from recado.apps.accounts.models import Account
from recado.apps.media.links import Variant, media_link
from recado.apps.media.models import Content, MediaFile, ScanState
from recado.apps.mms.drafts import DraftFile

File: TypeAlias = MediaFile | DraftFile


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file and where it can be looked at."""

    file: File
    is_dangerous: bool
    url: str = ""
    """Empty: it is not handed out."""
    preview_url: str = ""


def shown_files(account: Account, files: Iterable[File]) -> list[ShownFile]:
    """Add links to files of an account."""
    found = list(files)
    contents = Content.objects.in_bulk({one.sha256 for one in found})
    return [_shown(account, one, contents.get(one.sha256)) for one in found]


def _shown(account: Account, file: File, content: Content | None) -> ShownFile:
    if content is not None and content.scan_state == ScanState.INFECTED:
        return ShownFile(file, is_dangerous=True)
    link = {
        variant: media_link(file.sha256, file.content_type, account=account, name=file.name, variant=variant)
        for variant in (Variant.ORIGINAL, Variant.PREVIEW)
    }
    preview = link[Variant.PREVIEW] if content is not None and content.preview_sha256 else ""
    return ShownFile(file, is_dangerous=False, url=link[Variant.ORIGINAL], preview_url=preview)
