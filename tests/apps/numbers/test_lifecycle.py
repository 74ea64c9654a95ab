"""The life of a number: what may follow what, and that nobody gets a number somebody else's customers still text."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.apps.accounts.models import Account, Role
from recado.apps.accounts.services import add_member, create_user
from recado.apps.contacts.services import add_group
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.notifications.models import Notification
from recado.apps.numbers.importing import MOST_LINES, LineProblem, TooManyLinesError, add_lines, read_lines
from recado.apps.numbers.lifecycle import (
    end_due_rests,
    end_rest,
    release_number,
    rest_ends_at,
    resume_number,
    set_expiry,
    suspend_number,
)
from recado.apps.numbers.models import Number, RoutingVersion
from recado.apps.numbers.reminders import remind_all
from recado.apps.numbers.services import NumberError, NumberRefusal, add_number, assign_number, label_number
from recado.core.number import NumberKind

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def alice(db) -> Account:
    return Account.objects.create(name="Alice Flowers")


@pytest.fixture
def own(alice) -> Number:
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=alice)


def refusal_of(change, *arguments) -> NumberRefusal:
    with pytest.raises(NumberError) as caught:
        change(*arguments)
    return caught.value.reason


def test_a_suspended_number_is_resumed_and_routing_is_told_each_time(own):
    before = RoutingVersion.objects.get().version
    suspend_number(own, NOW, " Unpaid ")
    own.refresh_from_db()
    assert (own.state, own.state_since, own.suspended_reason) == ("suspended", NOW, "Unpaid")
    resume_number(own, NOW)
    own.refresh_from_db()
    assert (own.state, own.suspended_reason) == ("assigned", "")
    assert RoutingVersion.objects.get().version == before + 2


def test_only_a_number_in_use_is_suspended_and_only_a_suspended_one_resumed(own):
    assert refusal_of(resume_number, own, NOW) == NumberRefusal.NOT_IN_USE
    stock = add_number("4302", NumberKind.INDIVIDUAL_SHORT)
    assert refusal_of(suspend_number, stock, NOW) == NumberRefusal.NOT_IN_USE


def test_a_released_number_loses_owner_keywords_and_rules(alice, own):
    reserve_keyword(alice, own, "Rabat", RuleContent((add_group(alice, "Stali"),), "", ()))
    release_number(own, NOW)
    own.refresh_from_db()
    assert (own.account, own.state, own.released_at) == (None, "quarantined", NOW)
    assert not Keyword.objects.exists()
    assert not Rule.objects.exists()


def test_a_released_number_goes_to_nobody_for_90_days(alice, own):
    release_number(own, NOW)
    assert refusal_of(end_rest, own, NOW + timedelta(days=89)) == NumberRefusal.IN_QUARANTINE
    with pytest.raises(NumberError):
        assign_number(own, account=alice)
    end_rest(own, NOW + timedelta(days=90))
    assert own.state == "in_stock"
    assign_number(own, account=alice)
    assert own.state == "assigned"


def test_numbers_that_have_rested_go_back_into_stock_by_themselves(alice, own):
    release_number(own, NOW)
    assert rest_ends_at(own) == NOW + timedelta(days=90)
    assert end_due_rests(NOW + timedelta(days=89)) == 0
    assert end_due_rests(NOW + timedelta(days=90)) == 1
    own.refresh_from_db()
    assert (own.state, own.released_at, rest_ends_at(own)) == ("in_stock", None, None)


def test_what_the_owner_knew_of_a_number_goes_with_the_owner(alice, own):
    set_expiry(own, NOW + timedelta(days=30))
    label_number(own, "Orders")
    release_number(own, NOW)
    own.refresh_from_db()
    assert (own.expires_at, own.label) == (None, "")


def test_a_number_without_an_owner_has_no_end(alice):
    stock = add_number("4302", NumberKind.INDIVIDUAL_SHORT)
    assert refusal_of(set_expiry, stock, NOW) == NumberRefusal.NOT_IN_USE


def test_people_are_told_once_that_a_number_ends(alice, own):
    anna = create_user("anna@example.com", None)
    add_member(alice, anna, Role.OWNER)
    set_expiry(own, NOW + timedelta(days=20))
    remind_all(NOW)
    assert not Notification.objects.exists()
    for days in (7, 8):
        remind_all(NOW + timedelta(days=days))
    told = Notification.objects.get(user=anna)
    assert (told.kind, told.values["number"]) == ("number.ending", own.digits)


def test_a_shared_number_with_keywords_is_not_released(alice):
    shared = add_number("48503340503", NumberKind.SHARED_LONG)
    reserve_keyword(alice, shared, "Gardener")
    assert refusal_of(release_number, shared, NOW) == NumberRefusal.HAS_KEYWORDS


LIST = """number;kind;customer;link;label
664 200 301;NDI;alice flowers;;Second
4302;sci;;;
664200301;NDI;;;
12;NDI;;;
664200302;XY;;;
664200303;NDI;Nobody;;
664200304;NDI;;Nowhere;
503340503;ND;Alice Flowers;;

"""


def test_a_pasted_list_is_understood_line_by_line(alice):
    found = [(line.line, line.digits, line.problem) for line in read_lines(LIST)]
    assert found == [
        (2, "48664200301", None),
        (3, "4302", None),
        (4, "48664200301", LineProblem.TWICE),
        (5, "12", LineProblem.NO_NUMBER),
        (6, "48664200302", LineProblem.NO_KIND),
        (7, "48664200303", LineProblem.NO_ACCOUNT),
        (8, "48664200304", LineProblem.NO_CONNECTION),
        (9, "48503340503", LineProblem.SHARED),
    ]


def test_the_good_lines_of_a_list_are_added(alice):
    assert add_lines(read_lines(LIST)) == 2
    assert Number.objects.get(digits="48664200301").account == alice
    assert Number.objects.get(digits="4302").state == "in_stock"
    assert [line.problem for line in read_lines(LIST)][:2] == [LineProblem.THERE_ALREADY] * 2


def test_a_name_that_two_customers_have_gives_a_number_to_neither(alice):
    Account.objects.create(name="ALICE FLOWERS")
    line = read_lines("664200301;NDI;Alice Flowers")[0]
    assert (line.problem, line.account) == (LineProblem.MANY_ACCOUNTS, None)
    assert add_lines([line]) == 0


def test_a_list_is_added_with_one_change_of_the_routing(alice):
    add_number("4303", NumberKind.SHARED_SHORT)
    before = RoutingVersion.objects.get().version
    assert add_lines(read_lines("664200301;NDI\n664200302;NDI\n4302;SCI")) == 3
    assert RoutingVersion.objects.get().version == before + 1


def test_a_list_that_is_too_long_is_refused_and_not_cut(db):
    line = "664200301;NDI\n"
    assert len(read_lines(line * MOST_LINES)) == MOST_LINES
    with pytest.raises(TooManyLinesError):
        read_lines(line * (MOST_LINES + 1))


@pytest.mark.parametrize("text", ["", "\n\n", "number,kind", '"'])
def test_lists_without_lines_have_none(db, text):
    assert [line.problem for line in read_lines(text)] in ([], [LineProblem.NO_NUMBER])
