"""Where a place is, in short, and what the activity log keeps about it.

What belongs here: a place as before and after of a change, without secrets. What does not: writing the log (`apps.audit`).
"""

from urllib.parse import urlsplit

from recado.apps.contacts.phone import for_people
from recado.apps.outbox.models import Destination


def address_of(destination: Destination) -> str:
    """Say where a place is, in short."""
    if destination.kind == Destination.Kind.EMAIL:
        return destination.email
    if destination.kind == Destination.Kind.PHONE:
        return for_people(destination.msisdn)
    return urlsplit(destination.url).netloc or destination.url


def facts(destination: Destination) -> dict[str, str]:
    """Return what can be changed of a place, in words that last. Of an address only the host: the rest can hold secrets."""
    found = {"name": destination.name, "address": address_of(destination)}
    if destination.kind == Destination.Kind.URL:
        found |= {"method": destination.method, "phone_form": destination.phone_form}
    if destination.kind == Destination.Kind.WEBHOOK:
        found |= {
            "body": destination.body,
            "signature": destination.signature,
            "headers": ", ".join(destination.headers),
            "batch_limit": str(destination.batch_limit),
        }
    if destination.kind in {Destination.Kind.URL, Destination.Kind.WEBHOOK}:
        found["takes_replies"] = "yes" if destination.takes_replies else "no"
    if destination.kind == Destination.Kind.EMAIL:
        found |= {"subject": destination.subject, "has_attachments": "yes" if destination.has_attachments else "no"}
    if destination.kind == Destination.Kind.PHONE:
        found["daily_limit"] = "" if destination.daily_limit is None else str(destination.daily_limit)
    return found
