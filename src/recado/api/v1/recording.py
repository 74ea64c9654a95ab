"""Noting in the activity log what a program changed.

What belongs here: taking the program out of a request. What does not: the log itself (`apps.audit`).
"""

from collections.abc import Mapping
from typing import Any

from recado.api.v1.auth import ProgramRequest
from recado.apps.audit.services import record


def note(
    request: ProgramRequest,
    action: str,
    object_name: str = "",
    object_id: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change of the account; call it in the transaction of the change, with the action's code as the panel does."""
    record(request.account, request.auth, action, object_name, object_id, before=before, after=after)
