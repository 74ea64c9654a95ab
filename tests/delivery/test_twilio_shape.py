"""Requests shaped like Twilio's, read as their validator reads them."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx2
import pytest
from twilio.request_validator import RequestValidator

from recado.delivery.endpoint import Body, Endpoint
from recado.delivery.macros import Forwarded
from recado.delivery.webhook import build_webhook

TOKEN = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
MESSAGE = Forwarded(7, "48600100200", "48503340503", "Zażółć & co", NOW, account_id=3)


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/in?b=2&a=1",
        "https://shop.example",
        "https://Shop.Example/in",
        "https://shop.example?x=1",
        "https://shop.example/in#f",
        "https://shop.example/hóok",
        "https://shop.example/in?b=ó",
        "https://sklep-róża.pl/x",
        "https://shop.example/a/../b",
        "http://shop.example:8080/in",
    ],
)
def test_the_address_that_is_called_is_the_one_that_is_signed(url):
    call = build_webhook(url, [MESSAGE], Endpoint(Body.TWILIO, {}, (TOKEN,)), NOW)
    sent = httpx2.URL(call.url)
    seen = f"{sent.scheme}://{sent.netloc.decode()}{sent.raw_path.decode()}"
    form = dict(parse_qsl(call.body.decode(), keep_blank_values=True))
    assert RequestValidator(TOKEN).validate(seen, form, call.headers["x-twilio-signature"])
