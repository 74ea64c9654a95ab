from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.autoresponders.models import Autoresponder
from recado.apps.contacts.models import Contact
from recado.apps.keywords.dry_run import profile_of, would_do, would_happen
from recado.apps.keywords.rows import rows_for
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import OutboundMessage
from recado.core.action import SendReply
from recado.core.message import Encoding, InboundMessage
from recado.core.outcome import Trial, outcome_of
from recado.core.sender import SenderState
from recado.store.ids import greatest_before

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


def test_the_tester_knows_autoresponders_hours_and_what_the_breaker_would_say(alice, own):
    alice.working_hours = {"wed": ["00:00", "23:00"]}
    alice.save(update_fields=["working_hours"])
    closed = {"office_hours": "closed", "name": "Closed", "text": "Hello {first_name}, we are closed", "daily_ceiling": 8}
    Autoresponder.objects.create(account=alice, **closed)
    Autoresponder.objects.create(account=alice, name="Open", text="We are open on {number}", position=1)
    Contact.objects.create(id=1, account=alice, msisdn=PHONE, first_name="Anna")

    def tried(moment: datetime) -> list[str]:
        decision = would_do(alice, own, PHONE, "hello", moment)
        assert decision is not None
        assert decision.actions == would_happen(own.digits, PHONE, "hello", moment).actions
        return [one.text for one in decision.actions if isinstance(one, SendReply)]

    assert tried(LATE) == ["Hello Anna, we are closed"]
    assert tried(LATE - timedelta(hours=8)) == ["We are open on +48664200300"]
    for count in range(3):
        moment = LATE - timedelta(minutes=count)
        sent = {"recipient": PHONE, "sender": own.digits, "text": "Hello Anna, we are closed", "origin": "rule"}
        key = greatest_before(int(moment.timestamp() * 1000)) + 1
        OutboundMessage.objects.create(id=key, account=alice, created_at=moment, **sent)
    assert tried(LATE + timedelta(minutes=1)) == []


def test_the_owners_of_drafts_see_their_autoresponders(alice, shared):
    keyword = reserve_keyword(alice, shared, "GARDENER", RuleContent(reply="From the rule"))
    Autoresponder.objects.create(account=alice, keyword=keyword, name="First", text="From {keyword}")
    profile = profile_of(alice, LATE)
    message = InboundMessage(0, 0, PHONE, shared.digits, "gardener", Encoding.GSM7, LATE)
    outcome = outcome_of(rows_for(alice, shared, ["gardener"]).compiled(), Trial(message, SenderState(PHONE), alice.pk, profile))
    assert [deed.text for deed in outcome.deeds] == ["From {keyword}"]
