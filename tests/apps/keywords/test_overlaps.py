"""What the database itself refuses, on both engines, and whether it still does after all migrations."""

import sqlite3
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from recado.apps.keywords.overlaps import trigger_names
from recado.testing.routing import configure, insert

START = datetime(2026, 12, 1, tzinfo=UTC)
REFUSED = (sqlite3.IntegrityError, psycopg.errors.ExclusionViolation)


@pytest.fixture
def spell(connection):
    """Write a spelling; days are counted from START."""
    configured = configure(connection, START)

    def write(account, tokens, begins, kept, *, ends=None, folded=None, kind="exact", is_double=False, number=configured.shared_id):
        days = (begins, ends or kept, kept)
        begin, ends_at, kept_until = (None if day is None else connection.dialect.timestamp(START + timedelta(days=day)) for day in days)
        return insert(
            connection,
            "keywords_spelling",
            keyword_id=configured.keyword_id,
            number_id=number,
            account_id=configured.accounts[account],
            word=tokens,
            tokens=tokens,
            folded=folded or tokens,
            kind=kind,
            is_main=False,
            is_double=is_double,
            starts_at=begin,
            ends_at=ends_at,
            kept_until=kept_until,
        )

    write.other_number = configured.individual_id
    return write


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((0, "rose", 0, 10), (1, "rose", 9, 20), True),
        ((0, "rose", 0, 10), (1, "rose", 10, 20), False),
        ((0, "rose", 10, 20), (1, "rose", 0, 10), False),
        ((0, "rose", 10, 20), (1, "rose", 0, 11), True),
        ((0, "rose", 0, None), (1, "rose", 500, None), True),
        ((0, "rose", 500, None), (1, "rose", 0, 500), False),
        ((0, "rose", 0, 10), (0, "rose", 9, 20), True),
        ((0, "rose", 0, 10), (0, "rose", 10, 20), False),
        ((0, "rose", 0, 10), (1, "rosa", 0, 10), False),
        ((0, "rose", 5, 5), (1, "rose", 0, 10), False),
    ],
)
def test_periods_of_one_word_must_not_meet(spell, first, second, is_refused):
    spell(*first)
    if is_refused:
        with pytest.raises(REFUSED):
            spell(*second)
    else:
        spell(*second)


def test_two_spellings_that_fold_into_one_have_one_owner(spell):
    spell(0, "łaska", 0, None, folded="laska")
    spell(0, "laska", 0, None)
    with pytest.raises(REFUSED):
        spell(1, "łąska", 0, None, folded="laska")


def test_two_owners_from_before_the_constraint_are_left_alone(spell):
    spell(0, "łaska", 0, None, folded="laska")
    spell(1, "laska", 0, None, is_double=True)
    with pytest.raises(REFUSED):
        spell(1, "laska", 0, None, kind="base")


def test_its_owner_may_reserve_a_word_that_rests_and_nobody_else(spell):
    spell(0, "rose", 0, 100, ends=10)
    spell(0, "rose", 10, 200)
    with pytest.raises(REFUSED):
        spell(1, "rose", 199, None)


def test_another_number_and_another_kind_are_other_words(spell):
    spell(0, "rose", 0, None)
    spell(0, "rose", 0, None, kind="base")
    spell(1, "rose", 0, None, number=spell.other_number)


def test_a_period_cannot_be_moved_onto_anothers(spell, connection):
    spell(0, "rose", 0, 10)
    moved = spell(1, "rose", 10, 20)
    with pytest.raises(REFUSED):
        connection.execute("UPDATE keywords_spelling SET starts_at = ? WHERE id = ?", (connection.dialect.timestamp(START), moved))


def test_the_triggers_outlive_all_migrations(sqlite_database):
    """A migration that altered the table without adding them again would have lost them."""
    with sqlite3.connect(sqlite_database.name) as con:
        assert trigger_names() <= {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
