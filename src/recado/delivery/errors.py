"""The error of this package: an attempt that failed, in words a customer can act on.

Translating errors of libraries into it happens in `http_client` alone.
"""

from datetime import timedelta


class DeliveryError(Exception):
    """An attempt failed. `permanent` says whether trying again is pointless; the text says why."""

    def __init__(
        self, reason: str, *, permanent: bool = False, slows: bool = False, is_gone: bool = False, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.slows = slows
        """Whether the whole endpoint is unwell, so that its other jobs had better wait too."""
        self.is_gone = is_gone
        """Whether the other side says that the address is gone for good: what is forwarded there is kept for when somebody mends it."""
        self.retry_after = retry_after
