"""Imports: what they add, and that undoing leaves things as they were, except what somebody changed since."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recado.apps.accounts.services import create_account, create_user
from recado.apps.contacts import batches
from recado.apps.contacts.columns import ColumnsError, Verdict
from recado.apps.contacts.models import Contact, Group, GroupMembership, ImportBatch, ImportedPerson
from recado.apps.contacts.services import add_contact, add_group, edit_contact
from recado.apps.keywords.rules import RuleContent, RuleTerms, add_rule
from recado.apps.numbers.models import Number
from recado.core.condition import Condition

pytestmark = pytest.mark.django_db
HEADER = ["phone", "first name", "city"]


@pytest.fixture
def account():
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def user(db):
    return create_user("alice@example.com", "a long password")


def imported(account, user, rows, group=None, new_group="") -> ImportBatch:
    batch = batches.keep_table(account, user, [HEADER, *rows])
    batches.start(batch, group, new_group)
    while batch.state == ImportBatch.State.RUNNING:
        batches.import_some(batch, 1)
    return batch


def undone(batch) -> ImportBatch:
    assert batches.start_undo(batch)
    while batch.state == ImportBatch.State.UNDOING:
        batches.undo_some(batch, 1)
    return batch


def everything():
    contacts = sorted(Contact.objects.values_list("id", "msisdn", "first_name", "city", "source"))
    return contacts, sorted(GroupMembership.objects.values_list("id", "group_id", "contact_id")), sorted(Group.objects.values_list("name"))


def test_new_people_are_added_known_ones_completed_and_all_are_in_the_group(account, user):
    known = add_contact(account, "48604218377", {"first_name": "Hanna", "city": "Łódź"})
    batch = imported(account, user, [["604218377", "Anna", ""], ["604218378", "Jan", "Kraków"], ["x", "", ""]], new_group="List")
    known.refresh_from_db()
    assert (known.first_name, known.city, known.source) == ("Anna", "Łódź", "manual")
    assert Contact.objects.get(msisdn="48604218378").source == "import"
    assert (batch.created_count, batch.changed_count, batch.joined_count, bytes(batch.table)) == (1, 1, 2, b"")
    assert Group.objects.get(name="List").contacts.count() == 2


def test_every_row_is_judged_before(account, user):
    add_contact(account, "48604218377")
    rows = [["604218377", "", ""], ["48604218378", "", ""], ["604 218 379", "", ""], ["604218379", "", ""], ["12", "Bad", ""]]
    checked = batches.check(batches.keep_table(account, user, [HEADER, *rows]))
    assert checked.counts == dict.fromkeys(Verdict, 1)
    assert checked.bad == [(6, ["12", "Bad", ""])]


PHONES = [f"60421837{digit}" for digit in range(8)]
ROW = st.tuples(st.sampled_from(PHONES), st.sampled_from(["", "Anna", "Jan"]), st.sampled_from(["", "Łódź"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(ROW, max_size=6), rows=st.lists(ROW, min_size=1, max_size=12), into_new=st.booleans(), chunk=st.integers(1, 4))
def test_undoing_leaves_everything_as_it_was(account, user, known, rows, into_new, chunk, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", chunk)
    Contact.objects.all().delete()
    Group.objects.all().delete()
    group = add_group(account, "Old")
    for phone, name, city in known:
        add_contact(account, f"48{phone}", {"first_name": name, "city": city}, [group.pk] if city else [])
    before = everything()
    batch = undone(imported(account, user, list(map(list, rows)), None if into_new else group, "New" if into_new else ""))
    assert everything() == before
    assert (batch.state, batch.kept_count, ImportedPerson.objects.count()) == ("undone", 0, 0)


def test_what_somebody_changed_since_stays(account, user):
    known = add_contact(account, "48604218377", {"first_name": "Hanna", "city": "Łódź"})
    batch = imported(account, user, [["604218377", "Anna", "Gdynia"], ["604218378", "Jan", ""], ["604218379", "Ewa", ""]], new_group="List")
    edit_contact(known, details={"first_name": "Hania"})
    edit_contact(Contact.objects.get(msisdn="48604218378"), details={"city": "Sopot"})
    add_contact(account, "48604218379", {}, [add_group(account, "Other").pk])
    undone(batch)
    known.refresh_from_db()
    assert (known.first_name, known.city) == ("Hania", "Łódź")
    assert set(Contact.objects.values_list("msisdn", flat=True)) == {"48604218377", "48604218378", "48604218379"}
    assert batch.kept_count == 3
    assert not Group.objects.filter(name="List").exists()


def test_a_new_group_that_rules_need_stays(account, user):
    batch = imported(account, user, [["604218377", "Anna", ""]], new_group="VIP")
    own = Number.objects.create(digits="48664200300", kind="individual_long", account=account)
    add_rule(own, account, RuleContent(reply="Hi"), RuleTerms(condition=Condition(in_group_id=batch.group_id)))
    assert undone(batch).state == "undone"
    assert Group.objects.filter(name="VIP").exists()


def test_an_import_is_undone_once(account, user):
    batch = undone(imported(account, user, [["604218377", "", ""]]))
    assert not batches.start_undo(batch)


def test_a_piece_that_was_taken_in_already_is_not_taken_in_again(account, user):
    batch = batches.keep_table(account, user, [HEADER, ["604218377", "", ""]])
    batches.start(batch, None)
    late = ImportBatch.objects.get(pk=batch.pk)
    batches.import_some(batch, 1)
    batches.import_some(late, 1)
    assert ImportedPerson.objects.count() == 1
    assert late.state == ImportBatch.State.DONE


def test_an_import_is_begun_once_and_makes_one_group(account, user):
    batch = batches.keep_table(account, user, [HEADER, ["604218377", "", ""]])
    late = ImportBatch.objects.get(pk=batch.pk)
    batches.start(batch, None, "Fair")
    with pytest.raises(batches.AlreadyBegunError):
        batches.start(late, None, "Fair")
    assert Group.objects.count() == 1


@pytest.mark.parametrize("columns", [["", "first_name", ""], ["phone", "phone", ""]])
def test_an_import_begins_only_when_its_columns_are_clear(account, user, columns):
    batch = batches.keep_table(account, user, [HEADER, ["604218377", "", ""]])
    batches.set_columns(batch, columns, has_header=True)
    with pytest.raises(ColumnsError):
        batches.start(batch, None, "Fair")
    assert not Group.objects.exists()
