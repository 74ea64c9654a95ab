"""Links to carriers as an operator changes them: checked, told to the gateway, noted without secrets; what went wrong in pages."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.connections import ports
from recado.apps.connections.models import CarrierLog, Connection
from recado.apps.connections.ports import GatewayUnavailableError, LinkToTry, NoInstallation, installation
from recado.apps.connections.queries import carrier_log, errors_of, events_of
from recado.apps.ids import next_id
from recado.apps.numbers.links import add_link, change_link, drain_link, enable_link, resume_link
from recado.apps.numbers.models import RoutingVersion
from recado.apps.paging import PAGE
from recado.carriers.base import SettingsError

pytestmark = pytest.mark.django_db
SETTINGS = {"host": "smsc.example", "system_id": "recado", "password": "very secret"}


@pytest.fixture
def olga() -> User:
    return User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.ENGINEER)


@pytest.fixture
def acme(olga: User) -> Connection:
    return add_link(olga, "acme", "smpp", SETTINGS)


def version() -> int:
    return RoutingVersion.objects.get().version


def notes() -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("id"))


def test_a_link_is_added_told_and_noted_without_its_secret(acme):
    (entry,) = notes()
    assert (entry.action, entry.object_id, entry.is_operator) == ("link.added", acme.pk, True)
    assert entry.after["host"] == "smsc.example"
    assert "very secret" not in str(entry.after)
    assert version() >= 1


def test_a_change_notes_what_differs_and_of_a_secret_only_that_it_does(acme, olga):
    before = version()
    assert change_link(olga, acme, {"host": "other.example", "password": "another secret"})
    entry = notes()[-1]
    assert (entry.before, entry.after) == (
        {"host": "smsc.example", "password": "********"},
        {"host": "other.example", "password": "******** (new)"},
    )
    assert version() > before


def test_a_setting_that_was_not_stored_counts_as_its_default(olga):
    old = Connection.objects.create(name="old", kind="smpp", settings=SETTINGS)
    assert not change_link(olga, old, {"window_size": 10})
    assert change_link(olga, old, {"window_size": 20})
    assert (notes()[-1].before, notes()[-1].after) == ({"window_size": 10}, {"window_size": 20})


def test_saving_what_is_there_changes_nothing(acme, olga):
    before = version()
    assert not change_link(olga, acme, {"host": "smsc.example"})
    assert (version(), len(notes())) == (before, 1)


def test_a_setting_that_cannot_be_used_leaves_no_trace(acme, olga):
    with pytest.raises(SettingsError):
        change_link(olga, acme, {"port": "many"})
    assert len(notes()) == 1


def test_switching_is_noted_and_told(acme, olga):
    before = version()
    enable_link(olga, acme, is_enabled=False)
    enable_link(olga, acme, is_enabled=True)
    assert [entry.action for entry in notes()[1:]] == ["link.disabled", "link.enabled"]
    assert version() == before + 2


class Gateway(NoInstallation):
    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def drain_link(self, connection_id):
        self.asked.append(("drain", connection_id))

    def resume_link(self, connection_id):
        self.asked.append(("resume", connection_id))


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    plugged = Gateway()
    ports.plug(plugged)
    yield plugged
    ports.unplug()


def test_draining_and_resuming_are_asked_and_noted(gateway, acme, olga):
    drain_link(olga, acme)
    resume_link(olga, acme)
    assert gateway.asked == [("drain", acme.pk), ("resume", acme.pk)]
    assert [entry.action for entry in notes()[1:]] == ["link.drained", "link.resumed"]


def test_where_no_gateway_runs_nothing_is_claimed_to_have_happened(acme, olga):
    with pytest.raises(GatewayUnavailableError):
        drain_link(olga, acme)
    with pytest.raises(GatewayUnavailableError):
        installation().test_link(LinkToTry(acme.pk, acme.name, acme.kind, acme.settings))
    assert not installation().status().is_running
    assert len(notes()) == 1


def log(connection: Connection, event: str, detail: str = "") -> None:
    CarrierLog.objects.create(id=next_id(), connection=connection, at=timezone.now(), direction="in", event=event, detail=detail)


def test_the_carrier_log_comes_in_pages_newest_first(acme):
    for number in range(PAGE + 3):
        log(acme, "link_failed", f"{number}")
    first = carrier_log(acme)
    rest = carrier_log(acme, before=first.next_before)
    assert [entry.detail for entry in first.items][:2] == [str(PAGE + 2), str(PAGE + 1)]
    assert ([entry.detail for entry in rest.items], rest.next_before) == (["2", "1", "0"], None)


def test_the_carrier_log_shows_one_kind_of_event_of_one_link(acme, olga):
    other = add_link(olga, "other", "simulator", {})
    for connection, event in ((acme, "link_failed"), (acme, "unknown_pdu"), (other, "unknown_pdu")):
        log(connection, event, "ESME_RINVPASWD")
    assert [(entry.connection_id, entry.event) for entry in carrier_log(acme, event="unknown_pdu").items] == [(acme.pk, "unknown_pdu")]
    assert (dict(events_of(acme)), errors_of(acme)) == ({"link_failed": 1, "unknown_pdu": 1}, [("ESME_RINVPASWD", 2)])
