"""What people do to a conversation besides answering, and taking it back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received
from recado.apps.accounts.models import User
from recado.apps.dialogues.models import Dialogue, Label
from recado.panel.inbox.snoozing import choices_at, moment_of

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def hanna(account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Macie tulipany?")
    return conversation


def undo(client, text: str) -> None:
    """Press the button of the toast, as the page would."""
    form = re.search(r'action="([^"]+)"[^>]*data-undo>(.*?)</form>', text, re.DOTALL)
    assert form is not None
    fields = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[2])}
    assert client.post(form[1], fields, headers=PARTIAL).status_code < 300


@pytest.mark.parametrize(
    ("address", "fields", "field"),
    [
        ("state", {"state": "done"}, "state"),
        ("snooze", {"until": "tomorrow"}, "snoozed_until"),
        ("assign", {"assignee": "me"}, "assignee_id"),
    ],
)
def test_what_was_done_is_taken_back_by_the_toast(alice_client, hanna: Dialogue, address, fields, field):
    before = getattr(hanna, field)
    answer = alice_client.post(f"/inbox/{hanna.pk}/{address}/", fields, headers=PARTIAL).content.decode()
    hanna.refresh_from_db()
    assert getattr(hanna, field) != before
    undo(alice_client, answer)
    hanna.refresh_from_db()
    assert getattr(hanna, field) == before


TEATIME = timezone.now().replace(hour=15, minute=20) + timedelta(days=2)


@pytest.mark.parametrize(
    ("state", "snoozed_until"),
    [("open", None), ("open", TEATIME), ("done", None)],
)
@pytest.mark.parametrize(
    ("address", "fields"),
    [("state", {"state": "done"}), ("state", {"state": "open"}), ("snooze", {"until": "tomorrow"}), ("snooze", {"until": ""})],
)
def test_done_and_later_leave_a_way_back_to_how_it_was(alice_client, hanna: Dialogue, address, fields, state, snoozed_until):
    Dialogue.objects.update(state=state, snoozed_until=snoozed_until)
    undo(alice_client, alice_client.post(f"/inbox/{hanna.pk}/{address}/", fields, headers=PARTIAL).content.decode())
    hanna.refresh_from_db()
    assert (hanna.state, hanna.snoozed_until) == (state, snoozed_until)


def test_a_conversation_that_was_back_already_is_open_again(alice_client, hanna: Dialogue):
    Dialogue.objects.update(snoozed_until=timezone.now() - timedelta(days=3))
    undo(alice_client, alice_client.post(f"/inbox/{hanna.pk}/snooze/", {"until": "tomorrow"}, headers=PARTIAL).content.decode())
    hanna.refresh_from_db()
    assert (hanna.state, hanna.snoozed_until) == ("open", None)


def test_unread_is_taken_back_too(alice_client, hanna: Dialogue):
    alice_client.get(f"/inbox/{hanna.pk}/")
    answer = alice_client.post(f"/inbox/{hanna.pk}/unread/", headers=PARTIAL).content.decode()
    hanna.refresh_from_db()
    assert hanna.unread_count == 1
    undo(alice_client, answer)
    hanna.refresh_from_db()
    assert hanna.unread_count == 0


def test_a_label_is_made_by_its_name_and_goes_with_its_last_conversation(alice_client, hanna: Dialogue):
    alice_client.post(f"/inbox/{hanna.pk}/label/", {"name": "Pilne"}, headers=PARTIAL)
    label = Label.objects.get()
    assert "Pilne" in alice_client.get("/inbox/").content.decode()
    answer = alice_client.post(f"/inbox/{hanna.pk}/label/", {"remove": label.pk}, headers=PARTIAL).content.decode()
    assert not Label.objects.exists()
    undo(alice_client, answer)
    assert hanna.labels.get().name == "Pilne"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_what_is_no_label_is_refused_in_words(alice_client, hanna: Dialogue, name):
    answer = alice_client.post(f"/inbox/{hanna.pk}/label/", {"name": name}, headers=PARTIAL)
    assert answer.status_code == 422
    assert "A label is a word" in answer.content.decode()


def test_a_conversation_is_given_to_members_only(alice_client, hanna: Dialogue, bob: User, charlie: User):
    assert alice_client.post(f"/inbox/{hanna.pk}/assign/", {"assignee": charlie.pk}, headers=PARTIAL).status_code == 404
    alice_client.post(f"/inbox/{hanna.pk}/assign/", {"assignee": bob.pk}, headers=PARTIAL)
    hanna.refresh_from_db()
    assert hanna.assignee == bob


@pytest.mark.parametrize(
    "until",
    [
        "yesterday",
        "2020-01-01",
        "30-11-2026",
        "2020-01-01T15:00+00:00",
        "2099-01-01T15:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
    ],
)
def test_a_moment_that_is_over_or_none_is_refused(alice_client, hanna: Dialogue, until):
    answer = alice_client.post(f"/inbox/{hanna.pk}/snooze/", {"until": until}, headers=PARTIAL)
    assert answer.status_code == 422
    hanna.refresh_from_db()
    assert hanna.snoozed_until is None


def test_without_scripts_the_next_page_says_it_with_the_same_button(alice_client, hanna: Dialogue):
    page = alice_client.post(f"/inbox/{hanna.pk}/state/", {"state": "done"}, follow=True).content.decode()
    undo(alice_client, page)
    hanna.refresh_from_db()
    assert hanna.state == "open"


def test_a_snoozed_conversation_is_out_of_the_open_list_and_in_its_own(alice_client, hanna: Dialogue):
    alice_client.post(f"/inbox/{hanna.pk}/snooze/", {"until": "hour"}, headers=PARTIAL)
    assert "Hanna" not in alice_client.get("/inbox/").content.decode()
    assert "Hanna" in alice_client.get("/inbox/?tab=snoozed").content.decode()
    Dialogue.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    assert "Hanna" in alice_client.get("/inbox/").content.decode()


@pytest.mark.parametrize(
    ("choice", "moment"),
    [
        ("hour", "2026-11-26 18:30"),
        ("evening", "2026-11-26 18:00"),
        ("tomorrow", "2026-11-27 09:00"),
        ("monday", "2026-11-30 09:00"),
        ("2026-12-24", "2026-12-24 09:00"),
        ("2026-12-24T15:20:00+01:00", "2026-12-24 15:20"),
    ],
)
def test_choices_are_moments_in_the_persons_zone(choice, moment):
    now = datetime(2026, 11, 26, 16, 30, tzinfo=UTC).astimezone(WARSAW)  # a Thursday, half past five
    found = moment_of(choice, now)
    assert found is not None
    assert found.strftime("%Y-%m-%d %H:%M") == moment


def test_there_is_no_evening_any_more_at_night():
    night = datetime(2026, 11, 26, 23, 0, tzinfo=WARSAW)
    assert [choice for choice, _ in choices_at(night)] == ["hour", "tomorrow", "monday"]


def test_on_a_monday_monday_is_the_next_one():
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=WARSAW)
    found = moment_of("monday", monday)
    assert found is not None
    assert found.date().isoformat() == "2026-12-07"
