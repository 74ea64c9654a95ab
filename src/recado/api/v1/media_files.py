"""`/media-files`: files that the account keeps to send as MMS.

What belongs here: routes and shapes. What does not: what may be kept (`apps.media.services`).
"""

from datetime import datetime
from typing import Annotated

from ninja import File, Path, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.media.links import absolute_media_link, link_expiry
from recado.apps.media.models import MediaFile
from recado.apps.media.services import (
    MOST_BYTES,
    FileTooLargeError,
    NoMediaError,
    get_media_file_for,
    keep_file,
    media_files_of,
    remove_file,
)

router = Router(tags=["Media files"])
PublicId = Annotated[str, Field(pattern=r"^[0-9a-f]{10}$")]


class MediaFileOut(Schema):
    """A file that is kept."""

    id: str = Field(examples=["3f9ab1c2d4"])
    name: str
    content_type: str = Field(description="By what the bytes say.")
    size: int = Field(description="Bytes.")
    url: str = Field(description="Where it is fetched, without a key.")
    expires_at: datetime = Field(description="Until when the link is good.")
    created_at: datetime


@router.get(
    "", auth=key(Scope.MESSAGES_READ), response=Page[MediaFileOut], operation_id="list_media_files", summary="List files that are kept"
)
def list_files(request: ProgramRequest, paging: PagingQuery) -> Page[MediaFileOut]:
    """Show the latest first."""
    return newest_first(media_files_of(request.account), paging, lambda one: _out(request.account, one))


@router.post(
    "",
    auth=key(Scope.MESSAGES_SEND),
    response={201: MediaFileOut, 409: ProblemOut},
    operation_id="add_media_file",
    summary="Keep a file",
)
def add(request: ProgramRequest, file: File[UploadedFile]) -> Status[MediaFileOut]:
    """At most 10 MiB, of a kind that goes with an MMS; 500 MiB altogether (409 `no-room`). A key for tests keeps it, too."""
    if (file.size or 0) > MOST_BYTES:
        raise invalid("file", f"has more than {MOST_BYTES} bytes")
    try:
        kept = keep_file(request.account, (file.name or "file").replace("\0", ""), file.read())
    except FileTooLargeError as error:
        raise conflict("no-room", "The account keeps too much already. Remove files that are not needed any more.") from error
    except NoMediaError as error:
        raise invalid("file", "is of a kind that is not sent with an MMS") from error
    return Status(201, _out(request.account, kept))


@router.get(
    "/{file_id}", auth=key(Scope.MESSAGES_READ), response=MediaFileOut, operation_id="get_media_file", summary="Show a file that is kept"
)
def show(request: ProgramRequest, file_id: Path[PublicId]) -> MediaFileOut:
    """With a fresh link."""
    return _out(request.account, get_media_file_for(request.account, file_id))


@router.delete("/{file_id}", auth=key(Scope.MESSAGES_SEND), response={204: None}, operation_id="remove_media_file", summary="Let a file go")
def remove(request: ProgramRequest, file_id: Path[PublicId]) -> Status[None]:
    """Keep it no longer. Messages that were sent with it keep theirs."""
    remove_file(get_media_file_for(request.account, file_id))
    return Status(204, None)


def _out(account: Account, file: MediaFile) -> MediaFileOut:
    return MediaFileOut(
        id=file.public_id,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        url=absolute_media_link(file.sha256, file.content_type, account=account, name=file.name),
        expires_at=link_expiry(),
        created_at=file.created_at,
    )
