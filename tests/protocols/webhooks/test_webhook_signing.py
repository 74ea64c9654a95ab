"""Keys and signatures of webhooks, judged by the libraries receivers use."""

import base64
import secrets
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError
from twilio.request_validator import RequestValidator

from recado.protocols.webhooks import BadKeyError, KeyKind, kind_of, new_key, public_key, sign, twilio_signature

BODY = '{"text":"Żółw"}'.encode()


def headers(keys, body=BODY):
    now = int(datetime.now(UTC).timestamp())  # the verifier reads the clock itself
    return {"webhook-id": "msg_1", "webhook-timestamp": str(now), "webhook-signature": sign(keys, "msg_1", now, body)}


def test_the_public_verifier_accepts_an_hmac_signature_and_no_other_body():
    key = new_key(KeyKind.HMAC, secrets.token_bytes)
    assert Webhook(key).verify(BODY, headers([key])) == {"text": "Żółw"}
    with pytest.raises(WebhookVerificationError):
        Webhook(key).verify(BODY + b" ", headers([key]))


def test_both_keys_verify_during_a_rotation():
    keys = [new_key(KeyKind.HMAC, secrets.token_bytes) for _ in range(2)]
    keys.insert(1, new_key(KeyKind.ED25519, secrets.token_bytes))
    sent = headers(keys)
    assert [one[:3] for one in sent["webhook-signature"].split()] == ["v1,", "v1a", "v1,"]
    assert all(Webhook(key).verify(BODY, sent) for key in (keys[0], keys[2]))


@given(st.binary(max_size=200))
def test_an_ed25519_signature_is_verified_by_the_public_key(body):
    key = new_key(KeyKind.ED25519, secrets.token_bytes)
    version, _, signature = sign([key], "msg_7", 1700000000, body).partition(",")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key(key).removeprefix("whpk_")))
    public.verify(base64.b64decode(signature), b"msg_7.1700000000." + body)
    assert version == "v1a"


@given(st.dictionaries(st.from_regex(r"\A[A-Za-z]{1,12}\Z"), st.text(st.characters(codec="utf-8"), min_size=1), min_size=1))
def test_twilios_validator_accepts_the_signature_of_a_form(form):
    token = new_key(KeyKind.TWILIO, secrets.token_bytes)
    url = "https://shop.example/sms?a=1"
    assert RequestValidator(token).validate(url, form, twilio_signature(token, url, form))
    assert not RequestValidator("other").validate(url, form, twilio_signature(token, url, form))


@pytest.mark.parametrize("kind", KeyKind)
def test_a_new_key_says_what_it_signs_with(kind):
    assert kind_of(new_key(kind, secrets.token_bytes)) is kind


@pytest.mark.parametrize("key", ["whsec_", "whsec_!!", "whsec_" + base64.b64encode(b"short").decode(), "whsk_QUJD", "whsk_*"])
def test_what_is_no_key_signs_nothing(key):
    with pytest.raises(BadKeyError):
        sign([key], "msg_1", 1, b"")
