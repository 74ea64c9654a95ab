import pytest

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number


@pytest.fixture
def alice(db):
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def charlie(db):
    return Account.objects.create(name="Charlie Cars")


@pytest.fixture
def shared(db):
    return Number.objects.create(digits="48503340503", kind="shared_long")


@pytest.fixture
def own(alice):
    return Number.objects.create(digits="48664200300", kind="individual_long", account=alice)


@pytest.fixture
def trip(own):
    """Write a trip as the gateway does."""

    def write(account, at, until, msisdn="48600100200", reason="too_many", **fields):
        key = next_id()
        return BreakerTrip.objects.create(
            id=key, account=account, number=own, msisdn=msisdn, reason=reason, message_id=key, tripped_at=at, until=until, **fields
        )

    return write
