"""Endpoint: how a destination is called besides its address, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Body(StrEnum):
    """What a request carries; words of `apps.outbox.models.Destination.body`, and `template` for whatever is no webhook."""

    TEMPLATE = "template"
    JSON = "json"
    XML = "xml"
    TWILIO = "twilio"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How a destination wants to be called."""

    body: Body = Body.TEMPLATE
    headers: Mapping[str, str] = field(default_factory=dict)
    """The customer's own, names in lower case; only such as may be sent."""
    secrets: tuple[str, ...] = ()
    """Those that sign, the newest first."""
    batch_limit: int = 1
    takes_replies: bool = False

    @property
    def is_webhook(self) -> bool:
        """Whether it is called with a document of ours, not with a filled template."""
        return self.body is not Body.TEMPLATE

    @property
    def takes_batches(self) -> bool:
        """Whether one request can carry several messages; then each carries a list."""
        return self.batch_limit > 1 and self.body in {Body.JSON, Body.XML}

    def room(self, attempts: int) -> int:
        """Say how many messages may go in one request whose first was tried so often before.

        What failed three times goes in ever smaller company, so that one message nobody can read does not hold up a hundred for days.
        """
        return max(1, self.batch_limit >> max(0, attempts - 2)) if self.takes_batches else 1


PLAIN = Endpoint()
