"""Stopping a campaign, once and for all."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from recado.apps import changes
from recado.apps.accounts.services import create_account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.running import kept_back, stop
from recado.apps.ids import next_id
from recado.apps.outbox.models import OutboundMessage

pytestmark = pytest.mark.django_db
State = Campaign.State


@pytest.mark.parametrize("state", State.values)
def test_only_what_is_under_way_can_be_stopped(state):
    campaign = Campaign.objects.create(account=create_account("Shop"), name="Sale", state=state)
    stopped = stop(campaign, now=timezone.now())
    assert stopped == (state in {State.PREPARING, State.SENDING})
    campaign.refresh_from_db()
    assert campaign.state == (State.STOPPED if stopped else state)
    assert bool(campaign.finished_at) == stopped


def test_stopping_twice_stops_once_and_open_pages_hear_of_it(django_capture_on_commit_callbacks):
    campaign = Campaign.objects.create(account=create_account("Shop"), name="Sale", state=State.SENDING)
    heard = []
    unsubscribe = changes.subscribe(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            assert stop(campaign, now=timezone.now())
            assert not stop(Campaign.objects.get(pk=campaign.pk), now=timezone.now())
    finally:
        unsubscribe()
    assert heard == [changes.Change("campaign", campaign.account_id, campaign.pk)]


def test_what_waits_for_the_end_of_quiet_hours_is_counted():
    campaign = Campaign.objects.create(account=create_account("Shop"), name="Sale", state=State.SENDING)
    assert kept_back(campaign) == (0, None)
    eight, nine = (datetime(2026, 1, 11, hour, tzinfo=UTC) for hour in (8, 9))
    for state, until in [("queued", nine), ("queued", eight), ("queued", None), ("unsent", eight)]:
        common = {"account": campaign.account, "campaign_id": campaign.pk, "created_at": timezone.now()}
        OutboundMessage.objects.create(id=next_id(), recipient="48501222333", text="Sale!", state=state, scheduled_at=until, **common)
    assert kept_back(campaign) == (2, eight)
