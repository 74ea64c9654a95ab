"""What a carrier's answer to an MMS means: taken, refused for good, not now, or nobody knows.

What belongs here: from HTTP status and envelope to an outcome. What does not: XML (`protocols.mm7`), what becomes of the
message (`delivery.mt`). Statuses: 3GPP TS 23.140 §8.7.8.3.
"""

from recado.core.submit import SegmentAccepted, SegmentRefused, SubmitOutcome
from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.messages import ErrorRsp, Fault, PlainRsp, SubmitRsp

_HTTP_OK = range(200, 300)
_HTTP_NOT_NOW = frozenset({401, 403, 404, 407, 408, 425, 429, 503})
"""Wrong passwords and addresses too: somebody will put them right, and the message shall leave then."""
_HTTP_REFUSED = range(300, 500)
_ERROR_LENGTH = 80


def judge(http_status: int, body: bytes, outbound_id: int) -> SubmitOutcome:
    """Say what an answer means. What cannot be read is uncertain: the message may have been taken."""
    answered = read_answer(body)
    if answered is not None:
        return _by_status(answered, outbound_id)
    if http_status in _HTTP_NOT_NOW:
        return SegmentRefused(f"http_{http_status}", permanent=False)
    if http_status in _HTTP_REFUSED:
        return SegmentRefused(f"http_{http_status}", permanent=True)
    word = "unreadable_answer" if http_status in _HTTP_OK else f"http_{http_status}"
    return SegmentRefused(word, permanent=False, uncertain=True)


def read_answer(body: bytes) -> SubmitRsp | None:
    """Return what an envelope says about what was sent; None where it says nothing that can be read."""
    try:
        said = read_envelope(body).message
    except Mm7FormatError:
        return None
    if isinstance(said, SubmitRsp):
        return said if said.status.code else None
    status = said.status if isinstance(said, (ErrorRsp, PlainRsp, Fault)) else None
    return SubmitRsp(status) if status is not None and status.code else None


def _by_status(answered: SubmitRsp, outbound_id: int) -> SubmitOutcome:
    status = answered.status
    if status.is_success:
        return SegmentAccepted(answered.message_id or f"unnamed-{outbound_id}")
    return SegmentRefused(f"mm7_{status.code}: {status.detail or status.text}"[:_ERROR_LENGTH], permanent=not status.is_temporary)
