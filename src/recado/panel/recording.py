"""Noting in the activity log what a member changed, with who it was.

What belongs here: taking the person out of a request. What does not: the log itself (`apps.audit`), its sentences (`audit_words`).
"""

from collections.abc import Mapping
from typing import Any

from recado.apps.audit.services import record
from recado.panel.access import MemberRequest


def note(
    request: MemberRequest,
    action: str,
    object_name: str = "",
    object_id: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change of the account; call it in the transaction of the change."""
    is_operator = request.visit is not None
    record(request.account, request.user, action, object_name, object_id, before=before, after=after, is_operator=is_operator)
