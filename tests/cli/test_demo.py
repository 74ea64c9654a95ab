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


def test_forwards_of_every_kind_show_what_arrived_what_fails_and_what_waits(ask: Ask):
    assert ask("SELECT kind, COUNT(*) FROM outbox_destination GROUP BY kind ORDER BY 1") == [
        ("email", 1), ("phone", 1), ("url", 2), ("webhook", 2),
    ]  # fmt: skip
    assert ask("SELECT DISTINCT state FROM outbox_job WHERE destination_id IS NOT NULL ORDER BY 1") == [("dead",), ("done",), ("waiting",)]
    assert ask("SELECT name, pause_reason FROM outbox_destination WHERE paused_at IS NOT NULL") == [("Magazyn", "failing")]
    assert ask("SELECT name FROM outbox_destination WHERE failing_since IS NOT NULL AND paused_at IS NULL") == [("Sklep internetowy",)]
    assert ask("SELECT COUNT(*) FROM outbox_attempt WHERE request = ''") == [(0,)]
    assert ask("SELECT DISTINCT state, charge_state FROM outbox_outboundmessage WHERE origin = 'forward'") == [("delivered", "settled")]


def test_what_waits_was_tried_as_often_as_its_log_says(ask: Ask):
    waiting = ask("""
        SELECT j.attempt_count, (SELECT COUNT(*) FROM outbox_attempt a WHERE a.job_id = j.id),
               (SELECT COUNT(*) FROM outbox_heldphone h WHERE h.job_id = j.id)
        FROM outbox_job j WHERE j.state = 'waiting'""")
    assert len(waiting) == 3
    assert all(count == logged > 0 and held == 1 for count, logged, held in waiting)


def test_two_months_are_billed_with_an_invoice_paid_one_overdue_one_corrected(ask: Ask):
    assert ask("SELECT state, COUNT(*) FROM billing_billingrun GROUP BY state") == [("posted", 2)]
    invoices = ask("SELECT account_id, kind, paid_on IS NOT NULL, due_on < issued_on FROM billing_invoice ORDER BY id")
    assert invoices == [(1, "invoice", 1, 0), (2, "invoice", 0, 0), (1, "invoice", 0, 0), (2, "invoice", 0, 0), (1, "correction", 0, 0)]


def test_who_pays_in_advance_has_a_little_left_and_was_told(ask: Ask):
    assert ask("SELECT account_id, balance FROM billing_wallet WHERE floor = 0") == [(3, 65)]
    assert ask("SELECT COUNT(*) FROM billing_transfer WHERE event = 'top_up'") == [(2,)]
    assert ask("SELECT COUNT(*) FROM notifications_notification WHERE kind = 'credit.low'") == [(1,)]


def test_what_the_demo_spent_is_what_it_sent(ask: Ask):
    assert ask("SELECT COUNT(*) FROM outbox_outboundmessage WHERE charge_state = 'reserved'") == [(0,)]
    paid = ask("SELECT SUM(cost) FROM outbox_outboundmessage WHERE charge_state = 'settled'")
    assert ask("SELECT SUM(amount) FROM billing_transfer WHERE event = 'message'") == paid
