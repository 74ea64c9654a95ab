"""Memberships: how and until when, what is noted of them, ending by themselves, undo."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps import changes
from recado.apps.accounts.services import create_account, create_user
from recado.apps.contacts import batches, memberships
from recado.apps.contacts.erasing import erase_contact
from recado.apps.contacts.knowing import known_about
from recado.apps.contacts.memberships import add_to_group, end_due, remove_from_group, restore, set_end
from recado.apps.contacts.models import ConsentRecord, Contact, GroupMembership, OptOut
from recado.apps.contacts.opt_outs import Scope, in_force, opt_out
from recado.apps.contacts.services import add_contact, add_group, delete_contacts, edit_contact, leave_group
from recado.apps.dialogues.test_data import erase_test_data
from recado.apps.inbox.models import Message
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HANNA = "48604218377"


@pytest.fixture
def account():
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def user(db):
    return create_user("alice@example.com", "a long password")


@pytest.fixture
def group(account):
    return add_group(account, "Garden")


def facts(account):
    found = ConsentRecord.objects.filter(account=account).order_by("id")
    return [(row.kind, row.group_id, row.source, row.user_id) for row in found]


def test_joining_and_leaving_by_hand_is_noted_with_who_did_it(account, group, user):
    hanna = add_contact(account, HANNA)
    add_to_group(account, group, [hanna.pk], user=user)
    add_to_group(account, group, [hanna.pk], user=user)
    leave_group(hanna, group, user=user)
    leave_group(hanna, group, user=user)
    assert facts(account) == [("joined", group.pk, "manual", user.pk), ("left", group.pk, "manual", user.pk)]


def test_changing_the_groups_of_a_contact_notes_what_changed_and_keeps_the_end_of_the_rest(account, group, user):
    other = add_group(account, "News")
    hanna = add_contact(account, HANNA, {}, [group.pk], source=Contact.Source.API)
    set_end(GroupMembership.objects.get(), NOON)
    edit_contact(hanna, group_ids=[group.pk, other.pk], user=user)
    assert GroupMembership.objects.get(group=group).ends_at == NOON
    assert facts(account) == [("joined", group.pk, "api", None), ("joined", other.pk, "manual", user.pk)]


def test_a_membership_comes_back_from_undo_as_it_was(account, group):
    hanna = add_contact(account, HANNA)
    GroupMembership.objects.create(
        id=5, group=group, contact=hanna, joined_at=NOON, message_id=7, keyword_id=9, ends_at=NOON, source="keyword"
    )
    before = GroupMembership.objects.values().get()
    left = remove_from_group(account, group, [hanna.pk])
    assert restore(account, left) == 1
    assert GroupMembership.objects.values().get() == before
    assert restore(account, left) == 0
    assert [kind for kind, *_ in facts(account)] == ["left", "joined"]


def test_an_import_notes_one_record_for_each_person_and_its_undo_one_more(account, group, user):
    batch = batches.keep_table(account, user, [["phone"], ["604218377"], ["604218378"]])
    batches.start(batch, group)
    batches.import_some(batch, 1)
    assert set(group.memberships.values_list("source", flat=True)) == {"import"}
    batches.start_undo(batch)
    batches.undo_some(batch, 2)
    joined, left = ("joined", group.pk, "import", user.pk), ("left", group.pk, "import", None)
    assert facts(account) == [joined, joined, left, left]


def test_what_is_over_ends_in_pieces_and_is_noted_and_announced(account, group, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(memberships, "CHUNK", 2)
    people = [add_contact(account, f"4860421837{digit}") for digit in range(4)]
    foreign = create_account("Klinika Zdrowie", language="en")
    strangers = add_group(foreign, "Patients")
    for number, person in enumerate(people):
        GroupMembership.objects.create(id=number + 1, group=group, contact=person, ends_at=NOON + timedelta(minutes=number))
    GroupMembership.objects.create(id=9, group=strangers, contact=add_contact(foreign, HANNA), ends_at=NOON)
    GroupMembership.objects.create(id=10, group=add_group(account, "For ever"), contact=people[0])
    told = []
    stop = changes.subscribe(told.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            assert end_due(NOON + timedelta(minutes=2)) == 4
    finally:
        stop()
    assert {change.account_id for change in told if change.kind == "contacts"} == {account.pk, foreign.pk}
    assert set(GroupMembership.objects.values_list("id", flat=True)) == {4, 10}
    assert sorted(ConsentRecord.objects.filter(kind="ended").values_list("account", "msisdn", "group_id")) == sorted(
        [*((account.pk, person.msisdn, group.pk) for person in people[:3]), (foreign.pk, HANNA, strangers.pk)]
    )


def test_what_only_a_test_says_of_consent_is_forgotten_with_it(account):
    number = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    given = {"account": account, "number": number, "sender": HANNA, "recipient": number.digits, "received_at": NOON}
    Message.objects.create(id=71, text="STOP", is_test=True, **given)
    Message.objects.create(id=72, text="STOP", **given)
    opt_out(account, HANNA, Scope.ACCOUNT, now=NOON, message_id=71)
    opt_out(account, HANNA, Scope.NUMBER, number.pk, now=NOON, message_id=72)
    erase_test_data(account)
    assert list(OptOut.objects.values_list("message_id", flat=True)) == [72]
    assert list(ConsentRecord.objects.values_list("message_id", flat=True)) == [72]


def test_deleting_a_contact_notes_what_it_left(account, group, user):
    hanna = add_contact(account, HANNA, {}, [group.pk])
    delete_contacts(account, [hanna], user=user)
    assert [kind for kind, *_ in facts(account)] == ["joined", "left"]


def test_forgetting_a_person_keeps_the_fact_and_the_time_and_no_word(account, group):
    hanna = add_contact(account, HANNA, {}, [group.pk])
    opt_out(account, HANNA, Scope.ACCOUNT, now=NOON, text="Stop, this is Hanna", message_id=5)
    known = known_about(account, hanna, str)
    assert [one["what"] for one in known["consents"]] == ["joined", "opted_out"]
    assert known["opt_outs"] == [
        {"at": NOON.isoformat(), "scope": "account", "target": None, "text": "Stop, this is Hanna", "lifted_at": None}
    ]
    erase_contact(account, hanna)
    assert set(ConsentRecord.objects.values_list("text", flat=True)) == {""}
    assert list(OptOut.objects.values_list("text", "created_at")) == [("", NOON)]
    assert in_force(account, HANNA)
