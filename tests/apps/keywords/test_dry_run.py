from datetime import UTC, datetime

import pytest

from recado.apps.keywords.dry_run import would_do, would_happen
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.core.action import SendReply

PHONE = "48604218377"
LATE = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "date"), [("Europe/Warsaw", "2026-07-02"), ("America/New_York", "2026-07-01"), ("UTC", "2026-07-01")])
def test_a_reply_has_the_date_of_the_owners_time_zone_whoever_asks(alice, shared, zone, date):
    alice.time_zone = zone
    alice.save(update_fields=["time_zone"])
    reserve_keyword(alice, shared, "GARDENER", RuleContent(reply="Today is {date}"))
    expected = (SendReply(f"Today is {date}"),)
    assert would_happen(shared.digits, PHONE, "gardener", LATE).actions == expected
    own = would_do(alice, shared, PHONE, "gardener", LATE)
    assert own is not None
    assert own.actions == expected
