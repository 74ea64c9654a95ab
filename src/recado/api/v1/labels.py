"""`/labels`: the words of the account's own that its conversations are sorted by.

What belongs here: routes. What does not: putting them on and taking them off (`conversation_changes`).
"""

from ninja import Router

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.conversation_shapes import LabelOut, label_out
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.apps.accounts.scopes import Scope
from recado.apps.dialogues.queries import labels_of

router = Router(tags=["Conversations"])


@router.get("", auth=key(Scope.MESSAGES_READ), response=Page[LabelOut], operation_id="list_labels", summary="List labels")
def list_labels(request: ProgramRequest, paging: PagingQuery) -> Page[LabelOut]:
    """Begin with the newest. A label begins with the first conversation it is put on, and ends with the last it is taken off."""
    return newest_first(labels_of(request.account), paging, label_out)
