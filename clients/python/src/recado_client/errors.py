"""What goes wrong, as exceptions: refusals of the server by what a program would do about them, and no answer at all.

What belongs here: the exceptions. What does not: when something is tried again (`caller`).
"""

from collections.abc import Mapping
from typing import Any


class RecadoError(Exception):
    """Anything that kept a call from succeeding."""


class NoAnswerError(RecadoError):
    """No answer came, however often it was tried. Whether a change was made is not known; repeat it under the same idempotency key."""

    def __init__(self, why: str, idempotency_key: str | None) -> None:
        super().__init__(why)
        self.idempotency_key = idempotency_key


class ProblemError(RecadoError):
    """The server refused; `code` is for programs, `detail` says to people what to do."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[dict[str, str]] = list(problem.get("errors", ()))
        """`field` and `message` of every field that is wrong."""
        super().__init__(": ".join(filter(None, [f"{status} {self.code}".strip(), self.detail, self._fields()])))

    def _fields(self) -> str:
        return "; ".join(f"{one.get('field')} {one.get('message')}" for one in self.errors)


class NotLetInError(ProblemError):
    """401 and 403: the key is none, is over, or may not do this."""


class NotFoundError(ProblemError):
    """404: the account has no such thing."""


class ConflictError(ProblemError):
    """409 and 412: the call is right, but things are not so that it can be done."""


class InvalidError(ProblemError):
    """400, 413, 415 and 422: the call is wrong; `errors` names the fields."""


class TooManyCallsError(ProblemError):
    """429: too many calls, for longer than was waited."""


class ServerFailedError(ProblemError):
    """5xx: nothing is wrong with the call."""


_KINDS: dict[int, type[ProblemError]] = {
    401: NotLetInError,
    403: NotLetInError,
    404: NotFoundError,
    409: ConflictError,
    412: ConflictError,
    400: InvalidError,
    413: InvalidError,
    415: InvalidError,
    422: InvalidError,
    429: TooManyCallsError,
}
_FAILED = 500


def problem_error(status: int, problem: Mapping[str, Any]) -> ProblemError:
    """Return the exception for an answer."""
    kind = ServerFailedError if status >= _FAILED else _KINDS.get(status, ProblemError)
    return kind(status, problem)
