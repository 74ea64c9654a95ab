"""Asking back after a mistyped keyword, and what the answer leads to (product.md §2, "Typos").

What belongs here: whether the sender is asked, and whose a YES or NO is. What does not: finding the keyword (`typo`), the words
(`question`), firing rules (`decide`). Before the YES nothing happens but the question, and on a shared number nobody learns of the text.
"""

from collections.abc import Mapping
from datetime import datetime

from recado.core.action import Action, AskBack, CloseQuestion, Scope, SendReply
from recado.core.fitting import first_fitting
from recado.core.ownership import Match, find_owner
from recado.core.profile import NOBODY, Profile
from recado.core.question import Answer, Question, Says, question_text
from recado.core.routes import NumberRoutes, Reservation, Routes, taken_step
from recado.core.sender import SenderState


def asked_back(
    match: Match, seen: SenderState | None, now: datetime, question: Question | None, profiles: Mapping[int, Profile], *, is_ours: bool
) -> tuple[Action, ...]:
    """Say what asks the sender whether they meant a keyword; nothing where they are not asked.

    `seen` is how the keyword's owner sees them, `question` the last one they were asked from this number. About nobody's message the
    installation itself asks (`is_ours`): the keyword's owner learns of the text, and that anything was sent, at the YES.
    """
    near, number = match.near, match.number
    if near is None or number is None or seen is None or (question is not None and question.is_recent(now)):
        return ()
    profile = profiles.get(near.account_id, NOBODY)
    if _is_unwanted(near, number, seen) or first_fitting(near.rules, seen, now, profile.clock, number.number_id) is None:
        return ()
    ask = AskBack(near.account_id, near.keyword_id, near.word)
    return (ask, SendReply(question_text(near.word, profile.language), is_ours=is_ours, is_direct=True))


def question_about(routes: Routes, match: Match, question: Question | None, now: datetime) -> Match | None:
    """Return what the configuration says today about the mistyped text a question is about; None where it would not be asked any more.

    A question is void when its keyword has ended or does something else now, or when another keyword has come as near.
    """
    if match.answer is None or match.number is None or question is None or not question.is_open or not question.is_recent(now):
        return None
    mistyped = find_owner(routes, "", match.number.digits, question.text, now)
    near = mistyped.near
    is_same = near is not None and (near.keyword_id, near.account_id) == (question.keyword_id, question.account_id)
    return mistyped if is_same else None


def answering(
    routes: Routes, match: Match, question: Question | None, seen: SenderState, now: datetime, sole_writer_account_id: int | None = None
) -> Match:
    """Return the match of a text that answers the sender's open question; of any other text, the one given.

    `seen` is how the account that asked sees the sender. Where exactly one other account wrote to them lately, it may be answered instead,
    and nothing is guessed.
    """
    mistyped = question_about(routes, match, question, now)
    if mistyped is None or mistyped.near is None or question is None or match.answer is None or match.number is None:
        return match
    near, number = mistyped.near, match.number
    if _is_unwanted(near, number, seen) or sole_writer_account_id not in {None, near.account_id}:
        return match
    answer = Answer(match.answer.says, question)
    close = CloseQuestion(question.message_id, near.word, answer.says.value)
    if answer.says is Says.NO:
        owner = match.account_id if not number.is_shared else sole_writer_account_id
        owned = (number.owned_step,) if not number.is_shared else ()
        return Match(routes.version, number, owner, trail=(*match.trail[:1], *owned, taken_step(close)), near=near, answer=answer)
    return Match(
        routes.version,
        number,
        near.account_id,
        near if number.is_shared else None,
        near.rules if number.is_shared else (*near.rules, *number.defaults),
        mistyped.token_count,
        (*match.trail[:1], near.owned_step if number.is_shared else number.owned_step, taken_step(close)),
        near=near,
        answer=answer,
    )


def closing(match: Match) -> CloseQuestion | None:
    """Return what notes the answer, where the text of a match is one."""
    if match.answer is None or match.answer.to is None or match.near is None or match.number is None:
        return None
    says = match.answer.says
    return CloseQuestion(match.answer.to.message_id, match.near.word, says.value, says is Says.YES and match.number.is_shared)


def _is_unwanted(near: Reservation, number: NumberRoutes, seen: SenderState) -> bool:
    """Say whether the sender wants no messages of the account, or the account none of them."""
    places = {(Scope.ACCOUNT, 0), (Scope.NUMBER, number.number_id), (Scope.KEYWORD, near.keyword_id)}
    return seen.is_blocked or not seen.opt_outs.isdisjoint(places)
