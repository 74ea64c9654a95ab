"""Reading the inbox: pages, tabs, search and threads, each for one account only."""

from datetime import timedelta

import pytest

from panel.conversations import NOON, dialogue, number, received, sent
from recado.apps.accounts.models import Account
from recado.apps.accounts.services import create_account
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import (
    PAGE,
    Filters,
    dialogue_list,
    get_dialogue_for,
    is_newest,
    last_received,
    sole_writer,
    thread,
    unread_count,
)
from recado.apps.keywords.models import Keyword
from recado.core.number import NumberKind


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża")


def numbers(found: list[Dialogue]) -> list[str]:
    return [conversation.msisdn for conversation in found]


def test_pages_meet_without_gap_or_repeat_even_at_the_same_moment(account: Account):
    made = [dialogue(account, f"48660000{index:03}") for index in range(PAGE * 2 + 7)]  # all at the same moment
    shown: list[str] = []
    before = None
    while True:
        rows = dialogue_list(account, Filters(before_id=before))
        shown += numbers(rows[:PAGE])
        if len(rows) <= PAGE:
            break
        before = rows[PAGE - 1].pk
    assert shown == [conversation.msisdn for conversation in reversed(made)]


@pytest.mark.parametrize(("tab", "expected"), [("open", ["3", "1"]), ("unread", ["3", "2"]), ("all", ["3", "2", "1"])])
def test_tabs(account: Account, tab: str, expected: list[str]):
    dialogue(account, "1", minutes=1)
    dialogue(account, "2", minutes=2, state="done", unread_count=1)
    dialogue(account, "3", minutes=3, unread_count=2)
    assert numbers(dialogue_list(account, Filters(tab))) == expected
    assert unread_count(account) == 2


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
def test_search(account: Account, search: str, is_found: bool):
    conversation = dialogue(account, "48604218377", "Łukasz Żak", last_text="Czy są RÓŻE?")
    word = Keyword.objects.create(account=account, number=conversation.number, word="OGRODNIK", tokens="ogrodnik", folded="ogrodnik")
    Dialogue.objects.update(last_keyword_id=word.pk)
    assert bool(dialogue_list(account, Filters(search=search))) is is_found


def test_the_keyword_last_matched_comes_with_the_row(account: Account):
    conversation = dialogue(account)
    word = Keyword.objects.create(account=account, number=conversation.number, word="OGRODNIK", tokens="ogrodnik", folded="ogrodnik")
    Dialogue.objects.update(last_keyword_id=word.pk)
    assert dialogue_list(account, Filters())[0].keyword_word == "OGRODNIK"
    assert get_dialogue_for(account, conversation.pk).keyword_word == "OGRODNIK"


def test_another_account_has_nothing_of_it(account: Account):
    conversation = dialogue(account, unread_count=1)
    stranger = create_account("Klinika Zdrowie")
    assert dialogue_list(stranger, Filters("all", search="604")) == []
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
