"""What a carrier's refusal of a submission means: give up, wait, or try later. One literal table, SMPP 3.4 §5.1.3.

Only the meaning belongs here. Waiting and trying again is the gateway's and delivery's.
"""

from enum import Enum

from recado.protocols.smpp import CommandStatus, status_name


class Verdict(Enum):
    """What to do about a refusal."""

    PERMANENT = "permanent"
    """The same message will be refused again."""
    THROTTLED = "throttled"
    """Too fast: wait a little and send it again."""
    TEMPORARY = "temporary"
    """The carrier has trouble; a later attempt may succeed."""


VERDICTS: dict[CommandStatus, Verdict] = {
    CommandStatus.ESME_RINVMSGLEN: Verdict.PERMANENT,
    CommandStatus.ESME_RINVCMDLEN: Verdict.PERMANENT,
    CommandStatus.ESME_RINVCMDID: Verdict.PERMANENT,
    CommandStatus.ESME_RINVBNDSTS: Verdict.TEMPORARY,
    CommandStatus.ESME_RALYBND: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVPRTFLG: Verdict.PERMANENT,
    CommandStatus.ESME_RINVREGDLVFLG: Verdict.PERMANENT,
    CommandStatus.ESME_RSYSERR: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVSRCADR: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDSTADR: Verdict.PERMANENT,
    CommandStatus.ESME_RINVMSGID: Verdict.PERMANENT,
    CommandStatus.ESME_RBINDFAIL: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVPASWD: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVSYSID: Verdict.TEMPORARY,
    CommandStatus.ESME_RCANCELFAIL: Verdict.PERMANENT,
    CommandStatus.ESME_RREPLACEFAIL: Verdict.PERMANENT,
    CommandStatus.ESME_RMSGQFUL: Verdict.THROTTLED,
    CommandStatus.ESME_RINVSERTYP: Verdict.PERMANENT,
    CommandStatus.ESME_RINVNUMDESTS: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDLNAME: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDESTFLAG: Verdict.PERMANENT,
    CommandStatus.ESME_RINVSUBREP: Verdict.PERMANENT,
    CommandStatus.ESME_RINVESMCLASS: Verdict.PERMANENT,
    CommandStatus.ESME_RCNTSUBDL: Verdict.PERMANENT,
    CommandStatus.ESME_RSUBMITFAIL: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVSRCTON: Verdict.PERMANENT,
    CommandStatus.ESME_RINVSRCNPI: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDSTTON: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDSTNPI: Verdict.PERMANENT,
    CommandStatus.ESME_RINVSYSTYP: Verdict.PERMANENT,
    CommandStatus.ESME_RINVREPFLAG: Verdict.PERMANENT,
    CommandStatus.ESME_RINVNUMMSGS: Verdict.PERMANENT,
    CommandStatus.ESME_RTHROTTLED: Verdict.THROTTLED,
    CommandStatus.ESME_RINVSCHED: Verdict.PERMANENT,
    CommandStatus.ESME_RINVEXPIRY: Verdict.PERMANENT,
    CommandStatus.ESME_RINVDFTMSGID: Verdict.PERMANENT,
    CommandStatus.ESME_RX_T_APPN: Verdict.TEMPORARY,
    CommandStatus.ESME_RX_P_APPN: Verdict.PERMANENT,
    CommandStatus.ESME_RX_R_APPN: Verdict.PERMANENT,
    CommandStatus.ESME_RQUERYFAIL: Verdict.TEMPORARY,
    CommandStatus.ESME_RINVOPTPARSTREAM: Verdict.PERMANENT,
    CommandStatus.ESME_ROPTPARNOTALLWD: Verdict.PERMANENT,
    CommandStatus.ESME_RINVPARLEN: Verdict.PERMANENT,
    CommandStatus.ESME_RMISSINGOPTPARAM: Verdict.PERMANENT,
    CommandStatus.ESME_RINVOPTPARAMVAL: Verdict.PERMANENT,
    CommandStatus.ESME_RDELIVERYFAILURE: Verdict.TEMPORARY,
    CommandStatus.ESME_RUNKNOWNERR: Verdict.TEMPORARY,
}
"""Every status of the specification but ESME_ROK."""

_BY_NUMBER = {int(status): verdict for status, verdict in VERDICTS.items()}


def verdict_on(command_status: int) -> Verdict:
    """Say what to do about a refusal; a status the specification does not know may pass, so it is temporary."""
    return _BY_NUMBER.get(command_status, Verdict.TEMPORARY)


def describe_status(command_status: int) -> str:
    """Name a status for the panel: `ESME_RINVDSTADR (0x0000000B)`."""
    name, digits = status_name(command_status), f"0x{command_status:08X}"
    return name if name == digits else f"{name} ({digits})"
