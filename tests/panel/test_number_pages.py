"""Numbers: how they are, what they can do, what arrived today."""

import pytest

from panel.conversations import dialogue, number, received
from recado.apps.connections.models import Connection
from recado.apps.connections.ports import InstallationStatus, LinkReport
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number
from recado.core.number import CAPABILITIES, NumberKind
from recado.panel import number_health
from recado.panel.number_health import health_of
from recado.panel.number_words import abilities


@pytest.fixture
def own(account) -> Number:
    return number(account)


@pytest.fixture
def carrier(own) -> Number:
    own.connection = Connection.objects.create(name="Carrier", kind="smpp")
    own.save()
    return own


def status(number: Number, state: str) -> InstallationStatus:
    return InstallationStatus(is_running=True, links=(LinkReport(number.connection_id or 0, "Carrier", "1", state),))


@pytest.mark.parametrize(("state", "expected"), [("bound", number_health.WORKING), ("waiting", number_health.CUT_OFF)])
def test_a_number_is_as_well_as_its_link(carrier, state, expected):
    assert health_of(carrier, status(carrier, state)) is expected


def test_links_of_others_say_nothing(carrier):
    others = InstallationStatus(is_running=True, links=(LinkReport(carrier.connection_id + 1, "Other", "1", "bound"),))
    assert health_of(carrier, others) is number_health.CUT_OFF


def test_without_a_gateway_nobody_says_that_the_link_is_down(carrier):
    assert health_of(carrier, InstallationStatus()) is number_health.UNKNOWN


def test_a_link_switched_off_carries_nothing(carrier):
    carrier.connection.is_enabled = False
    assert health_of(carrier, InstallationStatus()) is number_health.CUT_OFF


def test_a_number_without_a_link_is_being_set_up(alice_client, own):
    Number.objects.update(connection=None)
    assert "Being set up" in alice_client.get("/numbers/").content.decode()
    page = alice_client.get(f"/numbers/{own.pk}/").content.decode()
    assert "Nothing can leave from this number before it has a link" in page


def test_a_suspended_number_says_what_happens(alice_client, own):
    Number.objects.update(state="suspended")
    assert "Suspended" in alice_client.get("/numbers/").content.decode()
    assert "What arrives is kept, and nothing else happens." in alice_client.get(f"/numbers/{own.pk}/").content.decode()


def test_tests_do_not_count_as_received(alice_client, account, own):
    received(dialogue(account), "Rose")
    Message.objects.update(received_at=own.created_at)
    assert '<dd class="u-num">1</dd>' in alice_client.get(f"/numbers/{own.pk}/").content.decode()
    Message.objects.update(is_test=True)
    assert '<dd class="u-num">1</dd>' not in alice_client.get(f"/numbers/{own.pk}/").content.decode()


@pytest.mark.parametrize("kind", NumberKind)
def test_the_page_says_what_the_table_says(kind):
    can = CAPABILITIES[kind]
    told = abilities(kind)
    there = [ability.words for ability in told if ability.is_there]
    assert ("SMS and MMS" in there) is can.mms
    assert any(words.startswith("Exact keywords") for words in there) is can.exact_keywords
    assert any(words.startswith("Every message is yours") for words in there) is can.all_messages
    assert [ability.is_there for ability in told] == sorted((ability.is_there for ability in told), reverse=True)
