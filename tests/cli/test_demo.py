"""What the demo has to show of keywords: arguments, phrases, leaving, other spellings, hours, an opt-out with its proof, an end."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def ask(loaded_demo: Path) -> Iterator[Ask]:
    """Ask the database of a demo by SQL."""
    with closing(sqlite3.connect(f"file:{loaded_demo / 'recado.sqlite3'}?mode=ro&immutable=1", uri=True)) as con:
        yield lambda statement: con.execute(statement).fetchall()


def test_every_kind_of_keyword_was_used(ask: Ask):
    kinds = ask("SELECT DISTINCT k.kind FROM inbox_message m JOIN keywords_keyword k ON k.id = m.keyword_id ORDER BY 1")
    assert [kind for (kind,) in kinds] == ["base", "exact", "phrase", "removing"]


def test_arguments_and_other_spellings_are_there(ask: Ask):
    assert ("12 tulipanów na sobotę",) in ask("SELECT argument FROM inbox_message WHERE argument <> ''")
    assert ask("SELECT COUNT(*) FROM keywords_spelling WHERE NOT is_main") == [(2,)]
    assert ask("SELECT COUNT(*) FROM inbox_message WHERE trail LIKE '%spelling%'") == [(1,)]


def test_one_rule_holds_at_hours_only(ask: Ask):
    assert ask("SELECT from_time, until_time FROM keywords_rule WHERE from_time IS NOT NULL") == [("18:00:00", "09:00:00")]


def test_somebody_opted_out_with_proof_and_somebody_may_have_meant_to(ask: Ask):
    assert ask("SELECT text FROM contacts_optout WHERE scope = 'account' AND lifted_at IS NULL") == [("STOP, dziękuję",)]
    assert ask("SELECT COUNT(*) FROM contacts_consentrecord WHERE kind = 'opted_out' AND text = 'STOP, dziękuję'") == [(1,)]
    assert ask("SELECT COUNT(*) FROM inbox_message WHERE flag = 'opt_out'") == [(1,)]


def test_a_membership_ends_by_itself(ask: Ask):
    assert ask("SELECT COUNT(*) FROM contacts_groupmembership WHERE ends_at IS NOT NULL") == [(1,)]


def test_nothing_of_the_story_went_to_nobody(ask: Ask):
    assert ask("SELECT text FROM inbox_message WHERE account_id IS NULL AND NOT is_discarded") == []


def test_group_sends_show_a_draft_and_a_finished_one_with_answers(ask: Ask):
    assert ask("SELECT state, is_test FROM campaigns_campaign ORDER BY id") == [("draft", 0), ("sent", 1)]
    assert ask("SELECT COUNT(*) FROM inbox_message WHERE campaign_id IS NOT NULL") == [(2,)]
    assert ask("SELECT COUNT(DISTINCT state) FROM outbox_outboundmessage WHERE campaign_id IS NOT NULL") == [(2,)]
