"""Sender names from the wish to the decision: who has which, who is told, what two people at once can do."""

import pytest

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.notifications.models import Notification
from recado.apps.senders.errors import NameRefusal, SenderNameError
from recado.apps.senders.models import SenderName
from recado.apps.senders.queries import authorised_names, decided_names, get_sender_name_for, same_name_elsewhere, waiting_names
from recado.apps.senders.services import MOST_WAITING, authorise_name, deactivate_name, reject_name, request_name
from recado.core.sender_name import NameFault


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def charlie(db) -> Account:
    return Account.objects.create(name="Charlie Cars")


@pytest.fixture
def anna(alice) -> User:
    user = create_user("anna@example.com", None)
    add_member(alice, user, Role.OWNER)
    return user


def refusal_of(change, *arguments):
    with pytest.raises(SenderNameError) as caught:
        change(*arguments)
    return caught.value.reason


def test_a_name_is_sent_under_once_it_is_approved_and_no_longer_once_it_is_given_up(alice, anna):
    name = request_name(alice, anna, "  Alice   Co ")
    assert (name.name, [*map(str, authorised_names(alice))], list(waiting_names())) == ("Alice Co", [], [name])
    authorise_name(name)
    assert ([*map(str, authorised_names(alice))], list(waiting_names())) == (["Alice Co"], [])
    deactivate_name(name)
    assert [*map(str, authorised_names(alice))] == []


def test_names_of_others_are_out_of_reach(alice, charlie, anna):
    name = request_name(alice, anna, "Alice")
    authorise_name(name)
    assert [*map(str, authorised_names(charlie))] == []
    with pytest.raises(SenderName.DoesNotExist):
        get_sender_name_for(charlie, name.pk)


def test_a_name_that_cannot_be_a_sender_is_not_asked_for(alice, anna):
    assert refusal_of(request_name, alice, anna, "Kwiaciarnia Róża") == NameFault.TOO_LONG
    assert not SenderName.objects.exists()


def test_what_waits_or_is_approved_is_not_asked_for_twice(alice, anna):
    name = request_name(alice, anna, "Alice")
    assert refusal_of(request_name, alice, anna, "Alice") == NameRefusal.THERE_ALREADY
    authorise_name(name)
    assert refusal_of(request_name, alice, anna, "Alice") == NameRefusal.THERE_ALREADY


def test_what_was_refused_is_asked_for_anew(alice, anna):
    name = request_name(alice, anna, "Alice")
    reject_name(name, "Show us the register.")
    again = request_name(alice, anna, "Alice", "alice.example")
    assert (again.pk, again.state, again.note, again.decided_at) == (name.pk, SenderName.State.PENDING, "alice.example", None)


def test_nobody_fills_the_page_of_the_operator(alice, anna):
    for number in range(MOST_WAITING):
        request_name(alice, anna, f"Alice {number}")
    assert refusal_of(request_name, alice, anna, "Alice more") == NameRefusal.TOO_MANY


def test_people_are_told_of_both_decisions(alice, anna):
    authorise_name(request_name(alice, anna, "Alice"))
    reject_name(request_name(alice, anna, "Bank"), "You are no bank.")
    told = {each.kind: each.values for each in Notification.objects.filter(user=anna)}
    assert told == {
        "sender_name.authorised": {"sender": "Alice"},
        "sender_name.rejected": {"sender": "Bank", "why": "You are no bank."},
    }


def test_a_refusal_says_why(alice, anna):
    name = request_name(alice, anna, "Alice")
    assert refusal_of(reject_name, name, "  ") == NameRefusal.NO_REASON
    assert list(waiting_names()) == [name]


def test_of_two_who_decide_at_once_one_is_told_so(alice, anna):
    name = request_name(alice, anna, "Alice")
    seen_by_another = SenderName.objects.get(pk=name.pk)
    deactivate_name(name)
    assert refusal_of(authorise_name, seen_by_another) == NameRefusal.DECIDED
    assert [*map(str, authorised_names(alice))] == []


def test_the_operator_hears_who_else_sends_under_a_name(alice, charlie, anna):
    theirs = request_name(charlie, anna, "FLOWERS")
    wanted = request_name(alice, anna, "Flowers")
    assert same_name_elsewhere(wanted) == []
    authorise_name(theirs)
    assert same_name_elsewhere(wanted) == [theirs]


def test_decided_names_are_found_by_name_and_customer(alice, charlie, anna):
    for account, name in ((alice, "Roses"), (charlie, "Cars")):
        authorise_name(request_name(account, anna, name))
    assert [each.name for each in decided_names("ros")] == ["Roses"]
    assert [each.name for each in decided_names("charlie")] == ["Cars"]
    assert [each.name for each in decided_names()] == ["Cars", "Roses"]
