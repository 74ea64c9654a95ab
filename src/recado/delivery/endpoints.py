"""What must be known of the endpoints of claimed forwards, with one query for all of them and one for all messages of webhooks.

What belongs here: from rows to values. What does not: SQL (`store.endpoints`), jobs (`ledger`), building requests (`webhook`, `macros`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from recado.core.request_headers import usable
from recado.delivery.endpoint import PLAIN, Body, Endpoint
from recado.protocols.webhooks import KeyKind, kind_of
from recado.store.dialect import Connection
from recado.store.endpoints import DetailRow, EndpointRow, load_details, load_endpoints
from recado.store.mms_told import ToldMms, load_told


@dataclass(frozen=True, slots=True)
class Known:
    """The endpoints of some destinations, which their jobs share, and what webhooks say of some messages."""

    endpoints: Mapping[int, Endpoint]
    details: Mapping[int, DetailRow]
    multimedia: Mapping[int, ToldMms] = field(default_factory=dict)
    """Of those messages that are MMS."""

    def endpoint(self, destination_id: int) -> Endpoint:
        """Return how a destination is called; plainly, where it is gone."""
        return self.endpoints.get(destination_id, PLAIN)


def load(con: Connection, destination_ids: Collection[int], told: Iterable[tuple[int | None, int | None]], now: datetime) -> Known:
    """Read the endpoints of destinations; of what is told, given as pairs of destination and message, what webhooks say of it."""
    rows = load_endpoints(con, sorted(destination_ids), now) if destination_ids else {}
    endpoints = {key: _endpoint(row) for key, row in rows.items()}
    webhooks = {key for key, endpoint in endpoints.items() if endpoint.is_webhook}
    pairs = [(destination_id, message_id) for destination_id, message_id in told if message_id is not None]
    asked = [message_id for destination_id, message_id in pairs if destination_id in webhooks]
    multimedia = load_told(con, [message_id for _destination_id, message_id in pairs]) if pairs else {}
    return Known(endpoints, load_details(con, asked) if asked else {}, multimedia)


def _endpoint(row: EndpointRow) -> Endpoint:
    if row.kind != "webhook":
        return Endpoint(headers=usable(row.headers), takes_replies=row.takes_replies)
    body = Body(row.body)
    secrets = tuple(secret for secret in row.secrets if (kind_of(secret) is KeyKind.TWILIO) is (body is Body.TWILIO))
    return Endpoint(body, usable(row.headers), secrets, row.batch_limit, row.takes_replies)
