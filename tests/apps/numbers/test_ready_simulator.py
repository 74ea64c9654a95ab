"""The simulator's connection is there when it is needed, and the gateway hears of it."""

import pytest

from recado.apps.accounts.services import create_account
from recado.apps.connections.models import Connection
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import RoutingVersion
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.senders import sender_for

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


def test_the_first_test_send_of_an_installation_opens_the_simulator_it_leaves_by():
    before = version()
    sender = sender_for(create_account("Shop"), SendKind.ECO, is_test=True)
    assert Connection.objects.get().pk == sender.connection_id
    assert version() > before
