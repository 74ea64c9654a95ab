"""Deliveries as a list shows them: what it was about, where it stands, what the last attempt said.

What belongs here: joining a page of deliveries with messages and last attempts, two queries for all. What does not: which deliveries
(`apps.outbox.deliveries`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.inbox.queries import messages_by_id
from recado.apps.outbox.deliveries import last_attempts
from recado.apps.outbox.models import Attempt, Job, JobKind
from recado.apps.outbox.queries import with_texts
from recado.apps.outbox.standing import DeliveryState, state_of
from recado.panel.forwards.words import tries_in_words


@dataclass(frozen=True, slots=True)
class ListedDelivery:
    """A delivery with all that its row says."""

    job: Job
    state: DeliveryState
    tries: str
    phone: str
    text: str
    message_id: int | None
    last: Attempt | None

    @property
    def came_back(self) -> bool:
        """Whether it is a mail that was accepted and bounced."""
        is_over = self.job.kind == JobKind.FORWARD_EMAIL and self.state is DeliveryState.GIVEN_UP
        return is_over and self.last is not None and not self.last.error

    @property
    def is_due(self) -> bool:
        """Whether its time has come, and only what is ahead of it keeps it."""
        return self.job.next_attempt_at <= timezone.now()

    @property
    def is_test(self) -> bool:
        """Whether somebody tries the place out with it."""
        return self.job.sample is not None


def listed_deliveries(account: Account, jobs: Sequence[Job]) -> list[ListedDelivery]:
    """Return deliveries with what they are about."""
    messages = messages_by_id(account, {job.message_id for job in jobs if job.message_id})
    last = last_attempts(jobs)
    found = []
    for job in with_texts(account, list(jobs)):
        message = messages.get(job.message_id or 0)
        phone, text = (message.sender, message.text) if message else ("", "")
        if job.sample is not None:
            phone, text = str(job.sample.get("sender", "")), str(job.sample.get("text", ""))
        elif job.outbound_message is not None:
            phone, text = job.outbound_message.recipient, job.outbound_message.text
        found.append(
            ListedDelivery(job, state_of(job), tries_in_words(job), phone, text, message.pk if message else None, last.get(job.pk))
        )
    return found
