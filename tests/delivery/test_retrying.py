"""What follows a failed attempt."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.core.retry import FORWARD_SCHEDULE, SUBMIT_SCHEDULE
from recado.delivery.errors import DeliveryError
from recado.delivery.retrying import endpoint_pause, link_pause, next_forward, next_submit

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FAILED = DeliveryError("answered HTTP 500")


@pytest.mark.parametrize("attempts", range(1, len(FORWARD_SCHEDULE)))
def test_a_forward_follows_the_schedule(attempts):
    assert next_forward(attempts, FAILED, NOW, 0.5) == NOW + FORWARD_SCHEDULE[attempts]


def test_a_forward_is_given_up_after_the_last_attempt_or_for_good_reason():
    assert next_forward(len(FORWARD_SCHEDULE), FAILED, NOW, 0.5) is None
    assert next_forward(1, DeliveryError("gone", permanent=True), NOW, 0.5) is None


def test_what_the_endpoint_asks_for_is_respected():
    asked = DeliveryError("busy", retry_after=timedelta(minutes=2))
    assert next_forward(1, asked, NOW, 0.5) == NOW + timedelta(minutes=2)


def test_a_text_is_tried_for_about_a_day():
    moments = [next_submit(attempts, NOW, 0.5) for attempts in range(1, len(SUBMIT_SCHEDULE) + 1)]
    assert moments[-1] is None
    assert timedelta(hours=20) < sum((moment - NOW for moment in moments[:-1]), timedelta()) < timedelta(hours=28)


def test_pauses_grow_to_a_limit():
    assert [endpoint_pause(failures, None).total_seconds() for failures in (0, 1, 2, 3, 4, 999)] == [5, 10, 20, 40, 60, 60]
    assert [link_pause(failures).total_seconds() for failures in (0, 1, 2, 3, 4, 999)] == [1, 2, 4, 8, 10, 10]
    assert endpoint_pause(3, timedelta(seconds=1)) == timedelta(seconds=1)
