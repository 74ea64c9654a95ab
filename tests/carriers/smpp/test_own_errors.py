"""Errors an operator wrote down for one carrier."""

import pytest

from recado.carriers.smpp.own_errors import read_own_errors
from recado.carriers.smpp.receipts import ERROR_WORDS, ERRORS, STATES, meaning_of
from recado.core.receipt import OutboundState, UndeliveredReason

UNDELIVERED, REASON = OutboundState.UNDELIVERED, UndeliveredReason
OWN = read_own_errors("0x04=wrong_number, 27 = Limit_Exhausted;no-such-user=lock_send\n 0=wrong_message")


@pytest.mark.parametrize(
    ("error", "is_network_error", "reason"),
    [
        ("04", False, REASON.WRONG_NUMBER),
        ("0x4", False, REASON.WRONG_NUMBER),
        ("004", True, REASON.WRONG_NUMBER),
        ("027", False, REASON.LIMIT_EXHAUSTED),
        ("0x27", False, REASON.LIMIT_EXHAUSTED),
        ("027", True, REASON.LIMIT_EXHAUSTED),
        ("039", True, REASON.OTHER_ERROR),  # 0x27, but the operator wrote decimal digits
        ("No_Such_User", False, REASON.LOCK_SEND),
        ("000", False, REASON.WRONG_MESSAGE),
        ("", False, REASON.OTHER_ERROR),
        ("001", False, REASON.WRONG_NUMBER),  # nobody said otherwise, so it is the network's
        ("0C4", False, REASON.NUMBER_IS_BLACKLISTED),
        ("196", True, REASON.NUMBER_IS_BLACKLISTED),
    ],
)
def test_what_the_operator_wrote_goes_before_the_tables(error, is_network_error, reason):
    assert meaning_of("UNDELIV", error, OWN, is_network_error=is_network_error) == (UNDELIVERED, reason)


@pytest.mark.parametrize("word", [word for word, (state, _) in STATES.items() if state is not UNDELIVERED])
def test_an_error_says_nothing_about_what_is_not_undelivered(word):
    assert meaning_of(word, "027", OWN) == STATES[word]


@pytest.mark.parametrize("word", [word for word, (_, reason) in STATES.items() if reason not in {None, REASON.OTHER_ERROR}])
def test_a_state_that_says_why_is_not_made_vaguer_by_the_networks_error(word):
    assert meaning_of(word, "001") == STATES[word]
    assert meaning_of(word, "4", OWN) == (UNDELIVERED, REASON.WRONG_NUMBER)


def test_nothing_written_means_nothing():
    assert not read_own_errors(" , ;\n")


def test_each_error_of_the_tables_is_found_by_its_number_and_its_word():
    for number, reason in ERRORS.items():
        assert meaning_of("UNDELIV", f"0x{number:X}")[1] is reason
        assert meaning_of("UNDELIV", f"{number:03d}", is_network_error=True)[1] is reason
    for word, reason in ERROR_WORDS.items():
        assert meaning_of("UNDELIV", word.lower().replace("_", "-"))[1] is reason
