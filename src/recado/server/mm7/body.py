"""The body of a request in portions of a size that is worth a thread's turn, and no more of it than is allowed.

What belongs here: counting and gathering octets. What does not: what they are (`taking`).
"""

from typing import Final

from starlette.requests import Request

from recado.server.mm7.refusing import TooLargeError

PORTION: Final = 128 * 1024
_BEGINNING: Final = 4096


class Body:
    """One body."""

    def __init__(self, request: Request, largest: int) -> None:
        self._largest, self._size = largest, 0
        self._pieces = request.stream()
        declared = request.headers.get("content-length", "")
        self._declared = int(declared) if declared.isdigit() else 0
        self.beginning = b""
        """For the carrier log."""

    async def portion(self) -> bytes:
        """Return the next octets, none at the end; raises TooLargeError, ClientDisconnect."""
        self._check(self._declared)
        portion = bytearray()
        async for piece in self._pieces:
            portion += piece
            self._size += len(piece)
            self._check(self._size)
            self.beginning = self.beginning or bytes(piece[:_BEGINNING])
            if len(portion) >= PORTION:
                break
        return bytes(portion)

    def _check(self, size: int) -> None:
        if size > self._largest:
            raise TooLargeError(f"messages larger than {self._largest} octets are not taken")
