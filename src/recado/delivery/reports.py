"""Delivery reports for customers' programs: the macros `#SMSID# #STAN# #DATA# #PRZYCZYNA#` of a template, and jobs from rows.

What belongs here: what of an outgoing message is told. What does not: filling templates (`macros`), calling (`forward_url`), the words
themselves (`core.reporting`). provider-api.md §8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from recado.core.outbound_id import to_public
from recado.core.receipt import OutboundState
from recado.core.reporting import STATE_WORDS, provider_reason
from recado.delivery.endpoints import Known
from recado.delivery.jobs import ForwardJob
from recado.delivery.macros import DEFAULT_ZONE, local
from recado.store.jobs import Ending
from recado.store.report_jobs import ReportRow


@dataclass(frozen=True, slots=True)
class Reported:
    """How an outgoing message ended."""

    kind: ClassVar[str] = "push_receipt"
    form: ClassVar[tuple[tuple[str, str], ...]] = (("smsid", "SMSID"), ("stan", "STAN"), ("data", "DATA"), ("przyczyna", "PRZYCZYNA"))

    outbound_id: int
    phone: str
    state: OutboundState
    reason: str
    unique_id: str
    ended_at: datetime
    zone: str = DEFAULT_ZONE

    def macros(self) -> Mapping[str, str]:
        """Return the value of every macro; NUMER and UNIQUEID are ours."""
        return {
            "SMSID": to_public(self.outbound_id),
            "STAN": STATE_WORDS.get(self.state, ""),
            "DATA": local(self.ended_at, self.zone),
            "PRZYCZYNA": provider_reason(self.reason),
            "NUMER": self.phone.removeprefix("+"),
            "UNIQUEID": self.unique_id,
        }


def report_job(row: ReportRow, known: Known) -> ForwardJob | Ending:
    """Make a job of a claimed report, or say how it ends where it cannot be made."""
    if row.destination_id is None or row.url is None or row.method is None:
        return Ending(row.job_id, "dead", row.attempt_count, None, "the destination is gone")
    if row.outbound_id is None or row.ended_at is None:
        return Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    state = OutboundState(row.state)
    if state not in STATE_WORDS:  # what it was to tell was corrected, and what follows is told by a job of its own
        return Ending(row.job_id, "done", row.attempt_count, None, "")
    message = Reported(row.outbound_id, row.recipient, state, row.reason, row.unique_id or "", row.ended_at, row.time_zone or DEFAULT_ZONE)
    return ForwardJob(
        row.job_id,
        row.account_id,
        row.attempt_count,
        row.destination_id,
        row.method,
        row.url,
        row.is_enabled,
        message,
        row.dialogue_id,
        known.endpoint(row.destination_id),
    )
