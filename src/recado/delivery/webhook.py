"""Builds the request of a webhook: body, id, time and signatures (Standard Webhooks), or form and signature as Twilio sends them.

Pure. What the bodies say belongs to `event_bodies` and `twilio_body`, sending to `http_client`, what an answer means to `forward_url`.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from recado.delivery import event_bodies, twilio_body
from recado.delivery.endpoint import Body, Endpoint
from recado.delivery.errors import DeliveryError
from recado.delivery.http_address import as_sent
from recado.delivery.macros import FORM_TYPE, Call, Forwarded
from recado.protocols.webhooks import BadKeyError, sign, twilio_signature

CONTENT_TYPES = {Body.JSON: "application/json; charset=utf-8", Body.XML: "application/xml; charset=utf-8", Body.TWILIO: FORM_TYPE}


def build_webhook(url: str, messages: Sequence[Forwarded], endpoint: Endpoint, now: datetime) -> Call:
    """Build the one request that tells these messages; raise DeliveryError where a key cannot be read."""
    url = url.strip()
    headers = {**endpoint.headers, "content-type": CONTENT_TYPES[endpoint.body]}
    if endpoint.body is Body.TWILIO:
        form = twilio_body.form_of(messages[0])
        if endpoint.secrets:
            headers["x-twilio-signature"] = twilio_signature(endpoint.secrets[0], as_sent(url), form)
        return Call("POST", url, headers, urlencode(form).encode("ascii"))
    write = event_bodies.as_xml if endpoint.body is Body.XML else event_bodies.as_json
    body, *each = write(messages, is_list=endpoint.takes_batches)
    timestamp = int(now.timestamp())
    headers |= {"webhook-id": event_id(messages), "webhook-timestamp": str(timestamp)}
    if endpoint.secrets:
        try:
            headers["webhook-signature"] = sign(endpoint.secrets, headers["webhook-id"], timestamp, body)
        except BadKeyError as error:
            raise DeliveryError(f"a signing secret cannot be used: {error}") from error
    return Call("POST", url, headers, body, each)


def event_id(messages: Sequence[Forwarded]) -> str:
    """Return the id of a request: of one message its own, of several one that follows from which they are."""
    if len(messages) == 1:
        return messages[0].event_id
    written = " ".join(sorted(message.event_id for message in messages))
    return f"batch_{hashlib.sha256(written.encode()).hexdigest()[:32]}"
