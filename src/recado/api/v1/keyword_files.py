"""The poster of a keyword and its QR code as files.

What belongs here: routes. What does not: drawing (through `apps.keywords.ports`).
"""

from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Router
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.scopes import Scope, may
from recado.apps.keywords.ports import KeywordFile, keyword_files
from recado.apps.keywords.queries import get_keyword_for
from recado.apps.keywords.services import note_poster

router = Router(tags=["Keywords"])


class PosterSize(StrEnum):
    """How large a poster is."""

    A4 = "a4"
    A5 = "a5"
    STORY = "story"


class PosterKind(StrEnum):
    """What kind of file a poster is."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"


class QrKind(StrEnum):
    """What kind of file a QR code is."""

    SVG = "svg"
    PNG = "png"


class PosterLanguage(StrEnum):
    """In which language a poster speaks."""

    PL = "pl"
    EN = "en"


def _files(*types: str) -> dict[str, Any]:
    """Describe an answer that is a file."""
    return {"responses": {200: {"description": "The file", "content": {kind: {"schema": {"type": "string"}} for kind in types}}}}


@router.get(
    "/keywords/{keyword_id}/poster",
    auth=key(Scope.KEYWORDS_READ),
    operation_id="get_keyword_poster",
    summary="Draw the poster of a keyword",
    openapi_extra=_files("application/pdf", "image/svg+xml", "image/png"),
)
def poster(
    request: ProgramRequest,
    keyword_id: Path[Id],
    size: PosterSize = PosterSize.A4,
    kind: PosterKind = PosterKind.PDF,
    language: PosterLanguage | None = None,
    headline: Annotated[Text, Field(max_length=80)] = "",
) -> HttpResponse:
    """Say what to text where, with a QR code and who receives it; in the account's language unless another is asked for."""
    found = get_keyword_for(request.account, keyword_id)
    if may(request.auth, Scope.KEYWORDS_WRITE):
        note_poster(found)
    spoken = language.value if language else request.account.language
    return _sent(keyword_files().poster(found, size.value, kind.value, spoken, headline.strip()))


@router.get(
    "/keywords/{keyword_id}/qr",
    auth=key(Scope.KEYWORDS_READ),
    operation_id="get_keyword_qr",
    summary="Draw the QR code of a keyword",
    openapi_extra=_files("image/svg+xml", "image/png"),
)
def code(request: ProgramRequest, keyword_id: Path[Id], kind: QrKind = QrKind.SVG) -> HttpResponse:
    """Return the code that opens a phone's SMS window with number and word filled in."""
    return _sent(keyword_files().code(get_keyword_for(request.account, keyword_id), kind.value))


def _sent(file: KeywordFile) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return response
