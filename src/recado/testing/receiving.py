"""Receiving without a gateway, for tests of panel and API: the production steps on the test's own Django connection.

What belongs here: running `gateway.receive` inside Django's transaction. What does not: anything it does.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import repeat

from django.db import connection, transaction
from django.utils import timezone

from recado.apps.ids import next_id
from recado.apps.inbox import ports
from recado.core.message import InboundPart
from recado.gateway.receive import receive_group
from recado.store.dialect import POSTGRESQL, SQLITE, Connection
from recado.store.snapshot import load_routes


def direct_receiver() -> Callable[[InboundPart], int]:
    """Return a receiver that stores a part with all its consequences at once and returns the message's id."""

    def receive(part: InboundPart) -> int:
        with transaction.atomic():
            con = django_connection()
            ids = (next_id() for _ in repeat(None))
            return receive_group(con, [part], load_routes(con), ids, timezone.now()).message_ids[0]

    return receive


@contextmanager
def receiving_directly() -> Generator[None]:
    """Have `apps.inbox.services.receive` work within the block although no gateway runs."""
    ports.set_receiver(direct_receiver())
    try:
        yield
    finally:
        ports.set_receiver()


def django_connection() -> Connection:
    """Return Django's open connection as the store sees connections; transactions stay Django's."""
    connection.ensure_connection()
    return Connection(connection.connection, POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
