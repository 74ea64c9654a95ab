"""The tables of the outbox: what is sent, where messages are forwarded to, what is owed. All of them are imported from here."""

from recado.apps.outbox.models.codes import PhoneCode
from recado.apps.outbox.models.destinations import Destination, SigningSecret
from recado.apps.outbox.models.jobs import FORWARDS, Attempt, HeldPhone, Job, JobKind, JobState
from recado.apps.outbox.models.outgoing import ChargeState, Origin, OutboundMessage, PoolUse, Segment, SendKind, UnmatchedReceipt

__all__ = [
    "FORWARDS",
    "Attempt",
    "ChargeState",
    "Destination",
    "HeldPhone",
    "Job",
    "JobKind",
    "JobState",
    "Origin",
    "OutboundMessage",
    "PhoneCode",
    "PoolUse",
    "Segment",
    "SendKind",
    "SigningSecret",
    "UnmatchedReceipt",
]
