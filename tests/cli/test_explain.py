"""`recado explain` says what receiving would do, and does nothing."""

import json
from datetime import UTC, datetime

import pytest

from panel.conversations import dialogue, number, sent
from recado.apps.accounts.services import create_account
from recado.apps.inbox.models import Message
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import OutboundMessage
from recado.core.number import NumberKind

PHONE = "48604218377"


@pytest.fixture
def shared(db):
    return number(None, "48503340503", NumberKind.SHARED_LONG)


def explained(recado, text: str) -> dict:
    return json.loads(recado(f"explain --json --to 503340503 --from {PHONE}", text).stdout)


def test_a_keyword_is_found_by_a_number_written_as_on_posters(recado, shared):
    alice = create_account("Alice")
    keyword = reserve_keyword(alice, shared, "Gardener")
    found = explained(recado, "gardener")
    assert (found["account_id"], found["keyword_id"]) == (alice.pk, keyword.pk)
    assert "gardener" in recado("explain gardener --to 503340503").output
    assert not Message.objects.exists()


def test_a_text_without_keyword_is_the_answer_to_the_only_account_that_wrote(recado, shared):
    alice = create_account("Alice")
    OutboundMessage.objects.filter(pk=sent(dialogue(alice, PHONE, number=shared), "Hello").pk).update(created_at=datetime.now(UTC))
    found = explained(recado, "thank you")
    assert found["account_id"] == alice.pk
    assert "reply_to_sole_writer" in [step["step"] for step in found["trail"]]


def test_a_text_without_keyword_is_nobodys_where_nobody_wrote(recado, shared):
    found = explained(recado, "thank you")
    assert (found["account_id"], found["trail"][-1]["step"]) == (None, "unmatched")
