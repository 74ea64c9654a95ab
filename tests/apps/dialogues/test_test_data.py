"""Erasing what was tried: everything of tests goes, nothing real does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panel.conversations import dialogue, number, received, sent
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.contacts.models import Contact, GroupMembership
from recado.apps.contacts.services import add_contact, add_group, edit_contact
from recado.apps.dialogues import test_data
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.test_data import Tried, count_test_data, erase_test_data
from recado.apps.inbox.models import Message
from recado.apps.inbox.services import receive
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.outbox.models import Job, OutboundMessage
from recado.config import Database
from recado.testing.receiving import receiving_directly

PHONE = "48600000001"


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def tried(account: Account) -> Message:
    own = number(account)
    reserve_keyword(account, own, "GARDENER", RuleContent((add_group(account, "News"),), "Thank you"))
    with receiving_directly():
        return Message.objects.get(pk=receive(PHONE, own.digits, "Gardener"))


def test_a_tried_message_goes_with_all_it_caused(account, tried):
    assert count_test_data(account) == Tried(messages=2, dialogues=1, contacts=1)
    assert erase_test_data(account) == Tried(messages=2, dialogues=1, contacts=1)
    for model in (Message, OutboundMessage, Job, Dialogue, Contact, GroupMembership):
        assert not model.objects.exists()


def test_real_conversations_stay_as_they_are(account, tried):
    real = dialogue(account, "48604218377")
    received(real, "Dzień dobry")
    sent(real, "Dzień dobry!")
    before = Dialogue.objects.values().get(pk=real.pk)
    erase_test_data(account)
    assert Dialogue.objects.values().get() == before
    assert (Message.objects.count(), OutboundMessage.objects.count()) == (1, 1)


def test_a_conversation_with_both_keeps_what_is_real(account, tried):
    mixed = Dialogue.objects.get()
    Message.objects.filter(pk=tried.pk).update(is_test=False, text="Prawdziwa")
    with receiving_directly():
        receive(PHONE, mixed.number.digits, "Test")
    erase_test_data(account)
    mixed.refresh_from_db()
    assert (mixed.last_text, mixed.last_is_inbound, mixed.message_count, mixed.is_test) == ("Prawdziwa", True, 1, False)
    assert Contact.objects.count() == 1


def test_somebody_named_or_added_by_hand_stays(account, tried):
    edit_contact(Contact.objects.get(), details={"first_name": "Hanna"})
    add_contact(account, "48600000002", {})
    assert erase_test_data(account).contacts == 0
    assert Contact.objects.count() == 2
    assert not GroupMembership.objects.exists()


def test_tests_of_others_stay(account, tried):
    stranger = create_account("Klinika Zdrowie")
    assert erase_test_data(stranger) == Tried(0, 0, 0)
    assert Message.objects.exists()


def test_a_conversation_done_while_tests_are_erased_stays_done(account, tried, monkeypatch):
    Message.objects.filter(pk=tried.pk).update(is_test=False)
    with receiving_directly():
        receive(PHONE, Dialogue.objects.get().number.digits, "Test")
    erase = test_data._erase_jobs

    def meanwhile(*ids):
        Dialogue.objects.update(state=Dialogue.State.DONE)
        erase(*ids)

    monkeypatch.setattr(test_data, "_erase_jobs", meanwhile)
    erase_test_data(account)
    assert (Dialogue.objects.get().state, Dialogue.objects.get().message_count) == ("done", 1)


def test_counting_asks_no_more_for_many_conversations_than_for_one(account, tried, django_assert_num_queries):
    with CaptureQueriesContext(connection) as for_one:
        assert count_test_data(account).dialogues == 1
    with receiving_directly():
        for last in "23456":
            receive(f"4860000000{last}", tried.number.digits, "Gardener")
    with django_assert_num_queries(len(for_one)):
        assert count_test_data(account).dialogues == 6


def test_both_databases_count_and_erase_alike(database: Database, tmp_path: Path):
    url = f"sqlite://{database.name}"
    if database.engine == "postgresql":
        url = f"postgresql://{database.user}@{quote(database.host, safe='')}/{database.name}"
    environment = {**os.environ, "RECADO_DATABASE_URL": url, "RECADO_DATA": str(tmp_path / "data")}
    script = Path(__file__).parent / "trying.py"
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout.splitlines()[-1])
    assert left.pop("locked")
    assert left.pop("counts") == [3, 3, 3]
    assert left == {"as_said": True, "left": 3, "contacts": 2, "dialogues": 2, "replies": 3, "jobs": 3}
