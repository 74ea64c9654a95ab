"""`/attachments`: one part of an MMS, and its bytes.

What belongs here: routes. What does not: shapes (`mms_shapes`), links that need no key (`apps.media.links`).
"""

from collections.abc import Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Router

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.mms_shapes import AttachmentOut, attachment_out
from recado.api.v1.problems import Problem, ProblemOut, conflict
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.media.models import Content, ScanState
from recado.apps.media.services import blobs
from recado.apps.mms.queries import get_attachment_for

router = Router(tags=["Messages"])
_PIECE: Final = 64 * 1024
_BYTES: dict[str, Any] = {
    "responses": {200: {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
}


@router.get(
    "/{attachment_id}",
    auth=key(Scope.MESSAGES_READ),
    response=AttachmentOut,
    operation_id="get_attachment",
    summary="Show a part of an MMS",
)
def show(request: ProgramRequest, attachment_id: Path[Id]) -> AttachmentOut:
    """Of a received or a sent message, with fresh links."""
    return attachment_out(request.account, get_attachment_for(request.account, attachment_id))


@router.get(
    "/{attachment_id}/content",
    auth=key(Scope.MESSAGES_READ),
    response={409: ProblemOut, 410: ProblemOut},
    operation_id="get_attachment_content",
    summary="Fetch a part of an MMS",
    openapi_extra=_BYTES,
)
def content(request: ProgramRequest, attachment_id: Path[Id]) -> StreamingHttpResponse:
    """Its bytes as they came; the links of a picture lead to one without place and camera.

    Refused where a virus was found (409 `infected`), and where the file was deleted after its time (410 `gone`).
    """
    part = get_attachment_for(request.account, attachment_id)
    if Content.objects.filter(pk=part.sha256, scan_state=ScanState.INFECTED).exists():
        raise conflict("infected", "A virus was found in this file. It is not handed out.")
    try:
        blobs().open(part.sha256).close()
    except OSError as error:
        raise Problem(410, "gone", "Gone", "The file is not kept any more; what is known of it stays.") from error
    headers = {
        "Content-Disposition": content_disposition_header(True, part.name or "file") or "attachment",  # Django's own
        "Content-Length": str(part.size),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(_pieces(part.sha256), content_type=part.content_type, headers=headers)


def _pieces(sha256: str) -> Iterator[bytes]:
    """Read the bytes when they are asked for, so that an answer nobody takes leaves no file open."""
    with blobs().open(sha256) as file:
        while piece := file.read(_PIECE):
            yield piece
