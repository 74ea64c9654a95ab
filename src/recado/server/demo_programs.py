"""The demo's programs: a shop, a form on a web page, an old till, a developer's tests; and what they called today.

What belongs here: what the page about the API would be empty without. What does not: customers' story (`demo_story`).
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, ApiUser, Role
from recado.apps.accounts.scopes import Scope
from recado.apps.programs.models import ApiCall

Api = ApiCall.Api
FORM, TILL, TESTS, OLD = "kwiaty-form", "kwiaty-till", "kwiaty-tests", "kwiaty-2019"
"""User names of the programs beside the one that the README calls with."""
HOME = "127.0.0.1"
NOTHING: dict[str, Any] = {"paging": {"page": 1, "count": 1}, "items": []}

CALLS: tuple[tuple[int, str, Api, str, int, str, str, Any, Any], ...] = (
    (2, "demo", Api.COMPAT, "messages/recived", 200, "", "", {"type": "nd", "read": True}, NOTHING),
    (9, FORM, Api.V1, "POST /contacts", 201, "", "", {"phone": "+48500600781", "first_name": "Ola"}, {"id": 812, "is_new": True}),
    (14, FORM, Api.V1, "GET /contacts", 403, "missing-scope", "The key lacks the scope `contacts:read`.", None, {"code": "missing-scope"}),
    (21, TILL, Api.LEGACY, "wyslij_sms", 200, "3103", "Bad recipient number", {"numer": "1234", "wiadomosc": "Bukiet czeka"}, None),
    (26, "demo", Api.COMPAT, "messages/send_sms", 200, "", "",
     {"phone": "+48500600782", "text": "Zamówienie gotowe", "details": True}, {"success": True, "queued": 1, "unsent": 0}),
    (33, "demo", Api.COMPAT, "messages/send_sms", 200, "3106", "The sender name cannot be used",
     {"phone": "+48500600782", "text": "Zamówienie gotowe", "sender": "KWIATY24"}, {"error": {"code": 3106, "type": "SendError"}}),
    (47, TESTS, Api.V1, "POST /messages", 422, "invalid", "Change the fields named in `errors` and send again.",
     {"phones": ["500600"], "text": "Próba"}, {"code": "invalid", "errors": [{"field": "body.phones.0", "message": "is no phone number"}]}),
    (58, OLD, Api.COMPAT, "contacts/index", 200, "1011", "The token has expired", {}, {"error": {"code": 1011, "type": "InvalidToken"}}),
    (64, "demo", Api.COMPAT, "messages/reports", 200, "", "", {"id": ["19a8f3c2e001"]}, NOTHING),
)  # fmt: skip
"""Minutes ago, who, which API, what, status, error, its words, what was sent, what was answered."""


@transaction.atomic
def load(flowers: Account) -> None:
    """Let the owner have made keys, and programs have called."""
    owner, now = flowers.memberships.get(role=Role.OWNER).user, timezone.now()
    ApiUser.objects.filter(username="demo").update(name="Sklep internetowy", owner=owner, last_used_at=now - timedelta(minutes=2))
    made = (
        (FORM, "Formularz na stronie", {"scopes": [Scope.CONTACTS_WRITE.value], "allowed_networks": "127.0.0.0/8\n2001:db8::/32"}, 9),
        (TILL, "Kasa w kwiaciarni", {"scopes": [Scope.MESSAGES_SEND.value], "token_expires_at": now + timedelta(days=9)}, 21),
        (TESTS, "Próby programisty", {"is_test": True}, 47),
        (OLD, "Stara strona", {"is_active": False, "token_expires_at": now - timedelta(days=30)}, 58),
    )
    for username, name, fields, minutes in made:
        ApiUser.objects.create(
            account=flowers,
            username=username,
            password=make_password(None),
            name=name,
            owner=owner,
            last_used_at=now - timedelta(minutes=minutes),
            **fields,
        )
    users = {user.username: user for user in ApiUser.objects.filter(account=flowers)}
    ApiCall.objects.bulk_create(
        ApiCall(
            account=flowers,
            api_user=users[username],
            username=users[username].username,
            api=api,
            action=action,
            status=status,
            error_code=code,
            error_detail=detail,
            took_ms=4 + minutes % 7,
            remote_address=HOME,
            request=_request(api, action, sent),
            response="" if answered is None else json.dumps(answered, ensure_ascii=False),
            at=now - timedelta(minutes=minutes),
        )
        for minutes, username, api, action, status, code, detail, sent, answered in reversed(CALLS)
    )


def _request(api: Api, action: str, sent: Any) -> str:
    """Write a request down as the log of calls does (`api.call_log`)."""
    if api is Api.LEGACY:
        return f"POST /zdalnie/\nContent-Type: application/x-www-form-urlencoded\n\n{urlencode({'akcja': action, **sent})}"
    method, _, path = action.rpartition(" ")
    head = f"{method} /api/v1{path}" if api is Api.V1 else f"POST /api2/{action}"
    return head if sent is None else f"{head}\nContent-Type: application/json\n\n{json.dumps(sent, ensure_ascii=False)}"
