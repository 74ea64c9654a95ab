"""A message as the form that Twilio posts for one, so that a program written for it can stay as it is.

Pure. Names of fields are those of Twilio's documentation of incoming messages. What does not belong here: the signature
(`protocols.webhooks`), reading what is answered (`reply_reading`).
"""

from recado.delivery.macros import Forwarded
from recado.protocols.gsm import segments

API_VERSION = "2010-04-01"


def form_of(message: Forwarded) -> dict[str, str]:
    """Return the fields of the form."""
    sid = f"SM{message.message_id:032x}"
    return {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "AccountSid": f"AC{message.account_id:032x}",
        "From": _international(message.sender),
        "To": _international(message.recipient),
        "Body": message.text.encode("utf-8", "replace").decode(),
        "SmsStatus": "received",
        **_media(message),
        "NumSegments": str(segments(message.text).count),
        "ApiVersion": API_VERSION,
    }


def _media(message: Forwarded) -> dict[str, str]:
    files = [one for one in message.mms.files if one.url] if message.mms else []
    fields = {"NumMedia": str(len(files))}
    for place, one in enumerate(files):
        fields |= {f"MediaUrl{place}": one.url, f"MediaContentType{place}": one.content_type}
    return fields


def _international(number: str) -> str:
    """Write a phone with a plus; short codes and names stay as they are, as they do there."""
    digits = number.removeprefix("+")
    return f"+{digits}" if digits.isdigit() and len(digits) > 6 else digits  # noqa: PLR2004  # the longest short code
