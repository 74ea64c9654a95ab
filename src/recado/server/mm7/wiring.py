"""Ties the way in to a running gateway.

What belongs here: which part of the gateway does what, and what pages are told. What does not: any of it.
"""

from recado.gateway.app import Gateway
from recado.gateway.clock import utc_now
from recado.gateway.intake import NotStoredError
from recado.gateway.live import Notice
from recado.server.mm7.answering import Ports
from recado.store.dialect import Connection
from recado.store.mms import ReadMessage, ReadReply, note_read

_SECONDS = 20.0


def ports_of(gateway: Gateway) -> Ports:
    """Return where things go."""

    def read(reply: ReadReply) -> bool:
        def write(con: Connection) -> ReadMessage | None:
            return note_read(con, reply)

        try:
            found = gateway.writer.submit(write).result(_SECONDS)
        except Exception as error:  # whatever the driver raises: it is not noted, the message centre repeats it
            raise NotStoredError(str(error)) from error
        if found is not None:
            gateway.live.publish_threadsafe([Notice("outbound", found.account_id, found.dialogue_id)])
        return found is not None

    return Ports(
        receive=gateway.intake.receive,
        read=read,
        journal=gateway.journal,
        is_ours=lambda digits: digits in gateway.routes_cache.routes.numbers,
        is_held=gateway.is_held,
        received=gateway.count_received,
        now=utc_now,
    )
