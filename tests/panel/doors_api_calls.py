"""Access to the calls of programs and to the page about bringing programs over."""

from typing import Any

from panel.doors import Door
from recado.apps.accounts.models import Account, Role, User
from recado.apps.programs.models import ApiCall


def a_call(account: Account, user: User) -> dict[str, Any]:
    made = ApiCall.objects.create(
        account=account,
        username="Web shop " + "W" * 60,
        api="compat",
        action="messages/send_sms",
        status=200,
        error_code="3106",
        error_detail="This sender name cannot be used",
        took_ms=12,
        remote_address="10.0.0.1",
        request='POST /api2/messages/send_sms.json\nContent-Type: application/json\n\n{"phone":"+48500600700","text":"' + "W" * 300 + '"}',
        response='{"error":{"code":3106}}',
    )
    return {"call_id": made.pk}


DOORS = {
    "developers-calls": Door(refuses=Role.EDITOR),
    "developers-call": Door(a_call, refuses=Role.EDITOR),
    "developers-moving": Door(refuses=Role.EDITOR),
}
