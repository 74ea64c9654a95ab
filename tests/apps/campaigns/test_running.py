"""Stopping a campaign, once and for all."""

import pytest
from django.utils import timezone

from recado.apps import changes
from recado.apps.accounts.services import create_account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.running import stop

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
