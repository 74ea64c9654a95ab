"""The simulator's connection is there when it is needed, and the gateway hears of it."""

import pytest

from recado.apps.connections.models import Connection
from recado.apps.inbox.services import ready_simulator
from recado.apps.numbers.models import RoutingVersion

pytestmark = pytest.mark.django_db


def version() -> int:
    return RoutingVersion.objects.values_list("version", flat=True).first() or 0


def test_gateways_are_told_of_a_new_simulator_once():
    before = version()
    made = ready_simulator()
    told = version()
    assert told > before
    assert (ready_simulator(), version()) == (made, told)
    assert Connection.objects.count() == 1
