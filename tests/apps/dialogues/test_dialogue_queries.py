"""Reading the inbox: pages, tabs, search and threads, each for one account only."""

from datetime import timedelta

import pytest

from panel.conversations import NOON, dialogue, number, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.dialogues import queries
from recado.apps.dialogues.models import Dialogue, Label
from recado.apps.dialogues.queries import (
    PAGE,
    Filters,
    Tab,
    dialogue_list,
    get_dialogue_for,
    is_newest,
    last_received,
    sole_writer,
    tabs_of,
    thread,
    unread_count,
)
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.core.number import NumberKind


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def alice(account: Account) -> User:
    user = create_user("alice@example.com", "a long password", name="Alice")
    add_member(account, user)
    return user


@pytest.fixture
def wanted(alice: User):
    """Build what the list is narrowed to, for Alice at noon."""

    def build(tab: str = "open", **fields) -> Filters:
        return Filters(alice, NOON, Tab(tab), **fields)

    return build


def numbers(found: list[Dialogue]) -> list[str]:
    return [conversation.msisdn for conversation in found]


def test_pages_meet_without_gap_or_repeat_even_at_the_same_moment(account: Account, wanted):
    made = [dialogue(account, f"48660000{index:03}") for index in range(PAGE * 2 + 7)]  # all at the same moment
    shown: list[str] = []
    before = None
    while True:
        rows = dialogue_list(account, wanted(before_id=before))
        shown += numbers(rows[:PAGE])
        if len(rows) <= PAGE:
            break
        before = rows[PAGE - 1].pk
    assert shown == [conversation.msisdn for conversation in reversed(made)]


LATER, EARLIER = NOON + timedelta(hours=1), NOON - timedelta(hours=1)


@pytest.fixture
def everything(account: Account, alice: User) -> None:
    """Dialogues in every state: newest last."""
    bob = create_user("bob@example.com", None)
    fields = [
        {},
        {"state": "done", "unread_count": 1},
        {"unread_count": 2, "assignee": alice},
        {"assignee": bob},
        {"snoozed_until": LATER},
        {"snoozed_until": EARLIER},
        {"snoozed_until": LATER, "assignee": alice, "unread_count": 1},
        {"state": "done", "assignee": alice},
    ]
    for index, each in enumerate(fields):
        dialogue(account, str(index), minutes=index, **each)


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("open", "5320"),
        ("unread", "621"),
        ("mine", "2"),
        ("unassigned", "50"),
        ("snoozed", "64"),
        ("all", "76543210"),
    ],
)
def test_tabs(account: Account, everything, wanted, tab: str, expected: str):
    assert "".join(numbers(dialogue_list(account, wanted(tab)))) == expected


def test_what_is_said_of_one_dialogue_agrees_with_the_lists(account: Account, alice: User, everything, wanted):
    for tab in Tab:
        listed = {one.pk for one in dialogue_list(account, wanted(tab))}
        assert listed == {one.pk for one in Dialogue.objects.all() if tab in tabs_of(one, alice, NOON)}


def test_the_list_is_narrowed_to_a_label_and_to_a_number(account: Account, wanted):
    urgent = Label.objects.create(account=account, name="Pilne")
    dialogue(account, "1").labels.add(urgent)
    dialogue(account, "2", number=number(account, "48664200301"))
    assert numbers(dialogue_list(account, wanted("all", label_id=urgent.pk))) == ["1"]
    assert numbers(dialogue_list(account, wanted("all", number_id=Number.objects.get(digits="48664200301").pk))) == ["2"]


@pytest.mark.parametrize("search", ["pilne", "PILNE", "Pil"])
def test_search_finds_labels(account: Account, wanted, search: str):
    dialogue(account, "1").labels.add(Label.objects.create(account=account, name="Pilne"))
    dialogue(account, "2")
    assert numbers(dialogue_list(account, wanted("all", search=search))) == ["1"]


@pytest.mark.parametrize("search", ["tulipany", "Tulipany", "12 odmian"])
def test_search_finds_what_was_said_earlier_by_either_side(account: Account, wanted, search: str):
    conversation = dialogue(account, "48601000001")
    received(conversation, "Macie tulipany?")
    sent(conversation, "Tak, 12 odmian", minutes=1)
    received(conversation, "Dziękuję", minutes=2)
    received(dialogue(account, "48601000002"), "Róże")
    assert numbers(dialogue_list(account, wanted("all", search=search))) == ["48601000001"]


