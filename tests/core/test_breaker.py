"""Whether an automatic text may be sent: senders that are never answered, loops, costs, trips in force and lifted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.action import Charge, SendReply, TripReason
from recado.core.breaker import (
    ANSWERS_WITHIN,
    ECHO_WITHIN,
    IDENTICAL_WITHIN,
    MOST_ANSWERS,
    MOST_IDENTICAL,
    STANDARD_CEILING,
    STOPPED_FOR,
    SURVEY_CEILING,
    Candidate,
    Day,
    Past,
    Refusal,
    Sent,
    Trip,
    as_echoed,
    judge,
)
from recado.core.condition import Clock
from recado.core.message import Encoding, InboundMessage
from recado.core.profile import Profile
from recado.core.trail import SkipReason

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PHONE, OURS, ACCOUNT = "48501222333", "48503340503", 7
MESSAGE = InboundMessage(1, 1, PHONE, OURS, "GARDENER", Encoding.GSM7, NOW)
RULE = Candidate(SendReply("Welcome."), ACCOUNT, 3)
RESPONDER = Candidate(SendReply("We are closed.", autoresponder_id=4), ACCOUNT, None)
CONFIRMATION = Candidate(SendReply("No more messages.", is_direct=True), ACCOUNT, None, confirms_opt_out=True)
WARSAW = Profile(clock=Clock(ZoneInfo("Europe/Warsaw")))


def sent(text: str = "Other", ago: timedelta = timedelta(minutes=1), account: int | None = ACCOUNT, *, automatic: bool = True) -> Sent:
    return Sent(account, text, NOW - ago, automatic)


def many(count: int, text: str = "Text {}", ago: timedelta = timedelta(minutes=1), account: int | None = ACCOUNT) -> tuple[Sent, ...]:
    return tuple(sent(text.format(index), ago, account) for index in range(count))


def tripped(past: Past, candidate: Candidate = RULE, message: InboundMessage = MESSAGE, profile: Profile = WARSAW) -> TripReason | None:
    found = judge(candidate, message, past, NOW, profile)
    return found.trip.reason if isinstance(found, Refusal) and found.trip is not None else None


def refused(past: Past, candidate: Candidate = RULE, message: InboundMessage = MESSAGE) -> SkipReason | None:
    found = judge(candidate, message, past, NOW, WARSAW)
    return found.reason if isinstance(found, Refusal) else None


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        (OURS, SkipReason.OWN_NUMBER),
        ("4301", SkipReason.SHORT_CODE),
        ("484301", SkipReason.SHORT_CODE),
        ("INFO", SkipReason.NO_PHONE),
        ("Play24", SkipReason.NO_PHONE),
        ("", SkipReason.NO_PHONE),
        ("٤٨٥٠١٢٢٢٣٣٣", SkipReason.NO_PHONE),
        (PHONE, None),
    ],
)
@pytest.mark.parametrize("candidate", [RULE, RESPONDER, CONFIRMATION])
def test_machines_that_cannot_be_answered_are_not(sender: str, reason: SkipReason | None, candidate: Candidate):
    found = judge(candidate, replace(MESSAGE, sender=sender), Past({OURS}), NOW, WARSAW)
    assert (found.reason if isinstance(found, Refusal) else None) is reason
    assert not isinstance(found, Refusal) or found.trip is None


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (many(MOST_ANSWERS - 1), None),
        (many(MOST_ANSWERS), TripReason.TOO_MANY),
        (many(MOST_ANSWERS, ago=ANSWERS_WITHIN), None),
        (many(MOST_ANSWERS, account=8), None),
        (many(MOST_ANSWERS, account=None), None),
        (tuple(replace(one, is_automatic=False) for one in many(MOST_ANSWERS)), None),
        (many(MOST_IDENTICAL - 1, "Welcome.", timedelta(minutes=30)), None),
        (many(MOST_IDENTICAL, "Welcome.", timedelta(minutes=30)), TripReason.IDENTICAL),
        (many(MOST_IDENTICAL, "Welcome.", IDENTICAL_WITHIN), None),
        (many(MOST_IDENTICAL, "Welcome.", timedelta(minutes=30), account=8), None),
    ],
)
def test_answers_to_a_phone_are_counted(before: tuple[Sent, ...], reason: TripReason | None):
    assert tripped(Past(sent=before)) is reason


ECHO = "We are open from nine."


@pytest.mark.parametrize(
    ("text", "past", "reason"),
    [
        (ECHO, Past(sent=(sent(ECHO, automatic=False),)), TripReason.ECHO),
        (ECHO, Past(sent=(sent(ECHO, account=8),)), TripReason.ECHO),
        (f" {ECHO.upper()}\n", Past(sent=(sent(ECHO),)), TripReason.ECHO),
        (ECHO, Past(sent=(sent(ECHO, ECHO_WITHIN),)), None),
        (ECHO, Past(texts={ACCOUNT: {as_echoed(ECHO)}}), TripReason.ECHO),
        (ECHO, Past(texts={8: {as_echoed(ECHO)}}), None),
        (f"{ECHO} Really?", Past(sent=(sent(ECHO),)), None),
        ("Thank you", Past(sent=(sent("Thank you"),)), None),
        ("automatic reply: gone", Past(), TripReason.AUTOMATIC),
        (ECHO, Past(), None),
    ],
)
def test_echoes_and_machines_are_recognised_by_what_they_say(text: str, past: Past, reason: TripReason | None):
    assert tripped(past, message=replace(MESSAGE, text=text)) is reason


def test_a_trip_holds_for_a_day_for_its_rule_and_phone_alone():
    found = judge(RULE, MESSAGE, Past(sent=many(MOST_ANSWERS)), NOW, WARSAW)
    assert isinstance(found, Refusal)
    assert found.trip is not None
    assert (found.trip.account_id, found.trip.rule_id, found.trip.autoresponder_id) == (ACCOUNT, 3, None)
    assert found.trip.until == NOW + STOPPED_FOR
    trip = Trip(ACCOUNT, (3, None), found.trip.until)
    assert refused(Past(trips=(trip,))) is SkipReason.BREAKER
    assert refused(Past(trips=(replace(trip, until=NOW),))) is None
    assert refused(Past(trips=(trip,)), RESPONDER) is None
    assert refused(Past(trips=(replace(trip, account_id=8),))) is None


def test_while_a_trip_is_in_force_no_other_is_noted():
    assert tripped(Past(sent=many(MOST_ANSWERS), trips=(Trip(ACCOUNT, (3, None), NOW + STOPPED_FOR),))) is None


def test_who_lifts_a_trip_begins_to_count_anew():
    lifted = Trip(ACCOUNT, (3, None), NOW + STOPPED_FOR, lifted_at=NOW - timedelta(seconds=30))
    before = many(MOST_ANSWERS, ago=timedelta(minutes=1))
    assert refused(Past(sent=before, trips=(lifted,))) is None
    assert tripped(Past(sent=(*before, *many(MOST_ANSWERS, ago=timedelta(seconds=1))), trips=(lifted,))) is TripReason.TOO_MANY


def test_the_confirmation_of_an_opt_out_is_withheld_for_no_limit_but_the_same_text_again_and_again():
    trip = Trip(ACCOUNT, (None, None), NOW + STOPPED_FOR)
    busy = Past(sent=many(MOST_ANSWERS), trips=(trip,), texts={ACCOUNT: {as_echoed(ECHO)}})
    assert refused(busy, CONFIRMATION, replace(MESSAGE, text=ECHO)) is None
    assert tripped(Past(sent=many(MOST_IDENTICAL, CONFIRMATION.reply.text)), CONFIRMATION) is TripReason.IDENTICAL


# --- money ---


def test_a_text_costs_its_segments_at_the_price_of_the_account():
    past = Past(count_segments=lambda _text: 3)
    assert judge(RULE, MESSAGE, past, NOW, WARSAW) == Charge(3, 27, ("rule", 3), "2026-11-22")
    assert judge(RESPONDER, MESSAGE, past, NOW, WARSAW) == Charge(3, 27, ("autoresponder", 4), "2026-11-22")
    assert judge(CONFIRMATION, MESSAGE, past, NOW, WARSAW) == Charge(3, 27, None, "2026-11-22")
    assert judge(replace(RULE, account_id=None), MESSAGE, past, NOW, WARSAW) == Charge(3, 0, ("rule", 3), "2026-11-22")


@pytest.mark.parametrize(
    ("cost", "ceiling", "reason"),
    [
        (STANDARD_CEILING - 9, None, None),
        (STANDARD_CEILING - 8, None, TripReason.CEILING),
        (0, 8, TripReason.CEILING),
        (0, 9, None),
        (0, 0, TripReason.CEILING),
        (STANDARD_CEILING, STANDARD_CEILING + 9, None),
    ],
)
def test_no_answer_goes_beyond_the_ceiling_of_the_day(cost: int, ceiling: int | None, reason: TripReason | None):
    past = Past(days={("rule", 3): Day(cost)})
    assert tripped(past, replace(RULE, ceiling=ceiling)) is reason
    assert tripped(past, replace(RESPONDER, ceiling=ceiling)) is (reason if cost == 0 else None)


def test_the_ceiling_holds_for_everybody_until_the_day_of_the_account_ends():
    found = judge(RULE, MESSAGE, Past(days={("rule", 3): Day(STANDARD_CEILING)}), NOW, WARSAW)
    assert isinstance(found, Refusal)
    assert found.trip is not None
    assert found.trip.until == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert found.trip.charge == Charge(0, 0, ("rule", 3), "2026-11-22", STANDARD_CEILING)
    again = judge(RULE, MESSAGE, Past(days={("rule", 3): Day(0, STANDARD_CEILING)}), NOW, WARSAW)
    assert again == Refusal(SkipReason.CEILING)


def test_a_higher_ceiling_lets_answers_go_on():
    past = Past(days={("rule", 3): Day(100, stopped_ceiling=100)})
    assert refused(past, replace(RULE, ceiling=100)) is SkipReason.CEILING
    assert refused(past, replace(RULE, ceiling=200)) is None


def test_a_test_costs_nothing_and_is_stopped_where_real_answers_are():
    test = replace(MESSAGE, is_test=True)
    assert judge(RULE, test, Past(days={("rule", 3): Day(STANDARD_CEILING)}), NOW, WARSAW) == Charge(1, 0, None, "2026-11-22")
    assert refused(Past(days={("rule", 3): Day(0, STANDARD_CEILING)}), message=test) is SkipReason.CEILING
    assert refused(Past(sent=many(MOST_ANSWERS)), message=test) is SkipReason.BREAKER


# --- whatever is asked in whatever order ---

TEXTS = st.sampled_from(["Welcome.", "We are closed.", "Third"])


@given(st.lists(st.tuples(st.integers(0, 4000), TEXTS, st.integers(1, 2)), max_size=60))
def test_whoever_writes_however_often_gets_no_more_than_the_limits(arrivals: list[tuple[int, str, int]]):
    went: list[Sent] = []
    trips: list[Trip] = []
    for seconds, text, rule in sorted(arrivals):
        at = NOW + timedelta(seconds=seconds)
        found = judge(Candidate(SendReply(text), ACCOUNT, rule), MESSAGE, Past(sent=went, trips=trips), at, WARSAW)
        if isinstance(found, Charge):
            went.append(Sent(ACCOUNT, text, at, is_automatic=True))
        elif found.trip is not None:
            trips.append(Trip(ACCOUNT, (rule, None), found.trip.until))
    for one in went:
        window = [each for each in went if one.at - ANSWERS_WITHIN < each.at <= one.at]
        assert len(window) <= MOST_ANSWERS
        assert sum(each.text == one.text for each in went if one.at - IDENTICAL_WITHIN < each.at <= one.at) <= MOST_IDENTICAL
    assert len({trip.of for trip in trips}) == len(trips)


@given(st.lists(st.integers(1, 6), max_size=40), st.integers(0, 200))
def test_the_answers_of_a_day_never_cost_more_than_the_ceiling(lengths: list[int], ceiling: int):
    day = Day()
    stops = 0
    for length in lengths:
        past = Past(days={("rule", 3): day}, count_segments=lambda _text, length=length: length)
        found = judge(replace(RULE, ceiling=ceiling), MESSAGE, past, NOW, WARSAW)
        charge = found if isinstance(found, Charge) else found.trip.charge if found.trip else None
        if charge is not None:
            stops += charge.stopped_ceiling is not None
            day = Day(day.cost + charge.cost, day.stopped_ceiling if charge.stopped_ceiling is None else charge.stopped_ceiling)
    assert day.cost <= ceiling
    assert stops <= 1


SURVEY = Candidate(SendReply("How many?", survey_id=9), ACCOUNT, None)


def test_a_surveys_questions_are_bounded_by_the_survey_and_use_up_nothing_of_others() -> None:
    asked = tuple(replace(one, is_of_survey=True) for one in many(MOST_ANSWERS * 2, "How many?"))
    stopped = Trip(ACCOUNT, (None, None), NOW + timedelta(hours=1))
    assert refused(Past(sent=(*asked, *many(MOST_ANSWERS * 2, "How many?")), trips=(stopped,)), SURVEY) is None
    assert refused(Past(sent=asked)) is None
    assert refused(Past(sent=tuple(replace(one, text="Welcome.") for one in asked))) is None


@pytest.mark.parametrize(
    ("message", "past", "reason"),
    [
        (replace(MESSAGE, sender=OURS), Past(own_numbers={OURS}), SkipReason.OWN_NUMBER),
        (replace(MESSAGE, text="Out of office: I am back on Monday."), Past(), SkipReason.BREAKER),
        (replace(MESSAGE, text="How many roses do you want?"), Past(texts={ACCOUNT: {"how many roses do you want?"}}), SkipReason.BREAKER),
        (MESSAGE, Past(credit={ACCOUNT: 8}), SkipReason.NO_CREDIT),
        (MESSAGE, Past(days={("survey", 9): Day(SURVEY_CEILING)}), SkipReason.CEILING),
    ],
)
def test_everything_else_holds_for_surveys_and_notes_no_trip_for_a_phone(message: InboundMessage, past: Past, reason: SkipReason) -> None:
    assert refused(past, SURVEY, message) is reason
    assert tripped(past, SURVEY, message) in {None, TripReason.CEILING}


def test_a_survey_is_charged_under_its_own_name() -> None:
    charge = judge(SURVEY, MESSAGE, Past(days={("survey", 9): Day(STANDARD_CEILING * 2)}), NOW, WARSAW)
    assert isinstance(charge, Charge)
    assert (charge.source, charge.cost) == (("survey", 9), 9)
