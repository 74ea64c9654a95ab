"""Signatures of requests: those of Standard Webhooks over id, time and body, and that of Twilio over address and form.

What belongs here: the sums. What does not: which keys are in force (`store.signing_secrets`), headers (`delivery.webhook`).
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping

from recado.protocols.webhooks.keys import KeyKind, hmac_octets, kind_of, private_key


def sign(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of the header `webhook-signature`: one signature for each key, with a space between; raise BadKeyError."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(_signature(key, signed) for key in keys)


def twilio_signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """Return the value of the header `X-Twilio-Signature` of a form that is posted."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return _base64(hmac.digest(token.encode(), signed.encode("utf-8", "replace"), hashlib.sha1))


def _signature(key: str, signed: bytes) -> str:
    if kind_of(key) is KeyKind.ED25519:
        return "v1a," + _base64(private_key(key).sign(signed))
    return "v1," + _base64(hmac.digest(hmac_octets(key), signed, hashlib.sha256))


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
