"""What was signed in a call of a webhook, and what its signature must be: so that a program that refuses it can be put right.

What belongs here: reading a call as it was logged, signing it again with the secrets in force. What does not: signatures themselves
(`protocols.webhooks`), secrets (`apps.outbox.secrets`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from recado.apps.outbox.models import Attempt, SigningSecret
from recado.protocols.webhooks import BadKeyError, KeyKind, sign, twilio_signature


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers, what it must be, and what was sent."""

    content: str
    header: str
    """The name of the header that carries it."""
    expected: str
    """Its value with the secrets in force now; empty where it cannot be computed."""
    sent: str

    @property
    def agrees(self) -> bool:
        """Whether what was sent is signed with a secret in force: during a rotation one of two is enough."""
        return bool(set(self.expected.split()) & set(self.sent.split()))


def signed_by(attempt: Attempt, keys: Sequence[SigningSecret]) -> Signed | None:
    """Return what was signed in an attempt; None where the log does not hold it."""
    head, _blank, body = attempt.request.partition("\n\n")
    first, *lines = head.splitlines() or [""]
    headers = _headers(lines)
    if headers.get("webhook-id", "").startswith("batch_"):  # of what several messages were told with, each log has its own part
        return None
    if "webhook-signature" in headers:
        name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        expected = _expected(keys, name, moment, body)
        return Signed(f"{name}.{moment}.{body}", "webhook-signature", expected, headers["webhook-signature"])
    if "x-twilio-signature" in headers:
        url, form = first.partition(" ")[2], dict(parse_qsl(body, keep_blank_values=True))
        content = url + "".join(f"{field}{form[field]}" for field in sorted(form))
        tokens = [key.secret for key in keys if key.signature == KeyKind.TWILIO]
        expected = " ".join(twilio_signature(token, url, form) for token in tokens)
        return Signed(content, "X-Twilio-Signature", expected, headers["x-twilio-signature"])
    return None


def _expected(keys: Sequence[SigningSecret], name: str, moment: str, body: str) -> str:
    secrets = [key.secret for key in keys if key.signature != KeyKind.TWILIO]
    try:
        return sign(secrets, name, int(moment), body.encode()) if secrets else ""
    except (ValueError, BadKeyError):
        return ""


def _headers(lines: Sequence[str]) -> Mapping[str, str]:
    parted = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _colon, value in parted}
