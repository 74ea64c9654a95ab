"""Status codes of MM7 (3GPP TS 23.140 §8.7.5.2, table in 8.7.8.3): who is to blame, and the standard's words for each.

What does not belong here: what we make of them.
"""

from dataclasses import dataclass
from enum import IntEnum


class StatusCode(IntEnum):
    """What both sides answer. The first digit is the class: 1 done, 2 the asker's fault, 3 the answerer's, 4 the service's."""

    SUCCESS = 1000
    PARTIAL_SUCCESS = 1100
    CLIENT_ERROR = 2000
    OPERATION_RESTRICTED = 2001
    ADDRESS_ERROR = 2002
    ADDRESS_NOT_FOUND = 2003
    MULTIMEDIA_CONTENT_REFUSED = 2004
    MESSAGE_ID_NOT_FOUND = 2005
    LINKED_ID_NOT_FOUND = 2006
    MESSAGE_FORMAT_CORRUPT = 2007
    APPLICATION_ID_NOT_FOUND = 2008
    SERVER_ERROR = 3000
    NOT_POSSIBLE = 3001
    MESSAGE_REJECTED = 3002
    MULTIPLE_ADDRESSES_NOT_SUPPORTED = 3003
    APPLICATION_ADDRESSING_NOT_SUPPORTED = 3004
    GENERAL_SERVICE_ERROR = 4000
    IMPROPER_IDENTIFICATION = 4001
    UNSUPPORTED_VERSION = 4002
    UNSUPPORTED_OPERATION = 4003
    VALIDATION_ERROR = 4004
    SERVICE_ERROR = 4005
    SERVICE_UNAVAILABLE = 4006
    SERVICE_DENIED = 4007
    APPLICATION_DENIED = 4008

    @property
    def text(self) -> str:
        """Return its StatusText."""
        return self.name.replace("_", " ").capitalize().replace(" id ", " ID ")


@dataclass(frozen=True, slots=True)
class Status:
    """A status as it stands in an answer; codes nobody listed are kept."""

    code: int
    text: str = ""
    detail: str = ""

    @property
    def is_success(self) -> bool:
        """Say whether it was done, at least in part."""
        return 1000 <= self.code < 2000  # noqa: PLR2004  # the class of the code

    @property
    def is_temporary(self) -> bool:
        """Say whether the same may be taken later: the other side's own faults, and its service being out of order."""
        return 3000 <= self.code < 4000 or self.code in {  # noqa: PLR2004  # the class of the code
            StatusCode.GENERAL_SERVICE_ERROR,
            StatusCode.SERVICE_ERROR,
            StatusCode.SERVICE_UNAVAILABLE,
        }


def status_of(code: StatusCode, detail: str = "") -> Status:
    """Return a status in the words of the standard."""
    return Status(code, code.text, detail)
