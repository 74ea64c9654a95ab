"""Calls Recado's API from Python: `Client(address, key)` has a method for each operation.

What belongs here: what programs import. What does not: anything of the server; this package needs Python alone.
"""

from recado_client.caller import UNSET, Upload
from recado_client.client import Client
from recado_client.errors import (
    ConflictError,
    InvalidError,
    NoAnswerError,
    NotFoundError,
    NotLetInError,
    ProblemError,
    RecadoError,
    ServerFailedError,
    TooManyCallsError,
)
from recado_client.events import Event

__all__ = [
    "UNSET",
    "Client",
    "ConflictError",
    "Event",
    "InvalidError",
    "NoAnswerError",
    "NotFoundError",
    "NotLetInError",
    "ProblemError",
    "RecadoError",
    "ServerFailedError",
    "TooManyCallsError",
    "Upload",
]
