"""Where delivery reports go: places made when first named, one default, reports owed for what panel and API end."""

import pytest
from django.utils import timezone

from panel.conversations import dialogue, sent
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.outbox.dead_letters import redeliver
from recado.apps.outbox.destinations import (
    DestinationUrlError,
    default_receipts_destination,
    destinations_of,
    receipts_destination,
    set_default_receipts,
)
from recado.apps.outbox.models import Destination, Job, JobKind, JobState, OutboundMessage
from recado.apps.outbox.services import report_ends

pytestmark = pytest.mark.django_db
URL = "https://shop.example/dlr?id=#SMSID#&stan=#STAN#"


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


def test_a_place_is_made_when_first_named_and_found_again(account):
    made = receipts_destination(account, f" {URL} ")
    assert receipts_destination(account, URL) == made
    assert (made.name, made.kind, made.is_default) == ("shop.example", "receipts", False)
    assert receipts_destination(create_account("Kino"), URL) != made


def test_naming_a_place_that_is_off_switches_it_on(account):
    made = receipts_destination(account, URL)
    Destination.objects.update(is_enabled=False)
    assert receipts_destination(account, URL) == made
    assert Destination.objects.get().is_enabled


@pytest.mark.parametrize("url", ["", "shop.example", "ftp://shop.example/", "https:///x"])
def test_an_address_that_cannot_be_called_is_refused(account, url):
    with pytest.raises(DestinationUrlError):
        receipts_destination(account, url)


def test_forms_for_forwards_do_not_offer_places_for_reports(account):
    receipts_destination(account, URL)
    assert list(destinations_of(account)) == []


def test_an_account_has_one_default_or_none(account):
    other = create_account("Kino")
    set_default_receipts(other, URL)
    first = set_default_receipts(account, URL)
    second = set_default_receipts(account, "https://new.example/")
    assert first != second
    assert default_receipts_destination(account) == second
    assert set_default_receipts(account, " ") is None
    assert default_receipts_destination(account) is None
    assert default_receipts_destination(other) is not None


def ended(account: Account, **more) -> OutboundMessage:
    message = sent(dialogue(account), "Hello")
    OutboundMessage.objects.filter(pk=message.pk).update(state="unsent", reason="cancelled", **more)
    return message


def test_what_a_person_takes_back_is_reported(account):
    default = set_default_receipts(account, URL)
    message, running = ended(account), sent(dialogue(account, "48501222334"), "Later")
    report_ends(account, [message.pk, running.pk], timezone.now())
    job = Job.objects.get(kind=JobKind.PUSH_RECEIPT)
    assert (job.outbound_message_id, job.destination, job.account) == (message.pk, default, account)


def test_a_report_given_another_chance_does_not_send_the_message_again(account, django_user_model):
    set_default_receipts(account, URL)
    message = ended(account)
    report_ends(account, [message.pk], timezone.now())
    Job.objects.filter(kind=JobKind.PUSH_RECEIPT).update(state=JobState.DEAD, finished_at=timezone.now())
    olga = django_user_model.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role="engineer")
    assert redeliver(olga, Job.objects.filter(kind=JobKind.PUSH_RECEIPT)) == 1
    assert OutboundMessage.objects.get(pk=message.pk).state == "unsent"
