"""The actions `templates/*` (provider-api.md §7): texts ready to be sent that everybody in the account shares.

What belongs here: parameters in, rows out. What does not: what a text is good for, people's own texts; that is asked of `apps.dialogues`.
"""

from typing import Any

from recado.api.compat.call import Answer, Call, listing
from recado.api.compat.errors import INVALID_DATA, INVALID_ID, REQUIRED, ApiError
from recado.apps.dialogues.answering import MAX_CHARACTERS
from recado.apps.dialogues.canned_replies import (
    add_canned_reply,
    delete_canned_reply,
    edit_canned_reply,
    get_shared_text_for,
    shared_texts_of,
    use_fitting,
)
from recado.apps.dialogues.models import CannedReply

MAX_NAME = CannedReply._meta.get_field("name").max_length or 0  # noqa: SLF001  # documented
"""Signs in a template's name."""


def index(call: Call) -> Answer:
    """List the templates by name."""
    direction = "-" if call.params.text("order").lower() == "desc" else ""
    return listing(call, shared_texts_of(call.account).order_by(f"{direction}name", f"{direction}pk"), _row)


def add(call: Call) -> Answer:
    """Add a template, for conversations and for group sends alike where its places can be filled in both."""
    name, text = _given(call, "name", MAX_NAME), _given(call, "text", MAX_CHARACTERS)
    if not name or not text:
        raise ApiError(REQUIRED)
    return {"success": True, "id": add_canned_reply(call.account, name, text, None, use_fitting(text, CannedReply.Use.BOTH)).pk}


def edit(call: Call) -> Answer:
    """Change the name, the text, or both; what is not given stays."""
    template = _template(call)
    name, text = _given(call, "name", MAX_NAME), _given(call, "text", MAX_CHARACTERS)
    if not name and not text:
        raise ApiError(REQUIRED)
    name, text = name or template.name, text or template.text
    edit_canned_reply(template, name, text, None, use_fitting(text, CannedReply.Use(template.use)))
    return {"success": True, "id": template.pk}


def delete(call: Call) -> Answer:
    """Remove a template."""
    delete_canned_reply(_template(call))
    return {"success": True}


def _template(call: Call) -> CannedReply:
    try:
        return get_shared_text_for(call.account, call.params.identifier())
    except CannedReply.DoesNotExist as error:
        raise ApiError(INVALID_ID) from error


def _given(call: Call, parameter: str, at_most: int) -> str:
    given = call.params.text(parameter).replace("\r\n", "\n").strip()
    if len(given) > at_most:
        raise ApiError(INVALID_DATA)
    return given


def _row(template: CannedReply) -> dict[str, Any]:
    return {"id": template.pk, "name": template.name, "text": template.text}
