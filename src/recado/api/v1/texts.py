"""`/texts`: texts ready to be sent, as canned replies of conversations and as templates of group sends.

What belongs here: routes and shapes of the texts everybody in the account uses. What does not: texts that a person keeps for themselves,
which no program sees; what a text is (`apps.dialogues.canned_replies`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from ninja import Path, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, NotBlank, Search, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.apps.dialogues.canned_replies import (
    UnknownPlaceError,
    add_canned_reply,
    check_places,
    delete_canned_reply,
    edit_canned_reply,
    get_shared_text_for,
    shared_texts_of,
)
from recado.apps.dialogues.models import CannedReply
from recado.core.personal import person_values, read, unknown
from recado.protocols.gsm.segment import segments

router = Router(tags=["Texts"])
Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=40, pattern=r"\S")]
Words = Annotated[
    Text,
    NotBlank,
    Field(
        min_length=1,
        max_length=MAX_CHARACTERS,
        pattern=r"\S",
        description="With {first_name}, {last_name}, {name} and {number}; of group sends also with columns of a file.",
    ),
]
SAMPLES = (person_values("Hanna", "Nowak", "48503340503"), person_values("", "", "48503340503"))
"""Whom a text is tried on: somebody with a name, and somebody of whom nothing but the phone is known."""


class TextUse(StrEnum):
    """What a text is for: conversations, group sends, or both."""

    DIALOGUE = "dialogue"
    CAMPAIGN = "campaign"
    BOTH = "both"


class ReadyTextIn(Schema):
    """A text ready to be sent."""

    model_config = ConfigDict(extra="forbid")
    name: Name = Field(description="People type / and this name in a conversation.")
    text: Words
    use: TextUse = TextUse.DIALOGUE


class ReadyTextPatch(Schema):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    name: Name = ""
    text: Words = ""
    use: TextUse = TextUse.DIALOGUE


class ReadyTextOut(Schema):
    """A text ready to be sent."""

    id: int
    name: str
    text: str
    use: TextUse
    created_at: datetime


class TextsWanted(Schema):
    """Which texts."""

    search: Search = ""
    use: Literal["dialogue", "campaign"] | None = Field(None, description="Texts for both are in either list.")


class TextPreviewIn(Schema):
    """A text as it is being written."""

    model_config = ConfigDict(extra="forbid")
    text: Words


class FilledText(Schema):
    """A text as somebody would get it."""

    text: str
    segments: int


class TextPreview(Schema):
    """A text as somebody with a name would get it, and then, where that differs, as somebody without."""

    previews: list[FilledText]
    unknown: list[str] = Field(description="Places that nothing is put into in conversations.")


@router.get("", auth=key(Scope.SETTINGS_READ), response=Page[ReadyTextOut], operation_id="list_texts", summary="List texts")
def list_texts(request: ProgramRequest, paging: PagingQuery, wanted: Query[TextsWanted]) -> Page[ReadyTextOut]:
    """Newest first; `search` finds part of a name."""
    rows = shared_texts_of(request.account)
    if wanted.search.strip():
        rows = rows.filter(name__icontains=wanted.search.strip())
    if wanted.use is not None:
        rows = rows.filter(use__in=(wanted.use, TextUse.BOTH))
    return newest_first(rows, paging, _shown)


@router.post("", auth=key(Scope.SETTINGS_WRITE), response={201: ReadyTextOut}, operation_id="add_text", summary="Add a text")
def add(request: ProgramRequest, body: ReadyTextIn) -> Status[ReadyTextOut]:
    """Keep a text that everybody in the account can use."""
    name, text = body.name.strip(), body.text.strip()
    _check(text, body.use)
    return Status(201, _shown(add_canned_reply(request.account, name, text, None, CannedReply.Use(body.use))))


@router.post(
    "/preview", auth=key(Scope.SETTINGS_WRITE), response=TextPreview, operation_id="preview_text", summary="Show a text as people get it"
)
def preview(request: ProgramRequest, body: TextPreviewIn) -> TextPreview:  # noqa: ARG001  # every route has it
    """Fill sample people in, and count the parts."""
    text = body.text.strip()
    written = dict.fromkeys(read(text).fill(sample) for sample in SAMPLES)
    return TextPreview(previews=[FilledText(text=each, segments=segments(each).count) for each in written], unknown=unknown(text))


@router.get("/{text_id}", auth=key(Scope.SETTINGS_READ), response=ReadyTextOut, operation_id="get_text", summary="Show a text")
def show(request: ProgramRequest, text_id: Path[Id]) -> ReadyTextOut:
    """Show one that everybody in the account can use."""
    return _shown(get_shared_text_for(request.account, text_id))


@router.patch("/{text_id}", auth=key(Scope.SETTINGS_WRITE), response=ReadyTextOut, operation_id="edit_text", summary="Change a text")
def edit(request: ProgramRequest, text_id: Path[Id], body: ReadyTextPatch) -> ReadyTextOut:
    """Change its name, its words, or what it is for."""
    found = get_shared_text_for(request.account, text_id)
    given = body.model_fields_set
    name = body.name.strip() if "name" in given else found.name
    text = body.text.strip() if "text" in given else found.text
    use = body.use if "use" in given else TextUse(found.use)
    _check(text, use)
    edit_canned_reply(found, name, text, None, CannedReply.Use(use))
    return _shown(found)


@router.delete("/{text_id}", auth=key(Scope.SETTINGS_WRITE), response={204: None}, operation_id="delete_text", summary="Delete a text")
def delete(request: ProgramRequest, text_id: Path[Id]) -> Status[None]:
    """Forget a text; what was sent with it stays."""
    delete_canned_reply(get_shared_text_for(request.account, text_id))
    return Status(204, None)


def _check(text: str, use: TextUse) -> None:
    try:
        check_places(text, CannedReply.Use(use))
    except UnknownPlaceError as error:
        raise invalid("body.text", f"nothing is known for {{{error.place}}}; take it out, or let it be for `campaign` alone") from error


def _shown(found: CannedReply) -> ReadyTextOut:
    return ReadyTextOut(id=found.pk, name=found.name, text=found.text, use=TextUse(found.use), created_at=found.created_at)
