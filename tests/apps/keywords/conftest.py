import pytest

from recado.apps.accounts.models import Account
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
