"""When a message of a campaign leaves, or why it never does."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from recado.core.quiet import QuietHours
from recado.core.receipt import UnsentReason
from recado.core.release import Waiting, due

NOW = datetime(2026, 1, 10, 20, 30, tzinfo=UTC)
"""21:30 in Warsaw."""
MORNING = datetime(2026, 1, 11, 7, tzinfo=UTC)
NIGHT = QuietHours(time(21), time(8))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("message", "quiet", "outcome"),
    [
        (Waiting(), None, NOW),
        (Waiting(), NIGHT, MORNING),
        (Waiting(scheduled_at=NOW - HOUR), None, NOW),
        (Waiting(scheduled_at=NOW + HOUR), None, NOW + HOUR),
        (Waiting(scheduled_at=NOW + HOUR), NIGHT, MORNING),
        (Waiting(scheduled_at=MORNING + HOUR), NIGHT, MORNING + HOUR),
        (Waiting(valid_until=NOW + HOUR), None, NOW),
        (Waiting(valid_until=NOW), None, UnsentReason.TOO_LATE),
        (Waiting(valid_until=NOW + HOUR), NIGHT, UnsentReason.TOO_LATE),
        (Waiting(valid_until=MORNING + HOUR), NIGHT, MORNING),
        (Waiting(is_unwanted=True), None, UnsentReason.OPTED_OUT),
        (Waiting(is_unwanted=True, valid_until=NOW), NIGHT, UnsentReason.OPTED_OUT),
    ],
)
def test_the_wish_of_the_person_is_asked_first_then_time(message, quiet, outcome):
    assert due(message, NOW, quiet, [ZoneInfo("Europe/Warsaw")]) == outcome
