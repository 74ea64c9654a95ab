"""Signing secrets of destinations: made, exchanged, read."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Destination, SigningSecret
from recado.apps.outbox.secrets import OVERLAP, make_secret, public_key, rotate_secret, secrets_in_force

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def destination() -> Destination:
    account = Account.objects.create(name="Shop")
    return Destination.objects.create(account=account, name="shop", kind=Destination.Kind.WEBHOOK, url="https://shop.example/sms")


@pytest.mark.parametrize(
    ("body", "signature", "prefix", "has_public"),
    [("json", "hmac", "whsec_", False), ("xml", "ed25519", "whsk_", True), ("twilio", "hmac", "", False)],
)
def test_a_secret_is_of_the_kind_the_destination_signs_with(destination, body, signature, prefix, has_public):
    destination.body, destination.signature = body, signature
    secret = make_secret(destination, NOW)
    assert secret.secret.startswith(prefix)
    assert public_key(secret).startswith("whpk_") is has_public
    assert secrets_in_force(destination, NOW) == [secret]


def test_after_an_exchange_both_secrets_sign_for_a_day_and_then_the_new_one(destination):
    old = make_secret(destination, NOW - timedelta(days=9))
    new = rotate_secret(destination, NOW)
    assert new.secret != old.secret
    assert secrets_in_force(destination, NOW + OVERLAP - timedelta(seconds=1)) == [new, old]
    assert secrets_in_force(destination, NOW + OVERLAP) == [new]


def test_a_second_exchange_does_not_lengthen_the_life_of_the_oldest(destination):
    make_secret(destination, NOW - timedelta(days=9))
    rotate_secret(destination, NOW)
    newest = rotate_secret(destination, NOW + timedelta(hours=1), timedelta(0))
    assert secrets_in_force(destination, NOW + timedelta(hours=1)) == [newest]
    rotate_secret(destination, NOW + timedelta(hours=2))
    assert SigningSecret.objects.filter(expires_at__gt=NOW + timedelta(hours=2)).count() == 1


def test_a_token_of_twilio_is_exchanged_at_once(destination):
    destination.body = Destination.Body.TWILIO
    make_secret(destination, NOW - timedelta(days=9))
    new = rotate_secret(destination, NOW)
    assert secrets_in_force(destination, NOW) == [new]
