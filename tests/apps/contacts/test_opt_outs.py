"""Opt-outs: noted once, the widest counts, nobody is put back into what they left, lifting stays as history."""

from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from recado.apps.accounts.services import create_account, create_user
from recado.apps.contacts import batches
from recado.apps.contacts.importing import import_contacts
from recado.apps.contacts.memberships import add_to_group, remove_from_group, restore
from recado.apps.contacts.models import ConsentRecord, GroupMembership, ImportBatch, OptOut
from recado.apps.contacts.opt_outs import (
    OptedOutError,
    Scope,
    barred,
    in_force,
    in_force_among,
    is_opted_out,
    lift,
    opt_out,
    opt_out_page,
)
from recado.apps.contacts.services import add_contact, add_group, edit_contact
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Origin
from recado.apps.outbox.services import queue_text
from recado.core.number import NumberKind

pytestmark = pytest.mark.django_db
HANNA, JAN = "48604218377", "48604218378"


@pytest.fixture
def account():
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def other(db):
    return create_account("Klinika Zdrowie", language="en")


@pytest.fixture
def user(db):
    return create_user("alice@example.com", "a long password")


@pytest.fixture
def group(account):
    return add_group(account, "Garden")


def noted(account, scope=Scope.ACCOUNT, target_id=0, msisdn=HANNA, **given):
    return opt_out(account, msisdn, scope, target_id, now=timezone.now(), **given)


def kinds(account, msisdn=HANNA):
    return [
        str(kind) for kind in ConsentRecord.objects.filter(account=account, msisdn=msisdn).order_by("id").values_list("kind", flat=True)
    ]


def test_the_widest_scope_in_force_counts(account, group):
    noted(account, Scope.GROUP, group.pk)
    noted(account, Scope.KEYWORD, 7)
    assert is_opted_out(account, HANNA) is None
    assert is_opted_out(account, HANNA, group=group.pk).scope == Scope.GROUP
    assert is_opted_out(account, HANNA, number=3) is None
    noted(account, Scope.NUMBER, 3)
    assert is_opted_out(account, HANNA, group=group.pk, number=3).scope == Scope.NUMBER
    noted(account)
    assert is_opted_out(account, HANNA, group=group.pk, number=3).scope == Scope.ACCOUNT
    assert [one.scope for one in in_force(account, HANNA)] == ["account", "number", "keyword", "group"]
    assert in_force_among(account, [HANNA, JAN]).keys() == {HANNA}


def test_an_opt_out_of_one_account_says_nothing_to_another(account, other):
    noted(account)
    assert is_opted_out(other, HANNA) is None
    assert not barred(other.pk, [HANNA], 1)


def test_noting_twice_keeps_the_first_with_its_proof(account, user):
    first = noted(account, text="STOP", message_id=5, number_id=3)
    again = noted(account, user=user)
    assert again.pk == first.pk
    assert (again.text, again.message_id, again.user_id) == ("STOP", 5, None)
    assert kinds(account) == ["opted_out"]


def test_lifting_is_history_and_happens_once(account, user):
    one = noted(account, text="STOP")
    assert lift(one, now=timezone.now(), user=user, reason="She called")
    assert not lift(one, now=timezone.now(), user=user)
    assert not in_force(account, HANNA)
    assert [(row.lift_reason, row.lifted_by_id, row.text) for row in opt_out_page(account, lifted=True)] == [
        ("She called", user.pk, "STOP")
    ]
    assert kinds(account) == ["opted_out", "opted_in"]
    assert noted(account).pk != one.pk


def test_opting_out_of_a_group_leaves_it(account, group, user):
    add_contact(account, HANNA, {}, [group.pk])
    noted(account, Scope.GROUP, group.pk, user=user)
    assert not group.contacts.exists()
    assert kinds(account) == ["joined", "opted_out", "left"]


def test_nobody_is_put_by_hand_into_a_group_they_left(account, group):
    elsewhere = add_group(account, "News")
    noted(account, Scope.GROUP, group.pk)
    noted(account, msisdn=JAN)
    hanna = add_contact(account, HANNA, {}, [group.pk, elsewhere.pk])
    jan = add_contact(account, JAN, {}, [elsewhere.pk])
    added = add_to_group(account, group, [hanna.pk, jan.pk])
    assert (added.added, added.opted_out) == (0, 2)
    edit_contact(jan, group_ids=[group.pk, elsewhere.pk])
    assert list(GroupMembership.objects.values_list("contact", "group")) == [(hanna.pk, elsewhere.pk)]


def test_undo_does_not_bring_back_who_opted_out_since(account, group):
    hanna = add_contact(account, HANNA, {}, [group.pk])
    left = remove_from_group(account, group, [hanna.pk])
    noted(account)
    assert restore(account, left) == 0


def test_an_import_counts_whom_it_keeps_out(account, user, group):
    noted(account, Scope.GROUP, group.pk)
    noted(account, msisdn=JAN)
    batch = batches.keep_table(account, user, [["phone"], [HANNA], [JAN], ["604218379"]])
    assert batches.check(batch).opted_out == 1
    batches.start(batch, group)
    batches.import_some(batch, 1)
    assert batch.state == ImportBatch.State.DONE
    assert (batch.created_count, batch.joined_count, batch.opted_out_count) == (3, 1, 2)
    assert list(group.contacts.values_list("msisdn", flat=True)) == ["48604218379"]


def test_an_import_of_a_program_keeps_them_out_too(account):
    noted(account)
    result = import_contacts(account, "List", [{"phone": HANNA}, {"phone": JAN}])
    assert (result.correct, result.failed, result.opted_out) == (2, 0, 1)
    assert list(result.group.contacts.values_list("msisdn", flat=True)) == [JAN]


def test_nothing_is_sent_to_who_opted_out_except_what_is_owed(account):
    number = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    noted(account, Scope.NUMBER, number.pk)
    given = {"now": timezone.now(), "origin": Origin.API}
    with pytest.raises(OptedOutError):
        queue_text(account, number, HANNA, "Sale!", **given)
    queue_text(account, number, HANNA, "Your parcel is here.", is_service=True, **given)
    queue_text(account, number, JAN, "Sale!", **given)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_note_it_at_once_one_writes(account):
    start = Barrier(4)

    def note():
        start.wait()
        noted(account)
        connections.close_all()

    threads = [Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert OptOut.objects.count() == 1
    assert kinds(account) == ["opted_out"]
