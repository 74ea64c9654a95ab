"""Whole requests as client libraries send them, byte for byte (provider-api.md §2, §3): what is answered, and what is sent because of it.

Each file of cases/requests has the request with its head; `@NAME@` stands for what the test has made. The answer may have more than is
expected; `#NAME` expects the number. Every row of the contract's table is one file at least.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from recado.apps.accounts.services import issue_token
from recado.apps.connections.models import Connection
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.services import Order, queue_text
from recado.core.outbound_id import to_public

CASES = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "cases" / "requests").glob("*.json"))}
ADA = "48500600700"


@pytest.fixture
def made(account, api_user) -> dict[str, str]:
    """What requests refer to: a contact in a group, and two messages that were sent to it."""
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    for place in range(2):
        Number.objects.create(digits=f"4866000000{place}", kind="eco", connection=carrier)
    group = add_group(account, "Gardeners")
    contact = add_contact(account, ADA, {}, [group.pk])
    sent = [
        queue_text(
            account, None, ADA, f"Number {place}", now=timezone.now(), origin=Origin.API, order=Order(kind=SendKind.ECO, unique_id=own)
        )
        for place, own in enumerate((None, "mine1"))
    ]
    return {
        "TOKEN": issue_token(api_user),
        "GROUP": str(group.pk),
        "CONTACT": str(contact.pk),
        "SENT": to_public(sent[0].pk),
        "SENT2": to_public(sent[1].pk),
    }


def filled(text: str, made: dict[str, str]) -> str:
    for name, value in made.items():
        text = text.replace(f"@{name}@", value).replace(f'"#{name}"', value)
    return text


def sent_as_recorded(request: str) -> Any:
    """Send the bytes of a recorded request."""
    head, _, body = request.encode().partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    content_type = headers.pop("Content-Type", "")
    return Client().generic(method, path, body, content_type, headers=headers)


def fits(found: Any, expected: Any) -> bool:
    """Whether an answer has all that is expected, of the same type."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(name in found and fits(found[name], value) for name, value in expected.items())
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(fits, found, expected))
    return type(found) is type(expected) and found == expected


@pytest.mark.parametrize("name", CASES)
def test_a_recorded_request_is_answered(name, made):
    case = CASES[name]
    before = set(OutboundMessage.objects.values_list("pk", flat=True))
    response = sent_as_recorded(filled(case["request"], made))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    answer, expected = response.json(), json.loads(filled(json.dumps(case["answer"]), made))
    assert fits(answer, expected), answer
    assert ("error" in answer) == ("error" in expected)
    if "sends" in case:
        written = OutboundMessage.objects.exclude(pk__in=before).order_by("pk").values_list("recipient", "text")
        assert [list(one) for one in written] == case["sends"]
