"""The page that shows a key of a webhook: the code beside it does what it promises."""

import html
import re

import pytest
from django.test import Client

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import SigningSecret
from recado.apps.outbox.secrets import public_key
from recado.protocols.webhooks import KeyKind, new_key, sign

pytestmark = pytest.mark.django_db


def shown(client: Client, **fields) -> tuple[SigningSecret, str]:
    """Make a webhook by its form; return its key and the page that shows it."""
    given = {"url": "https://shop.example/h", "body": "json", "signature": "hmac", "batch_limit": "1"} | fields
    page = client.get(client.post("/forwards/new/?kind=webhook", given)["Location"]).text
    return SigningSecret.objects.get(), page


def test_the_code_beside_an_ed25519_key_verifies_what_is_sent(alice_client: Client, account: Account):
    key, page = shown(alice_client, signature="ed25519")
    known = {"PUBLIC_KEY": public_key(key)}
    exec(html.unescape(re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[-1]), known)  # as its reader does
    another = new_key(KeyKind.ED25519, lambda count: bytes(range(count)))
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1764000000"}
    during_a_rotation, forged = (sign(keys, "msg_1", 1764000000, b"{}") for keys in ((another, key.secret), (another,)))
    assert known["is_genuine"](headers | {"webhook-signature": during_a_rotation}, b"{}")
    assert not known["is_genuine"](headers | {"webhook-signature": forged}, b"{}")


def test_a_public_key_is_not_called_a_secret_that_is_never_shown_again(alice_client: Client, account: Account):
    assert "not shown again" not in shown(alice_client, signature="ed25519")[1]


def test_the_code_beside_a_secret_reads_no_json_where_xml_is_sent(alice_client: Client, account: Account):
    assert "request.headers, json_parse=False)" in shown(alice_client, body="xml")[1]
