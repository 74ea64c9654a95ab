"""The way into the gateway for messages that no carrier brought: the phone simulator's and the API's.

What belongs here: the port and what fills it by default. What does not: building the message (`services`), storing it (the gateway).
"""

from collections.abc import Callable
from typing import TypeAlias

from recado.core.message import InboundPart

Receiver: TypeAlias = Callable[[InboundPart], int]
"""Takes a part, blocks until the message is stored with all its consequences, returns its id."""


class ReceiverUnavailableError(RuntimeError):
    """No gateway runs in this process, or it cannot take the message now."""


def no_receiver(part: InboundPart) -> int:
    """Refuse: what `receiver` is until a gateway takes its place."""
    raise ReceiverUnavailableError(f"nothing here can receive a message for {part.recipient}: start the gateway with `recado serve`")


receiver: Receiver = no_receiver


def set_receiver(taking: Receiver = no_receiver) -> None:
    """Say who receives from now on; without an argument, nobody."""
    global receiver  # noqa: PLW0603  # the one port of the process, filled once by the server
    receiver = taking
