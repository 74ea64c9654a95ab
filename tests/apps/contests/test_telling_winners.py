"""Telling winners: each once, nobody who opted out, never more than stood on the button."""

import pytest
from django.utils import timezone

from panel.contests import drawn
from panel.conversations import number
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import Scope
from recado.apps.contests.models import Win
from recado.apps.contests.notifying import From, not_told, notify_winners, previewed
from recado.apps.contests.queries import standing_wins
from recado.apps.ids import next_id
from recado.apps.outbox.answers import NotSent
from recado.apps.outbox.models import OutboundMessage
from recado.apps.outbox.services import AS_USUAL

pytestmark = pytest.mark.django_db
TEXT = "You won in {contest}, place {place}, entry {entry}."


def tell(found, leaving):
    return notify_winners(found, TEXT, leaving, timezone.now())


@pytest.fixture
def leaving(account):
    return From(AS_USUAL, number(account))


def test_each_winner_is_told_once_and_reserves_never(account, leaving):
    found = drawn(account, 6, winner_count=2, reserve_count=2).contest
    assert [one.text for one in previewed(found, TEXT, leaving, timezone.now())] == [
        f"You won in Róże, place {win.place}, entry {win.entry.sequence}." for win in standing_wins(found)
    ]
    assert OutboundMessage.objects.count() == 0
    assert len(tell(found, leaving)) == 2
    assert tell(found, leaving) == []
    assert {one.recipient for one in OutboundMessage.objects.all()} == {win.msisdn for win in standing_wins(found)}
    assert set(Win.objects.filter(is_reserve=False).values_list("outbound_message_id", flat=True)) == set(
        OutboundMessage.objects.values_list("pk", flat=True)
    )


def test_who_opted_out_is_listed_and_not_written_to(account, leaving):
    found = drawn(account).contest
    win = standing_wins(found).get()
    OptOut.objects.create(id=next_id(), account=account, msisdn=win.msisdn, scope=Scope.ACCOUNT, target_id=0, created_at=timezone.now())
    [told] = tell(found, leaving)
    assert told.reason is NotSent.OPTED_OUT
    assert not_told(found) == [win]
    assert OutboundMessage.objects.count() == 0


def test_of_two_who_press_at_once_one_sends(account, leaving):
    found = drawn(account).contest
    stale = not_told(found)
    tell(found, leaving)
    Win.objects.filter(pk=stale[0].pk).update(notified_at=timezone.now())
    assert tell(found, leaving) == []
    assert OutboundMessage.objects.count() == 1
