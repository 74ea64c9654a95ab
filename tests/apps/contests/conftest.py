"""An account for contests."""

import pytest

from recado.apps.accounts.models import Account


@pytest.fixture
def account() -> Account:
    return Account.objects.create(name="Kwiaciarnia Róża")
