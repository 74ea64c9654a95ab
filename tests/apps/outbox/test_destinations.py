"""Destinations of all kinds: made, checked, changed, switched, and removed only where no rule forwards there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.ids import next_id
from recado.apps.keywords.errors import RuleError
from recado.apps.keywords.models import RuleAction
from recado.apps.keywords.rules import RuleContent, content_of, save_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import RoutingVersion
from recado.apps.numbers.services import add_number
from recado.apps.outbox.destinations import (
    DestinationContent,
    DestinationError,
    DestinationInUseError,
    change,
    check,
    create,
    destinations_of,
    disable,
    enable,
    estimate_phone,
    get_destination_for,
    receipts_destination,
    remove,
    used_by,
)
from recado.apps.outbox.destinations import (
    content_of as written,
)
from recado.apps.outbox.models import Destination, Job, OutboundMessage
from recado.core.number import NumberKind

pytestmark = pytest.mark.django_db
Kind = Destination.Kind
URL = "https://shop.example/in"


@pytest.fixture
def account() -> Account:
    return create_account("Kwiaciarnia Róża")


def phone(**more) -> DestinationContent:
    return DestinationContent(kind=Kind.PHONE, **{"msisdn": "600 700 800", **more})


def mail(**more) -> DestinationContent:
    return DestinationContent(kind=Kind.EMAIL, **{"email": "biuro@roza.example", **more})


def webhook(**more) -> DestinationContent:
    return DestinationContent(kind=Kind.WEBHOOK, **{"url": URL, **more})


def version() -> int:
    return RoutingVersion.objects.get().version


def test_each_kind_keeps_what_it_uses_and_is_called_after_where_it_goes(account):
    add_number("48503340503", NumberKind.SHARED_LONG)
    before = version()
    made = [
        create(account, DestinationContent(kind=Kind.URL, url=f" {URL}?t=#WIADOMOSC# ", method=Destination.Method.POST, email="x")),
        create(account, webhook(headers={"X-Shop": "7"}, batch_limit=50, takes_replies=True, name=" My  shop ")),
        create(account, mail(subject="SMS from {sender}", has_attachments=False)),
        create(account, phone(daily_limit=20)),
    ]
    assert [one.name for one in made] == ["shop.example", "My shop", "biuro@roza.example", "+48600700800"]
    assert (made[0].url, made[0].method, made[0].email) == (f"{URL}?t=#WIADOMOSC#", "POST", "")
    assert (made[1].headers, made[1].batch_limit, made[1].takes_replies) == ({"X-Shop": "7"}, 50, True)
    assert (made[3].msisdn, made[3].daily_limit) == ("48600700800", 20)
    assert version() == before + 4
    receipts_destination(account, URL)
    assert set(destinations_of(account)) == set(made)
    assert written(made[2]) == mail(name="biuro@roza.example", subject="SMS from {sender}", has_attachments=False)


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        (DestinationContent(kind=Kind.URL, url="ftp://x"), "url", "url"),
        (DestinationContent(kind=Kind.URL, url=f"{URL}?{'x' * 2000}"), "url", "url_too_long"),
        (DestinationContent(kind=Kind.RECEIPTS, url=URL), "kind", "kind"),
        (webhook(batch_limit=101), "batch_limit", "batch"),
        (webhook(headers={"Content-Length": "1"}), "headers", "header_ours"),
        (webhook(headers={"a b": "1"}), "headers", "header_name"),
        (webhook(headers={"X-A": "1\r\nX-B: 2"}), "headers", "header_value"),
        (webhook(headers={"X-A": "żółw"}), "headers", "header_value"),  # what is saved is sent: delivery would leave it out
        (webhook(headers={"User-Agent": "shop"}), "headers", "header_ours"),
        (webhook(headers={f"X-{each}": "" for each in range(21)}), "headers", "too_many_headers"),
        (mail(email="biuro@"), "email", "email"),
        (mail(subject="a\nBcc: x"), "subject", "subject"),
        (mail(name="n" * 81), "name", "name_too_long"),
        (phone(msisdn="4301"), "msisdn", "phone"),
        (phone(msisdn="503 340 503"), "msisdn", "own_number"),
        (phone(daily_limit=0), "daily_limit", "daily_limit"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(account, content, field, reason):
    add_number("48503340503", NumberKind.INDIVIDUAL_LONG, account=create_account("Kino"))
    assert [(one.field, one.reason.value) for one in check(account, content)] == [(field, reason)]
    with pytest.raises(DestinationError):
        create(account, content)
    assert not Destination.objects.exists()


def test_a_destination_is_changed_and_switched_and_keeps_its_kind(account):
    made = create(account, phone())
    change(made, phone(msisdn="+48 600 700 801", name="Night shift"))
    assert (made.msisdn, made.name) == ("48600700801", "Night shift")
    with pytest.raises(DestinationError):
        change(made, mail())
    disable(made)
    assert not get_destination_for(account, made.pk).is_enabled
    enable(made)
    assert get_destination_for(account, made.pk).is_enabled
    with pytest.raises(Destination.DoesNotExist):
        get_destination_for(create_account("Kino"), made.pk)


def test_what_rules_forward_to_is_removed_only_when_none_does_and_deliveries_stay(account):
    number = add_number("48503340503", NumberKind.INDIVIDUAL_LONG, account=account)
    made, other = create(account, phone()), create(account, mail())
    keyword = reserve_keyword(account, number, "ROSE", RuleContent((), "Hi", (made, other)))
    kinds = {RuleAction.Kind.SEND_REPLY, RuleAction.Kind.FORWARD_TO_PHONE, RuleAction.Kind.FORWARD_TO_EMAIL}
    assert set(RuleAction.objects.values_list("kind", flat=True)) == kinds
    assert [(use.word, use.digits, use.keyword_id) for use in used_by(made)] == [("ROSE", "48503340503", keyword.pk)]
    with pytest.raises(DestinationInUseError) as refused:
        remove(made)
    assert [use.word for use in refused.value.uses] == ["ROSE"]
    save_rule(keyword, RuleContent((), "Hi"))
    now = timezone.now()
    job = Job.objects.create(id=next_id(), account=account, kind="forward_phone", destination=made, next_attempt_at=now, created_at=now)
    remove(made)
    assert list(destinations_of(account)) == [other]
    assert str(Job.objects.get(pk=job.pk).destination) == "+48600700800"
    with pytest.raises(RuleError):
        save_rule(keyword, RuleContent((), "Hi", (made,)))
    assert content_of(keyword.rules.get()).destinations == ()


def test_the_price_of_a_phone_is_known_before_it_is_saved_and_what_it_came_to_afterwards(account):
    now = timezone.now()
    assert estimate_phone(account, now=now).per_segment == 9
    made = create(account, phone())
    common = {"account": account, "sender": "1", "recipient": "2", "origin": "forward", "destination_id": made.pk, "cost": 18}
    for age, state in ((1, "settled"), (2, "reserved"), (3, "released"), (31, "settled")):
        at = now - timedelta(days=age)
        OutboundMessage.objects.create(id=next_id(), **common, segment_count=2, charge_state=state, created_at=at)
    found = estimate_phone(account, made, now=now)
    assert (found.cost, found.message_count, found.segment_count) == (36, 2, 4)
