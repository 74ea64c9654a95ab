"""An account for contests."""

import pytest

from orm_databases import in_threads, orm
from recado.apps.accounts.models import Account

__all__ = ("in_threads", "orm")


@pytest.fixture
def account(db) -> Account:
    return Account.objects.create(name="Kwiaciarnia Róża")
