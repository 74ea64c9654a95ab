"""The actions `files/*` (provider-api.md §7): files an account keeps to send as MMS.

What belongs here: parameters in, rows out. What does not: what may be kept, and keeping it; that is asked of `apps.media`.
"""

import base64
import binascii
from typing import Any
from urllib.parse import unquote, urlsplit

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import FILE_INVALID, FILE_MISSING, FILE_TOO_LARGE, INVALID_ID, VOICE_NOT_ALLOWED, ApiError
from recado.api.compat.moments import wire_time
from recado.apps.media.fetching import FetchError, fetch
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

VOICE = "voice"


def add(call: Call) -> Answer:
    """Keep a file, given as base64 in `file` or by an address in `url`."""
    if _type(call) == VOICE:
        raise ApiError(VOICE_NOT_ALLOWED)
    content, name = _content(call)
    try:
        kept = keep_file(call.account, call.params.text("name").strip() or name, content)
    except FileTooLargeError as error:
        raise ApiError(FILE_TOO_LARGE) from error
    except NoMediaError as error:
        raise ApiError(FILE_INVALID) from error
    return {"success": True, "id": kept.public_id}


def index(call: Call) -> Answer:
    """List the account's files, the newest first; of voice files there are none."""
    found = media_files_of(call.account)
    return listing(call, found.none() if _type(call) == VOICE else found, _row)


def view(call: Call) -> Answer:
    """Show one of them."""
    return _row(_file(call))


def delete(call: Call) -> Answer:
    """Let one of them go."""
    remove_file(_file(call))
    return {"success": True}


def _type(call: Call) -> str:
    return call.params.text("type", "mms").strip().lower()


def _content(call: Call) -> tuple[bytes, str]:
    if call.params.has("file"):
        try:
            return base64.b64decode("".join(call.params.text("file").replace(" ", "+").split()), validate=True), ""
        except (binascii.Error, ValueError) as error:
            raise ApiError(FILE_INVALID) from error
    url = call.params.text("url").strip()
    if not url:
        raise ApiError(FILE_MISSING)
    try:
        return fetch(url, MOST_BYTES), unquote(urlsplit(url).path).rpartition("/")[2]
    except (FetchError, ValueError) as error:
        raise ApiError(FILE_MISSING) from error


def _file(call: Call) -> MediaFile:
    call.params.require("id")
    try:
        return get_media_file_for(call.account, call.params.text("id"))
    except MediaFile.DoesNotExist as error:
        raise ApiError(INVALID_ID) from error


def _row(file: MediaFile) -> dict[str, Any]:
    return {"id": file.public_id, "name": file.name, "size": file.size, "type": "mms", "date": wire_time(file.created_at)}
