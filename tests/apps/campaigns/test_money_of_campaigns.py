"""A group send reserves its whole cost when it is sent or scheduled; each message takes its part, and what is left over is given back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.billing.queries import standing
from recado.apps.billing.services import top_up
from recado.apps.billing.terms import set_own_limit
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.preparing import prepare
from recado.apps.campaigns.running import stop
from recado.apps.campaigns.services import cancel_schedule, edit_draft, send
from recado.apps.outbox.credit import NoCreditError
from recado.apps.outbox.models import OutboundMessage
from recado.apps.plans.queries import default_plan
from recado.apps.sql import lent_connection
from recado.core.receipt import UnsentReason
from recado.store.campaign_messages import unsend

pytestmark = pytest.mark.django_db
PHONES = ["48604218377", "48604218378", "48604218379"]


@pytest.fixture
def people(account, draft, member) -> Campaign:
    """Three people at 9 each, of an account that pays before and has 30."""
    set_own_limit(account, 0)
    top_up(account, 30)
    for phone in PHONES:
        member(phone, "Ola")
    return draft


def money(campaign: Campaign) -> tuple[int, int]:
    campaign.refresh_from_db()
    return campaign.held, standing(campaign.account).reserved


def test_sending_holds_the_estimate_and_the_messages_take_it(people):
    assert send(people, now=timezone.now())
    assert money(people) == (27, 27)
    assert prepare(people.pk, timezone.now())
    assert money(people) == (0, 27)
    assert set(OutboundMessage.objects.values_list("cost", "charge_state")) == {(9, "reserved")}


def test_it_is_refused_as_a_whole_with_what_is_missing(people):
    edit_draft(people, text="x" * 200)
    with pytest.raises(NoCreditError) as raised:
        send(people, now=timezone.now())
    assert raised.value.missing == 24
    assert (money(people), people.state) == ((0, 0), Campaign.State.DRAFT)


def test_a_schedule_holds_it_too_until_it_is_taken_back(people):
    send(people, now=timezone.now(), scheduled_at=timezone.now() + timedelta(days=1))
    assert money(people) == (27, 27)
    assert cancel_schedule(people)
    assert money(people) == (0, 0)


def test_what_is_stopped_is_given_back(people):
    send(people, now=timezone.now())
    prepare(people.pk, timezone.now())
    assert stop(people, now=timezone.now())
    ids = list(OutboundMessage.objects.values_list("pk", flat=True))
    assert sorted(unsend(lent_connection(), ids, UnsentReason.STOPPED, timezone.now())) == sorted(ids)
    assert money(people) == (0, 0)
    assert set(OutboundMessage.objects.values_list("cost", "charge_state")) == {(0, "released")}


def test_for_whom_it_became_too_dear_meanwhile_nothing_is_sent(people):
    send(people, now=timezone.now())
    default_plan().price_lists.create(starts_at=timezone.now(), prices={"full": 15})
    prepare(people.pk, timezone.now())
    states = OutboundMessage.objects.order_by("recipient").values_list("state", "reason", "cost")
    assert list(states) == [("queued", "", 15), ("queued", "", 15), ("unsent", "no_credit", 0)]
    assert money(people) == (0, 30)


def test_what_became_cheaper_is_given_back_at_the_end(people):
    send(people, now=timezone.now())
    default_plan().price_lists.create(starts_at=timezone.now(), prices={"full": 5})
    prepare(people.pk, timezone.now())
    assert money(people) == (0, 15)
