"""Keeping an order within what the program's login may send.

What belongs here: taking from the limit around the writing of a portion, and looking ahead without taking. What does not: the numbers
(`apps.accounts.send_limits`), the writing (`sending`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.send_limits import give_back, remaining, take
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.models import SendKind
from recado.apps.outbox.portions import Ordered

Going = Sequence[tuple[str, Outgoing]]


def queue_within(program: ApiUser | None, ordered: Ordered, going: Going, queue: Callable[[Ordered, Going], list[Sent]]) -> list[Sent]:
    """Write as many as the login may send, the first ones first; what is refused when it is written leaves its place to others.

    The limit is taken before, so that nothing beyond it is ever written; a process that dies in between has used it up for nothing.
    """
    if program is None:
        return queue(ordered, going)
    kind = ordered.order.kind.value
    answers: list[Sent] = []
    while len(answers) < len(going):
        some = going[len(answers) :][: take(program, kind, len(going) - len(answers))]
        if not some:
            break
        written = queue(ordered, some)
        give_back(program, kind, sum(not one.is_queued for one in written))
        answers += written
    return answers + [Sent(phone, one.text, ordered.parts(one.text), NotSent.LIMIT_USED) for phone, one in going[len(answers) :]]


def room(program: ApiUser | None, kind: SendKind) -> int | None:
    """Return how many messages a login may still send; None: any number."""
    return None if program is None else remaining(program, kind.value)


def within(tried: Iterable[Sent], free: int | None) -> tuple[list[Sent], int | None]:
    """Say of a dry run's messages which are beyond the limit; and how much of it is left."""
    answers = []
    for one in tried:
        if free is not None and one.is_queued:
            if free <= 0:
                answers.append(replace(one, reason=NotSent.LIMIT_USED, cost=0))
                continue
            free -= 1
        answers.append(one)
    return answers, free