def test_search_looks_through_the_newest_messages_only(account: Account, wanted, monkeypatch):
    monkeypatch.setattr(queries, "SEARCHED", 2)
    conversation = dialogue(account)
    for text in ("Pierwsza", "Druga", "Trzecia", "Ostatnia"):
        received(conversation, text)
    assert dialogue_list(account, wanted("all", search="Pierwsza")) == []
    assert dialogue_list(account, wanted("all", search="Trzecia")) == [conversation]


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("łukasz", True),
        ("ŁUKASZ", True),
        ("Łukasz Żak", True),
        ("żak", True),
        ("+48 604 218", True),
        ("604-218-377", True),
        ("ogro", True),
        ("RÓŻE", True),
        ("róże", True),
        ("Anna", False),
        ("999", False),
    ],
)
def test_search(account: Account, wanted, search: str, is_found: bool):
    conversation = dialogue(account, "48604218377", "Łukasz Żak", last_text="Czy są RÓŻE?")
    word = Keyword.objects.create(account=account, number=conversation.number, word="OGRODNIK", tokens="ogrodnik", folded="ogrodnik")
    Dialogue.objects.update(last_keyword_id=word.pk)
    assert bool(dialogue_list(account, wanted(search=search))) is is_found


def test_the_keyword_last_matched_comes_with_the_row(account: Account, wanted):
    conversation = dialogue(account)
    word = Keyword.objects.create(account=account, number=conversation.number, word="OGRODNIK", tokens="ogrodnik", folded="ogrodnik")
    Dialogue.objects.update(last_keyword_id=word.pk)
    assert dialogue_list(account, wanted())[0].keyword_word == "OGRODNIK"
    assert get_dialogue_for(account, conversation.pk).keyword_word == "OGRODNIK"


def test_another_account_has_nothing_of_it(account: Account, wanted):
    conversation = dialogue(account, unread_count=1)
    stranger = create_account("Klinika Zdrowie")
    assert dialogue_list(stranger, wanted("all", search="604")) == []
    assert unread_count(stranger) == 0
    with pytest.raises(Dialogue.DoesNotExist):
        get_dialogue_for(stranger, conversation.pk)


def test_thread_joins_both_directions_by_id_and_pages_backwards(account: Account):
    conversation = dialogue(account)
    made = [received(conversation, str(index)) if index % 3 else sent(conversation, str(index)) for index in range(10)]
    assert [item.text for item in thread(conversation)] == [str(index) for index in range(10)]
    assert [item.text for item in thread(conversation, limit=4)] == ["6", "7", "8", "9"]
    assert [item.text for item in thread(conversation, before_id=made[6].pk, limit=4)] == ["2", "3", "4", "5"]


def test_last_received_ignores_what_was_sent(account: Account):
    conversation = dialogue(account)
    assert last_received(conversation) is None
    message = received(conversation, "Halo")
    sent(conversation, "Słucham")
    assert last_received(conversation) == message


def test_newest_is_newest_within_its_account(account: Account):
    older, newer = dialogue(account, "1"), dialogue(account, "2", minutes=5)
    dialogue(create_account("Klinika Zdrowie"), "3", minutes=9, number=older.number)
    assert is_newest(newer)
    assert not is_newest(older)


@pytest.mark.parametrize(("later", "is_sole"), [(timedelta(days=6), True), (timedelta(days=8), False)])
def test_who_alone_wrote_to_a_phone_lately_would_get_its_next_text(account: Account, later: timedelta, is_sole: bool):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    sent(dialogue(account, number=shared), "Hello")
    assert sole_writer(shared, "48604218377", NOON + later) == (account.pk if is_sole else None)
    assert sole_writer(shared, "48604218378", NOON) is None


def test_of_two_who_wrote_to_a_phone_neither_would_get_its_next_text(account: Account):
    shared = number(None, "48503340503", NumberKind.SHARED_LONG)
    for writer in (account, create_account("Klinika Zdrowie")):
        sent(dialogue(writer, number=shared), "Hello")
    assert sole_writer(shared, "48604218377", NOON) is None
