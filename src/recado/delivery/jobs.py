"""Jobs as delivery sees them once claimed, and the results it hands back to be written.

Values only: `ledger` builds jobs from rows and writes results, `worker` moves them between lanes, `forward_url` and `mt` work them.
"""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from recado.core.submit import OutboundText
from recado.delivery.endpoint import PLAIN, Endpoint
from recado.delivery.forward_url import Outcome
from recado.delivery.macros import Told
from recado.delivery.mt import ENDINGS, Verdict


@dataclass(frozen=True, slots=True)
class ForwardJob:
    """Something to tell a URL: a message that was received, or how one that was sent ended."""

    job_id: int
    account_id: int
    attempt_count: int
    """Attempts made before this one."""
    destination_id: int
    method: str
    template: str
    is_enabled: bool
    message: Told
    dialogue_id: int | None
    endpoint: Endpoint = PLAIN
    is_elsewhere: bool = False
    """Whether `template` is another address than the destination's: somebody had it delivered there."""
    is_sample: bool = False
    """Whether it tries the destination out: once, also where it is paused or switched off."""

    @property
    def lane(self) -> int:
        """Return the destination, whose jobs share its fate; for what goes elsewhere a number of that address, for a test its own."""
        if self.is_sample:
            return -self.job_id
        return -1 - crc32(self.template.encode()) if self.is_elsewhere else self.destination_id

    @property
    def is_usual(self) -> bool:
        """Whether how it ends says something about the destination, and others of the phone wait for it."""
        return not (self.is_elsewhere or self.is_sample)

    @property
    def order(self) -> str:
        """Return the phone: what is about it is told one after the other."""
        return self.message.phone

    @property
    def is_bulk(self) -> bool:
        """All forwards are alike."""
        return False


def goes_with(first: ForwardJob, other: ForwardJob) -> bool:
    """Say whether two messages may go in one request: to the same place, and tried about as often, so that trouble stays where it is."""
    same = first.endpoint is other.endpoint or first.endpoint == other.endpoint
    room = first.endpoint.room(first.attempt_count)
    return same and room > 1 and other.endpoint.room(other.attempt_count) == room and first.template == other.template and other.is_enabled


@dataclass(frozen=True, slots=True)
class SubmitJob:
    """A text to hand over to a carrier."""

    job_id: int
    account_id: int | None
    """None: the installation's own."""
    attempt_count: int
    """Attempts made before this one."""
    connection_id: int | None
    text: OutboundText
    dialogue_id: int | None

    @property
    def lane(self) -> int:
        """Return the connection, 0 for none."""
        return self.connection_id or 0

    @property
    def order(self) -> tuple[str, bool]:
        """Return recipient and class: texts of a class reach a phone in the order they were written, an answer waits for no group send."""
        return self.text.recipient, self.text.is_bulk

    @property
    def is_bulk(self) -> bool:
        """Whether answers and single messages go first."""
        return self.text.is_bulk


@dataclass(frozen=True, slots=True)
class Tried:
    """When an attempt was made."""

    started_at: datetime
    finished_at: datetime
    duration_ms: int


@dataclass(frozen=True, slots=True)
class ForwardResult:
    """How an attempt to forward ended."""

    job: ForwardJob
    tried: Tried
    outcome: Outcome
    next_attempt_at: datetime | None = None
    """When to try again; None when done or given up."""

    @property
    def ending(self) -> str:
        """Return a word for the figures: done, retry, dead."""
        return "retry" if self.next_attempt_at else "dead" if self.outcome.failure else "done"


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """How an attempt to send ended."""

    job: SubmitJob
    tried: Tried
    verdict: Verdict
    next_attempt_at: datetime | None = None
    """When to try again; given with the verdict TryLater, unless that was the last attempt."""

    @property
    def ending(self) -> str:
        """Return a word for the figures: done, retry, dead."""
        return "retry" if self.next_attempt_at else ENDINGS[type(self.verdict)]
