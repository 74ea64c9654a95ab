"""Asking back in dry runs: they say what would be asked, and a phone that was asked is known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.keywords.dry_run import owner_of, would_do, would_happen
from recado.apps.keywords.models import OpenQuestion
from recado.apps.keywords.services import RuleContent, edit_keyword, reserve_keyword
from recado.core.action import AskBack, CloseQuestion, SendReply
from recado.core.trail import TrailStep

PHONE = "48604218377"
ASKED = (AskBack, SendReply)


@pytest.fixture
def keyword(alice, shared):
    return reserve_keyword(alice, shared, "GARDENER", RuleContent(reply="Hello"), asks_back=True)


def kinds(decision):
    return tuple(type(action) for action in decision.actions)


@pytest.mark.parametrize("text", ["gardner", "GRADENER", "gardeners", "gardenet"])
def test_a_dry_run_says_that_it_would_be_asked_about(alice, shared, keyword, text):
    now = timezone.now()
    assert kinds(would_happen(shared.digits, PHONE, text, now)) == ASKED
    own = would_do(alice, shared, PHONE, text, now)
    assert kinds(own) == ASKED
    assert own.trail[-2].step is TrailStep.ASKED_BACK


def test_another_account_does_not_learn_who_would_ask(charlie, shared, keyword):
    assert kinds(would_do(charlie, shared, PHONE, "gardner", timezone.now())) == ()


def test_short_neighbours_keep_from_asking_in_a_dry_run_too(alice, own):
    reserve_keyword(alice, own, "ROSES", RuleContent(reply="Hello"), asks_back=True)
    assert kinds(would_happen(own.digits, PHONE, "rses", timezone.now())) == ASKED
    reserve_keyword(alice, own, "RSEX", RuleContent(reply="Hello"))
    assert kinds(would_happen(own.digits, PHONE, "rses", timezone.now())) == ()


def test_switched_off_nothing_would_be_asked(shared, keyword):
    edit_keyword(keyword, "GARDENER", RuleContent(reply="Hello"))
    assert kinds(would_happen(shared.digits, PHONE, "gardner", timezone.now())) == ()


def test_a_dry_run_knows_what_a_phone_was_asked(alice, shared, keyword):
    now = timezone.now()
    asked = {"keyword_id": keyword.pk, "message_id": 5, "text": "gardner", "asked_at": now - timedelta(hours=1)}
    OpenQuestion.objects.create(id=1, account=alice, number=shared, msisdn=PHONE, **asked)
    assert kinds(would_happen(shared.digits, PHONE, "yes", now)) == (CloseQuestion, SendReply)
    assert kinds(would_happen(shared.digits, PHONE, "gardner", now)) == ()
    assert kinds(would_happen(shared.digits, "48604218378", "yes", now)) == ()
    assert owner_of(shared, PHONE, "yes", now) is None
    assert owner_of(shared, PHONE, "yes", now, with_questions=True) == alice.pk
    assert owner_of(shared, "48604218378", "gardner", now, with_questions=True) == alice.pk
