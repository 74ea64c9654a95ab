"""One attempt to hand an outgoing text to a carrier, and what the answers mean for the message.

A text is never handed over twice on a guess: after an uncertain answer, or once one of its segments was taken, it is not tried
again. What does not belong here: links and windows (`gateway`), when to try again (`core.retry`), rows (`store.handed_over`).
Product: product.md §9; statuses: SMPP 3.4 §5.1.3.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from recado.core.receipt import UndeliveredReason, UnsentReason
from recado.core.submit import OutboundText, SegmentAccepted, SegmentRefused, SubmitOutcome, Submitter

log = structlog.get_logger(__name__)

REASONS = (
    (UndeliveredReason.WRONG_NUMBER, ("ESME_RINVDSTADR", "mm7_2002", "mm7_2003")),
    (UndeliveredReason.UNSUPPORTED_NUMBER, ("ESME_RINVDSTTON", "ESME_RINVDSTNPI", "no_mms", "no_sms")),
    (UndeliveredReason.WRONG_SENDER_NAME, ("ESME_RINVSRCADR", "ESME_RINVSRCTON", "ESME_RINVSRCNPI")),
    (UndeliveredReason.WRONG_MESSAGE, ("ESME_RINVMSGLEN", "ESME_RINVESMCLASS", "mm7_2004", "mm7_2007", "http_413", "no_file")),
    (UndeliveredReason.MESSAGE_EXPIRED, ("ESME_RINVEXPIRY", "ESME_RINVSCHED")),
    (
        UndeliveredReason.NO_PERMISSION,
        ("ESME_RINVBNDSTS", "ESME_RBINDFAIL", "ESME_RINVPASWD", "ESME_RINVSYSID", "ESME_RINVSYSTYP", "mm7_2001", "mm7_4001", "mm7_4007"),
    ),
    (
        UndeliveredReason.MESSAGE_REJECTED,
        (
            "ESME_RX_R_APPN",
            "ESME_RX_P_APPN",
            "ESME_RINVCMD",
            "ESME_RINVPRTFLG",
            "ESME_RINVREGDLVFLG",
            "ESME_RINVSERTYP",
            "ESME_RINVREPFLAG",
            "ESME_RINVDFTMSGID",
            "ESME_RINVOPTPAR",
            "ESME_ROPTPARNOTALLWD",
            "ESME_RINVPARLEN",
            "ESME_RMISSINGOPTPARAM",
            "mm7_2",
            "mm7_4",
            "http_4",
        ),
    ),
    (
        UndeliveredReason.OPERATOR_ERROR,
        (
            "ESME_RSUBMITFAIL",
            "ESME_RSYSERR",
            "ESME_RMSGQFUL",
            "ESME_RTHROTTLED",
            "ESME_RX_T_APPN",
            "ESME_RDELIVERYFAILURE",
            "ESME_RALYBND",
            "link_",
            "timeout",
            "mm7_3",
            "http_",
        ),
    ),
)
"""Which word of a carrier, or of ours, means which reason; anything else is OTHER_ERROR."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier has it."""

    carrier_message_ids: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It was handed over and no answer came: the carrier may have it, and it is not handed over again."""

    error: str
    """Why there is no answer."""
    carrier_message_ids: tuple[str, ...] = ()
    """Segments the carrier took before."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not be delivered."""

    reason: UndeliveredReason
    error: str
    carrier_message_ids: tuple[str, ...] = ()
    """Segments the carrier took before it refused one."""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Nothing was handed over and another attempt may succeed."""

    error: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """It was not handed over, and will not be."""

    reason: UnsentReason
    error: str = ""


Verdict = Sent | Uncertain | Refused | TryLater | Unsent
ENDINGS: dict[type[Verdict], str] = {Sent: "done", Uncertain: "done", Unsent: "done", Refused: "dead", TryLater: "dead"}
"""What becomes of the job; TryLater only after its last attempt."""


def judge_before(submitter: Submitter, connection_id: int | None, text: OutboundText, now: datetime) -> Verdict | None:
    """Say what becomes of a text that cannot be handed over now; None where it can."""
    if connection_id is None:
        return Refused(UndeliveredReason.UNSUPPORTED_NUMBER, "the number has no connection to send through")
    if text.mms is not None and not text.text and not text.mms.parts:
        return Refused(UndeliveredReason.WRONG_MESSAGE, "nothing is left of the message")
    if text.valid_until is not None and text.valid_until <= now:
        return Unsent(UnsentReason.TOO_LATE)
    opening = submitter.opening(connection_id)
    return None if opening.places > 0 else TryLater(opening.why_closed)


async def submit(submitter: Submitter, connection_id: int, text: OutboundText) -> Verdict:
    """Hand `text` over once and say what became of it; never raises."""
    try:
        outcomes = await submitter.submit(connection_id, text)
    except Exception as error:  # a carrier's code broke; nobody knows whether before or after sending
        log.exception("submit_broke", outbound_id=text.outbound_id, connection_id=connection_id)
        return Uncertain(f"internal error: {type(error).__name__}")
    return judge(outcomes)


def judge(outcomes: tuple[SubmitOutcome, ...]) -> Verdict:
    """Say what the answers to the segments of one text mean for the whole."""
    taken = tuple(outcome.carrier_message_id for outcome in outcomes if isinstance(outcome, SegmentAccepted))
    refused = next((outcome for outcome in outcomes if isinstance(outcome, SegmentRefused)), None)
    if refused is None:
        return Sent(taken) if taken else Refused(UndeliveredReason.MESSAGE_REJECTED, "there was nothing to send")
    if refused.uncertain:
        return Uncertain(f"no answer ({refused.error})", taken)
    if taken:
        return Refused(reason_of(refused.error), f"only {len(taken)} segments taken, then {refused.error}", taken)
    return Refused(reason_of(refused.error), refused.error) if refused.permanent else TryLater(refused.error)


def reason_of(error: str) -> UndeliveredReason:
    """Translate a carrier's word into a reason of ours."""
    for reason, words in REASONS:
        if error.startswith(words):
            return reason
    return UndeliveredReason.OTHER_ERROR
