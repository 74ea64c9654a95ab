"""What a carrier's answers mean for an outgoing text."""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.carriers.smpp.errors import VERDICTS, describe_status
from recado.core.receipt import UndeliveredReason, UnsentReason
from recado.core.submit import Opening, OutboundText, SegmentAccepted, SegmentRefused
from recado.delivery.mt import Refused, Sent, TryLater, Uncertain, Unsent, judge, judge_before, reason_of, submit

pytestmark = pytest.mark.anyio
TEXT = OutboundText(5, "48503340503", "48501222333", "Thanks")
TAKEN = SegmentAccepted("a1")
LATER = SegmentRefused("ESME_RTHROTTLED (0x00000058)", permanent=False)
NEVER = SegmentRefused("ESME_RINVDSTADR (0x0000000B)", permanent=True)
UNSURE = SegmentRefused("timeout", permanent=False, uncertain=True)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((TAKEN,), Sent(("a1",))),
        ((TAKEN, SegmentAccepted("a2")), Sent(("a1", "a2"))),
        ((LATER,), TryLater(LATER.error)),
        ((NEVER,), Refused(UndeliveredReason.WRONG_NUMBER, NEVER.error)),
        ((UNSURE,), Uncertain("no answer (timeout)")),
        ((TAKEN, UNSURE), Uncertain("no answer (timeout)", ("a1",))),
        ((TAKEN, LATER), Refused(UndeliveredReason.OPERATOR_ERROR, f"only 1 segments taken, then {LATER.error}", ("a1",))),
        ((TAKEN, NEVER), Refused(UndeliveredReason.WRONG_NUMBER, f"only 1 segments taken, then {NEVER.error}", ("a1",))),
        ((), Refused(UndeliveredReason.MESSAGE_REJECTED, "there was nothing to send")),
    ],
)
def test_answers_become_a_verdict(outcomes, verdict):
    assert judge(outcomes) == verdict


def test_nothing_is_tried_again_once_anything_may_have_been_sent():
    possible = (TAKEN, LATER, NEVER, UNSURE)
    for length in (1, 2, 3):
        for outcomes in itertools.product(possible, repeat=length):
            if isinstance(judge(outcomes), TryLater):
                assert TAKEN not in outcomes
                assert outcomes[0] == LATER


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("ESME_RINVDSTADR (0x0000000B)", UndeliveredReason.WRONG_NUMBER),
        ("ESME_RINVDSTTON (0x00000050)", UndeliveredReason.UNSUPPORTED_NUMBER),
        ("ESME_RINVEXPIRY (0x00000062)", UndeliveredReason.MESSAGE_EXPIRED),
        ("ESME_RINVSRCADR (0x0000000A)", UndeliveredReason.WRONG_SENDER_NAME),
        ("ESME_RINVMSGLEN (0x00000001)", UndeliveredReason.WRONG_MESSAGE),
        ("ESME_RX_P_APPN (0x00000065)", UndeliveredReason.MESSAGE_REJECTED),
        ("ESME_RSUBMITFAIL (0x00000045)", UndeliveredReason.OPERATOR_ERROR),
        ("link_down", UndeliveredReason.OPERATOR_ERROR),
        ("0x00000400", UndeliveredReason.OTHER_ERROR),
        ("", UndeliveredReason.OTHER_ERROR),
    ],
)
def test_a_carriers_word_becomes_a_reason(error, reason):
    assert reason_of(error) is reason


ABOUT_ANOTHER_REQUEST = (
    "CANCEL",
    "REPLACE",
    "QUERY",
    "NUMDESTS",
    "DLNAME",
    "DESTFLAG",
    "SUBREP",
    "CNTSUBDL",
    "NUMMSGS",
    "INVMSGID",
    "UNKNOWNERR",
)


@pytest.mark.parametrize("status", [each for each in VERDICTS if not any(word in each.name for word in ABOUT_ANOTHER_REQUEST)])
def test_every_status_a_submission_can_be_refused_with_has_a_reason(status):
    assert reason_of(describe_status(status)) is not UndeliveredReason.OTHER_ERROR


class Broken:
    async def submit(self, *_):
        raise ZeroDivisionError


async def test_after_a_fault_of_ours_nobody_knows_whether_it_was_sent():
    assert await submit(Broken(), 1, TEXT) == Uncertain("internal error: ZeroDivisionError")


@dataclass
class Door:
    opened: Opening

    def opening(self, _):
        return self.opened


OPEN, DOWN = Door(Opening(1)), Door(Opening(0, "link_down"))
NO_CONNECTION = Refused(UndeliveredReason.UNSUPPORTED_NUMBER, "the number has no connection to send through")


@pytest.mark.parametrize(
    ("door", "connection_id", "valid_for", "verdict"),
    [
        (OPEN, 1, None, None),
        (OPEN, 1, timedelta(seconds=1), None),
        (OPEN, 1, timedelta(0), Unsent(UnsentReason.TOO_LATE)),
        (DOWN, 1, None, TryLater("link_down")),
        (DOWN, 1, timedelta(0), Unsent(UnsentReason.TOO_LATE)),
        (OPEN, None, None, NO_CONNECTION),
    ],
)
def test_what_cannot_be_handed_over_is_known_before(door, connection_id, valid_for, verdict):
    now = datetime(2026, 3, 1, tzinfo=UTC)
    text = replace(TEXT, valid_until=None if valid_for is None else now + valid_for)
    assert judge_before(door, connection_id, text, now) == verdict
