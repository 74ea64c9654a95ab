"""Whether the reply of a program may become a text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import Charge, Scope, TripReason
from recado.core.breaker import Day, Past, Sent, Trip
from recado.core.message import Encoding, InboundMessage
from recado.core.profile import Profile
from recado.core.sender import SenderState
from recado.core.trail import SkipReason
from recado.core.webhook_reply import Asked, Refused, ReplyFate, judge_reply

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PERSON = "48501222333"
MESSAGE = InboundMessage(7, 3, PERSON, "48503340503", "When do you open?", Encoding.GSM7, NOW)
ASKED = Asked(MESSAGE, 1, 2, 5, None, SenderState(PERSON), Profile(), Past(), is_answered=False, has_number=True)


def sent(count, *, text="Hello"):
    return [Sent(1, text, NOW - timedelta(minutes=one), is_automatic=True) for one in range(count)]


def opted_out(*places):
    return replace(ASKED, sender=SenderState(PERSON, opt_outs=frozenset(places)))


def from_(sender, own_numbers=frozenset()):
    return replace(ASKED, message=replace(MESSAGE, sender=sender), past=Past(own_numbers))


def test_a_reply_costs_what_every_automatic_text_costs_and_counts_for_the_rule():
    assert judge_reply("Hello", ASKED, NOW) == Charge(1, 9, ("rule", 5), "2026-03-01")


def test_a_test_costs_nothing():
    asked = replace(ASKED, message=replace(MESSAGE, is_test=True))
    assert judge_reply("Hello", asked, NOW) == Charge(1, 0, None, "2026-03-01")


@pytest.mark.parametrize(
    ("asked", "fate"),
    [
        (replace(ASKED, is_answered=True), ReplyFate.ANSWERED),
        (replace(ASKED, has_number=False), ReplyFate.NO_NUMBER),
        (replace(ASKED, sender=SenderState(PERSON, is_blocked=True)), ReplyFate.BLOCKED),
        (opted_out((Scope.ACCOUNT, 0)), ReplyFate.OPTED_OUT),
        (opted_out((Scope.NUMBER, 2)), ReplyFate.OPTED_OUT),
        (replace(ASKED, past=Past(count_segments=lambda _: 11)), ReplyFate.TOO_LONG),
        (from_("Bank"), ReplyFate.NO_PHONE),
        (from_("4301"), ReplyFate.SHORT_CODE),
        (from_("48503340503", {"48503340503"}), ReplyFate.OWN_NUMBER),
        (replace(ASKED, past=Past(trips=[Trip(1, (5, None), NOW + timedelta(hours=1))])), ReplyFate.BREAKER),
        (replace(ASKED, past=Past(days={("rule", 5): Day(0, 5000)})), ReplyFate.CEILING),
    ],
)
def test_why_it_is_not_sent(asked, fate):
    assert judge_reply("Hello", asked, NOW) == Refused(fate)


def test_an_opt_out_of_another_number_is_none():
    assert isinstance(judge_reply("Hello", opted_out((Scope.NUMBER, 3)), NOW), Charge)


@pytest.mark.parametrize(
    ("past", "fate", "reason"),
    [
        (Past(sent=sent(3)), ReplyFate.BREAKER, TripReason.IDENTICAL),
        (Past(sent=sent(5, text="Another")), ReplyFate.BREAKER, TripReason.TOO_MANY),
        (Past(days={("rule", 5): Day(4999)}), ReplyFate.CEILING, TripReason.CEILING),
    ],
)
def test_the_breaker_trips_for_the_rule(past, fate, reason):
    found = judge_reply("Hello", replace(ASKED, past=past), NOW)
    assert isinstance(found, Refused)
    assert found.trip is not None
    assert (found.fate, found.trip.reason, found.trip.rule_id, found.trip.account_id) == (fate, reason, 5, 1)


def test_every_reason_of_the_breaker_has_a_word():
    asked_by_judge = {SkipReason.BREAKER, SkipReason.CEILING, SkipReason.OWN_NUMBER, SkipReason.NO_PHONE, SkipReason.SHORT_CODE}
    assert {reason.value for reason in asked_by_judge} < {fate.value for fate in ReplyFate}
