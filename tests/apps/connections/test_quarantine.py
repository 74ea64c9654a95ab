"""What could not be processed: tried again once at a time, settled by a person, noted either way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.connections import ports
from recado.apps.connections.models import Quarantine
from recado.apps.connections.ports import GatewayUnavailableError, NoInstallation, NotProcessedError
from recado.apps.connections.queries import decoded, open_quarantine_count, quarantine
from recado.apps.connections.services import BeingRetriedError, add_connection, retry_quarantined, settle_quarantined
from recado.apps.ids import next_id
from recado.core.message import Encoding, InboundPart
from recado.store.kept_items import dumps


class Gateway(NoInstallation):
    """Takes what it is given, or says why not."""

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.fault = ""

    def replay(self, item):
        if self.fault:
            raise NotProcessedError(self.fault)
        self.taken.append(item)
        return 77


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    plugged = Gateway()
    ports.plug(plugged)
    yield plugged
    ports.unplug()


@pytest.fixture
def olga(db: None) -> User:
    return User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.ENGINEER)


@pytest.fixture
def part(db: None) -> InboundPart:
    link = add_connection("acme", "simulator", {})
    return InboundPart(link.pk, "48501222333", "48503340503", "Róża", Encoding.UCS2, datetime(2026, 11, 22, tzinfo=UTC), b"\1\2", 5)


@pytest.fixture
def kept(part: InboundPart) -> Quarantine:
    return Quarantine.objects.create(
        id=next_id(),
        connection_id=part.connection_id,
        received_at=part.received_at,
        sender=part.sender,
        recipient=part.recipient,
        raw=part.raw,
        traceback="Traceback: ValueError",
        item=dumps(part),
    )


def test_what_is_processed_at_last_is_settled_and_noted(gateway, olga, kept, part):
    assert retry_quarantined(olga, kept) == 77
    assert gateway.taken == [part]
    kept.refresh_from_db()
    assert (kept.message_id, kept.resolved_at is not None, open_quarantine_count()) == (77, True, 0)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.user, entry.is_operator, entry.account) == ("quarantine.retried", olga, True, None)


def test_what_breaks_again_stays_and_may_be_tried_again_a_little_later(gateway, olga, kept):
    gateway.fault = "ValueError: no"
    with pytest.raises(NotProcessedError, match="no"):
        retry_quarantined(olga, kept)
    gateway.fault = ""
    with pytest.raises(BeingRetriedError):
        retry_quarantined(olga, kept)
    Quarantine.objects.update(retried_at=timezone.now() - timedelta(minutes=1))
    assert retry_quarantined(olga, kept) == 77
    assert len(gateway.taken) == 1


def test_what_is_settled_is_not_processed_any_more(gateway, olga, kept):
    settle_quarantined(olga, kept)
    settle_quarantined(olga, kept)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["quarantine.settled"]
    with pytest.raises(BeingRetriedError):
        retry_quarantined(olga, kept)
    assert gateway.taken == []
    assert [one.pk for one in quarantine(is_open=False).items] == [kept.pk]


def test_without_a_gateway_nothing_is_tried(olga, kept):
    with pytest.raises(GatewayUnavailableError):
        retry_quarantined(olga, kept)
    assert open_quarantine_count() == 1


def test_what_a_version_before_kept_cannot_be_tried_again(gateway, olga, kept):
    Quarantine.objects.update(item="")
    kept.refresh_from_db()
    assert decoded(kept) == {}
    with pytest.raises(NotProcessedError):
        retry_quarantined(olga, kept)


def test_what_was_read_out_of_the_octets_is_shown(kept):
    assert decoded(kept)["text"] == "Róża"
    assert "raw" not in decoded(kept)


def test_half_a_letter_is_shown_as_its_number(kept, part):
    Quarantine.objects.update(item=dumps(replace(part, text="half \ud83d")))
    kept.refresh_from_db()
    assert decoded(kept)["text"] == "half \\ud83d"
