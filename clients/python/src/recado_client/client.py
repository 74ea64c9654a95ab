"""The client as programs use it: all operations, and the stream of events.

What belongs here: putting it together. What does not: how a call is made (`caller`), the operations (`operations`).
"""

from collections.abc import Iterator

from recado_client.events import Event, follow
from recado_client.operations.all import Operations


class Client(Operations):
    """Everything a key may do: `Client("https://sms.example.org", key)`."""

    def events(self, *, after: str | None = None) -> Iterator[Event]:
        """Yield what changes as it happens, for ever; with `after`, first what came since that event.

        An event `refetch` says that some were lost. Needs the scope `messages:read`.
        """
        return follow(self._address, self._key, after, self._sleep)
