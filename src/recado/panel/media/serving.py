"""Answers a link with the content, inline only where browsers show it without running anything.

Pictures are inline as previews and stripped copies alone; their originals, and everything else but sounds and films, are downloads. What
belongs here: headers, ranges, streaming. What does not: who may see it (whoever holds the link, `apps.media.links`).
"""

from collections.abc import Iterator
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.media.links import Linked, LinkError, LinkExpiredError, Variant, read_link
from recado.apps.media.models import Content, ScanState
from recado.apps.media.services import blobs
from recado.panel.media.ranges import asked_range

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
COPIED_AS_THEY_ARE = PICTURES - {"image/gif"}
"""What the copy without EXIF of a picture is written as; of every other kind it is WebP (`apps.media.picture_child`)."""
PLAYED = frozenset({
    "audio/mpeg", "audio/ogg", "audio/wav", "audio/x-wav", "audio/mp4", "audio/aac", "audio/webm",
    "video/mp4", "video/3gpp", "video/3gpp2", "video/webm", "video/quicktime", "video/ogg",
})  # fmt: skip
"""What browsers play, or refuse to, without running anything."""
PIECE = 64 * 1024
R = TypeVar("R", bound=HttpResponseBase)
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'"


@require_safe
def media(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Show or hand out what a link leads to."""
    try:
        linked = read_link(token, timezone.now())
    except LinkExpiredError:
        return _plain(410, _("This link has expired. Open the message again to get a new one."))
    except LinkError:
        return _plain(404, _("There is nothing here."))
    content = Content.objects.filter(pk=linked.sha256).first()
    sha256, content_type, is_inline = _form(linked, content)
    if Content.objects.filter(pk__in={linked.sha256, sha256}, scan_state=ScanState.INFECTED).exists():  # the original, and what is served
        return _plain(403, _("This file is dangerous and is not handed out."))
    try:
        file = blobs().open(sha256)
    except OSError:  # gone, or never made
        return _plain(404, _("This file is gone."))
    return _answer(request, file, content_type, content_disposition_header(not is_inline, name) or "attachment")


def _form(linked: Linked, content: Content | None) -> tuple[str, str, bool]:
    """Say which bytes are served, as what, and whether inline."""
    if linked.variant is Variant.PREVIEW:
        return (content.preview_sha256 if content else ""), "image/webp", True
    if linked.variant is Variant.STRIPPED:
        stripped = content.stripped_sha256 if content else ""
        return stripped, linked.content_type if linked.content_type in COPIED_AS_THEY_ARE else "image/webp", True
    if linked.content_type in PLAYED:
        return linked.sha256, linked.content_type, True
    is_plain = linked.content_type in PICTURES
    return linked.sha256, linked.content_type if is_plain else "application/octet-stream", False


def _answer(request: HttpRequest, file: BinaryIO, content_type: str, disposition: str) -> HttpResponseBase:
    size = file.seek(0, 2)
    try:
        asked = asked_range(request.headers.get("Range", ""), size)
    except ValueError:
        file.close()
        response = _plain(416, _("There is nothing here."))
        response["Content-Range"] = f"bytes */{size}"
        return response
    start, end = asked or (0, size)
    answer = StreamingHttpResponse(_Pieces(file, start, end), status=206 if asked else 200, content_type=content_type)
    answer["Content-Length"] = str(end - start)
    answer["Accept-Ranges"] = "bytes"
    if asked:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer["Content-Disposition"] = disposition
    answer["Cache-Control"] = "private, max-age=3600"
    return _guarded(answer)


class _Pieces:
    """A part of a file, piece by piece. No generator: one that was never begun would leave the file open."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._left = file, end - start
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._file.read(min(PIECE, self._left))
        if not piece:
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _plain(status: int, text: str) -> HttpResponse:
    return _guarded(HttpResponse(text, status=status, content_type="text/plain; charset=utf-8"))


def _guarded(response: R) -> R:
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin" if settings.RECADO.media_host else "same-origin"
    response["Content-Encoding"] = "identity"
    return response
