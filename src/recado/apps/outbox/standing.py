"""How a place fares and where a delivery stands, as people and programs are told.

What belongs here: one code for what several columns say. What does not: words for the codes (`panel.forwards.words`), figures
(`deliveries`).
"""

from enum import StrEnum

from recado.apps.outbox.models import Destination, Job, JobState


class ForwardStanding(StrEnum):
    """How a place fares."""

    WELL = "well"
    UNTRIED = "untried"
    FAILING = "failing"
    PAUSED = "paused"
    OFF = "off"
    UNCONFIRMED = "unconfirmed"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    FAILED = "failed"
    """It failed and waits for its next try."""
    HELD = "held"
    """It waits because its place is paused."""
    GIVEN_UP = "given_up"


STORED = {
    DeliveryState.DELIVERED: JobState.DONE,
    DeliveryState.WAITING: JobState.WAITING,
    DeliveryState.FAILED: JobState.WAITING,
    DeliveryState.GIVEN_UP: JobState.DEAD,
}
"""How deliveries are stored that can be looked for."""


def standing_of(destination: Destination, *, has_delivered: bool = False) -> ForwardStanding:
    """Say how a place fares; `has_delivered`: something arrived there lately, also where nobody keeps when."""
    if not destination.is_enabled:
        return ForwardStanding.OFF
    if waits_for_code(destination):
        return ForwardStanding.UNCONFIRMED
    if destination.paused_at is not None:
        return ForwardStanding.PAUSED
    if destination.failing_since is not None:
        return ForwardStanding.FAILING
    return ForwardStanding.WELL if has_delivered or destination.succeeded_at is not None else ForwardStanding.UNTRIED


def waits_for_code(destination: Destination) -> bool:
    """Say whether nothing goes there because nobody who has the phone agreed yet."""
    return destination.kind == Destination.Kind.PHONE and destination.confirmed_at is None


def state_of(job: Job) -> DeliveryState:
    """Say where a delivery stands."""
    if job.state == JobState.DONE:
        return DeliveryState.DELIVERED
    if job.state == JobState.DEAD:
        return DeliveryState.GIVEN_UP
    if job.destination is not None and job.destination.paused_at is not None and job.sample is None:
        return DeliveryState.HELD
    return DeliveryState.FAILED if job.attempt_count else DeliveryState.WAITING
