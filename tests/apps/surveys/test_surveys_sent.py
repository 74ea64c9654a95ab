"""A survey sent to a group: everybody is asked once, from its own number, and answers are taken."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.preparing import prepare
from recado.apps.campaigns.sender import check_sender
from recado.apps.campaigns.services import create_draft, set_groups
from recado.apps.contacts.models import Group
from recado.apps.contacts.services import add_contact
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import OutboundMessage, SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal
from recado.apps.surveys.due import run_due
from recado.apps.surveys.models import Answer, Session, Survey
from recado.apps.surveys.shapes import shape_of
from recado.core.survey_steps import first_text

ANNA = "48501222333"
PHONES = ("48600000001", "48600000002", ANNA)
Say = Callable[..., int]


@pytest.fixture
def campaign(account: Account, number: Number, garden: Group, survey: Survey) -> Campaign:
    for phone in PHONES:
        add_contact(account, phone, {}, [garden.pk])
    made = create_draft(account, text=first_text(shape_of(survey)), kind=SendKind.FULL, number=number)
    set_groups(made, [garden])
    Campaign.objects.filter(pk=made.pk).update(survey_id=survey.pk, state="scheduled", scheduled_at=timezone.now())
    made.refresh_from_db()
    return made


def test_everybody_it_goes_to_is_in_the_survey(campaign: Campaign, survey: Survey, say: Say) -> None:
    assert prepare(campaign.pk, timezone.now())
    assert set(OutboundMessage.objects.values_list("recipient", "survey_id")) == {(phone, survey.pk) for phone in PHONES}
    assert set(Session.objects.values_list("msisdn", "campaign_id", "state")) == {(phone, campaign.pk, "open") for phone in PHONES}
    say("b")
    assert Answer.objects.get().value == "Tulips"
    assert OutboundMessage.objects.latest("id").text == "How many?"


@pytest.mark.parametrize(
    ("counting", "texts", "asked"), [("first", ["flowers", "A", "3"], 2), ("last", ["flowers", "A", "3"], 3), ("last", ["flowers"], 2)]
)
def test_who_is_in_it_already_is_left_out(
    campaign: Campaign, survey: Survey, say: Say, counting: str, texts: list[str], asked: int
) -> None:
    Survey.objects.update(counting=counting)
    for text in texts:
        say(text)
    assert prepare(campaign.pk, timezone.now())
    campaign.refresh_from_db()
    assert (campaign.recipient_count, campaign.excluded_count) == (asked, len(PHONES) - asked)
    assert Session.objects.filter(campaign_id=campaign.pk).count() == asked


def test_it_leaves_from_the_surveys_number_alone(campaign: Campaign, number: Number) -> None:
    campaign.kind = SendKind.ECO
    with pytest.raises(NoSenderError) as refused:
        check_sender(campaign)
    assert refused.value.reason is SenderRefusal.NOT_SURVEYS_NUMBER
    other = Number.objects.create(digits="48664200301", kind="individual_long", account=campaign.account, connection=number.connection)
    campaign.kind, campaign.number = SendKind.FULL, other
    with pytest.raises(NoSenderError):
        check_sender(campaign)


def test_a_closed_survey_is_not_sent(campaign: Campaign) -> None:
    Survey.objects.update(state="closed")
    assert not prepare(campaign.pk, timezone.now())
    campaign.refresh_from_db()
    assert (campaign.state, campaign.trouble) == ("stopped", "survey_closed")
    assert not Session.objects.exists()


def test_the_time_to_answer_begins_when_the_message_leaves(campaign: Campaign) -> None:
    now = timezone.now()
    prepare(campaign.pk, now)
    Survey.objects.update(reminder_minutes=None)
    Session.objects.update(due_at=now + timedelta(days=1))
    run_due(now + timedelta(days=1, minutes=1))  # still kept back
    assert set(Session.objects.values_list("state", "asked_at")) == {("open", now + timedelta(days=1, minutes=1))}
    OutboundMessage.objects.update(state="sent", sent_at=now + timedelta(days=1, minutes=5))
    OutboundMessage.objects.filter(recipient=ANNA).update(state="unsent", sent_at=None)
    run_due(now + timedelta(days=2, minutes=2))
    assert set(Session.objects.values_list("state", "asked_at")) == {("open", now + timedelta(days=1, minutes=5))}
    assert not Session.objects.filter(msisdn=ANNA).exists()  # can be asked by another send
    run_due(now + timedelta(days=2, minutes=6))
    assert set(Session.objects.values_list("state", flat=True)) == {"expired"}
