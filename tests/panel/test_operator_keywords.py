"""The operator's register of words on shared numbers: finding, history, look-alikes, disputes, blocked words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from recado.apps.accounts.models import OperatorRole, User
from recado.apps.audit.models import AuditEntry
from recado.apps.keywords.blocked import block_word
from recado.apps.keywords.models import BlockedWord, Keyword, Spelling
from recado.apps.keywords.registry import Life, in_life, life_of
from recado.apps.keywords.services import end_keyword, pause_keyword, reserve_keyword
from recado.apps.keywords.synonyms import add_synonym
from recado.apps.notifications.models import Notification
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind
from recado.panel.notification_words import sentence

PAGE, BLOCKED = "/operator/keywords/", "/operator/keywords/blocked/"
DAY = timedelta(days=1)


def operator(role):
    client = Client()
    client.force_login(User.objects.create_user(f"{role}@example.com", "a long password", operator_role=role))
    return client


@pytest.fixture
def olga(settings, db) -> Client:
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    return operator(OperatorRole.SUPPORT)


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def stranger(charlie):
    return charlie.memberships.get().account


def spelling(word):
    return Spelling.objects.get(word=word)


@pytest.fixture
def five_lives(account, shared):
    now = timezone.now()
    reserve_keyword(account, shared, "LIVE")
    reserve_keyword(account, shared, "HELD", starts_at=now + DAY)
    pause_keyword(reserve_keyword(account, shared, "PAUSED"))
    end_keyword(reserve_keyword(account, shared, "QUARANTINE"))
    Spelling.objects.filter(pk=reserve_keyword(account, shared, "OVER").spellings.get().pk).update(
        starts_at=now - 200 * DAY, ends_at=now - 100 * DAY, kept_until=now - 10 * DAY
    )


@pytest.mark.parametrize("life", Life)
def test_each_life_has_its_filter(olga, five_lives, shared, life):
    now = timezone.now()
    assert [one.word for one in Spelling.objects.filter(in_life(life, now))] == [life.value.upper()]
    assert life_of(spelling(life.value.upper()), now) is life
    page = olga.get(f"{PAGE}?state={life.value}").content.decode()
    assert [word for word in ("LIVE", "HELD", "PAUSED", "QUARANTINE", "OVER") if f">{word}</a>" in page] == [life.value.upper()]


@pytest.mark.parametrize(("query", "count"), [("q=ogr", 2), ("q=Kwiac", 1), ("q=none", 0), ("", 2), ("state=nonsense", 2)])
def test_words_are_found_by_a_piece_of_word_or_customer(olga, account, stranger, shared, query, count):
    reserve_keyword(account, shared, "OGRODNIK")
    reserve_keyword(stranger, shared, "OGRÓD")
    assert olga.get(f"{PAGE}?number={shared.pk}&{query}").content.decode().count("c-table__main") == count


def test_without_shared_numbers_the_page_says_so(olga):
    assert "No shared numbers yet" in olga.get(PAGE).content.decode()


def test_words_that_others_begin_with_are_warned_about(olga, account, stranger, shared):
    reserve_keyword(account, shared, "OGRODNIK")
    reserve_keyword(stranger, shared, "OGROD")
    assert f"OGROD · {stranger.name}" in olga.get(PAGE).content.decode()
    assert f"OGRODNIK · {account.name}" in olga.get(f"{PAGE}{spelling('OGROD').pk}/").content.decode()


def test_ones_own_words_are_not_warned_about(olga, account, shared):
    reserve_keyword(account, shared, "OGRODNIK")
    reserve_keyword(account, shared, "OGROD")
    assert "c-chip--warn" not in olga.get(PAGE).content.decode()


def test_a_word_shows_who_had_it_and_who_will(olga, account, stranger, shared):
    first = reserve_keyword(stranger, shared, "GWIAZDKA", ends_at=timezone.now() + DAY)
    add_synonym(first, "CHOINKA")
    reserve_keyword(account, shared, "GWIAZDKA", starts_at=timezone.now() + 200 * DAY)
    page = olga.get(f"{PAGE}{first.spellings.get(is_main=True).pk}/").content.decode()
    assert page.count("open end") == 1
    assert all(said in page for said in (stranger.name, account.name, "CHOINKA", "kept until"))


def test_words_of_own_numbers_are_not_in_the_register(olga, account):
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    word = reserve_keyword(account, own, "GARDENER").spellings.get()
    assert olga.get(f"{PAGE}{word.pk}/").status_code == 404


def test_a_dispute_ends_a_reservation_with_a_reason_the_customer_reads(olga, account, alice, shared):
    reserve_keyword(account, shared, "GARDENER")
    address = f"{PAGE}{spelling('GARDENER').pk}/end/"
    assert olga.post(address, {}).status_code == 422
    page = olga.post(address, {"reason": "Trade mark of Gardener Ltd.", "is_blocked": "on"}, follow=True).content.decode()
    assert "GARDENER is not a keyword of" in page
    assert Keyword.objects.get().state == Keyword.State.QUARANTINE
    entry = AuditEntry.objects.get(action="keyword.ended_by_operator")
    assert (entry.account, entry.is_operator, entry.after["reason"]) == (account, True, "Trade mark of Gardener Ltd.")
    assert BlockedWord.objects.get().word == "GARDENER"
    told = Notification.objects.get(kind="keyword.taken_away")
    assert (told.account, sentence(told)) == (account, "The operator ended your keyword GARDENER: Trade mark of Gardener Ltd.")
    assert "is over already" in olga.post(address, {"reason": "again"}, follow=True).content.decode()


def test_ending_another_spelling_leaves_the_keyword(olga, account, shared):
    keyword = reserve_keyword(account, shared, "GARDENER")
    add_synonym(keyword, "OGRODNIK")
    olga.post(f"{PAGE}{spelling('OGRODNIK').pk}/end/", {"reason": "Dispute"})
    keyword.refresh_from_db()
    assert (keyword.state, keyword.spellings.count()) == (Keyword.State.LIVE, 1)


def test_a_word_is_blocked_and_unblocked_with_undo(olga, account, shared):
    reserve_keyword(account, shared, "POLICJA")
    page = olga.post(BLOCKED, {"word": "Policja", "reason": "An authority"}, follow=True).content.decode()
    assert "Policja is blocked on all shared numbers." in page
    assert f"503 340 503</span> · {account.name}" in page
    assert olga.post(BLOCKED, {"word": "POLICJA", "reason": "again"}).status_code == 422
    page = olga.post(f"{BLOCKED}{BlockedWord.objects.get().pk}/remove/", follow=True).content.decode()
    assert "Policja can be reserved again." in page
    assert 'name="reason" value="An authority"' in page
    assert [entry.action for entry in AuditEntry.objects.order_by("id")] == ["keyword.blocked", "keyword.unblocked"]


def test_auditors_read_and_change_nothing(olga):
    block_word("POLICJA", "An authority")
    auditor = operator(OperatorRole.AUDITOR)
    assert "Block a word" not in auditor.get(BLOCKED).content.decode()
    assert auditor.post(BLOCKED, {"word": "STRAZ", "reason": "x"}).status_code == 403
    assert BlockedWord.objects.count() == 1
