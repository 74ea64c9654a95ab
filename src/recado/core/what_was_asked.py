"""Texts that answer what their sender was asked: by a survey, by a contest that wants to know an age (product.md §5).

What belongs here: whether a text is taken as an answer, before or after keywords are looked for, and what the decision is then. What does
not: how well it answers (each question knows, `taking_part.Asked`), opt-outs, which go first at any time (`decide`).

The order: a text that fits one question best answers it; where several of surveys may be meant, the sender is asked which; a keyword is a
keyword, unless it is just what was asked for; what is neither makes the survey's question asked last be asked again.
"""

from datetime import datetime

from recado.core.action import SendReply
from recado.core.answer import reply_values
from recado.core.condition import Clock, is_opted_out
from recado.core.consent import keeps_silent
from recado.core.decision import Decision
from recado.core.fitting import first_fitting
from recado.core.handing_on import only_forwards
from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.question import Question
from recado.core.reply import fill
from recado.core.routes import MatchKind, Rule, taken_step
from recado.core.sender import SenderState
from recado.core.survey_asked import AskedSurvey, ask_which
from recado.core.taking_part import Asked, Entrant, Fit, Play, Taken
from recado.core.trail import SkipReason, TrailEntry, TrailStep


def entrant_of(
    message: InboundMessage, match: Match, sender: SenderState, now: datetime, clock: Clock, rule: Rule | None, argument: str
) -> Entrant:
    """Say who takes part; whom the rule signs up again is not opted out."""
    number_id = match.number.number_id if match.number is not None else 0
    keyword_id, word = (None, "") if rule is None else (rule.keyword_id, rule.word)
    is_out = is_opted_out(sender, number_id) if rule is None else keeps_silent(rule, sender, number_id)
    return Entrant(message, sender, match.account_id or 0, number_id, now, clock, keyword_id, word, argument, is_out)


def answer_to_what_was_asked(
    message: InboundMessage, match: Match, sender: SenderState, trail: tuple[TrailEntry, ...], now: datetime, clock: Clock, play: Play
) -> Decision | None:
    """Take a text as the answer to what the sender was asked, where it is one, or ask again; None for a keyword, and where nobody asked."""
    is_keyword = any(_is_named(rule, match) for rule in match.rules)
    return _decided(message, match, sender, trail, now, clock, play, Fit.EXACT if is_keyword else Fit.LOOSE, asks_again=not is_keyword)


def answer_before_asking_back(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    trail: tuple[TrailEntry, ...],
    now: datetime,
    clock: Clock,
    play: Play,
    question: Question | None,
) -> Decision | None:
    """Take a text that may be a keyword mistyped, or the answer whether it was one, as the answer to something asked later.

    A single word that is nearly a keyword is asked about, rather than taken as free text.
    """
    if match.answer is not None and match.answer.to is not None:
        if question is not None and play.asked[0].asked_at <= question.asked_at:
            return None
        trail = tuple(entry for entry in trail if entry.step is not TrailStep.ANSWERED_QUESTION)
        least = Fit.EXACT
    else:
        least = Fit.NEAR if match.token_count == 1 else Fit.LOOSE
    return _decided(message, match, sender, trail, now, clock, play, least, asks_again=False)


def _is_named(rule: Rule, match: Match) -> bool:
    """Say whether a text names a keyword as one does who means it: at its beginning; a phrase occurs in many a text."""
    return rule.keyword_id is not None and (rule.kind is not MatchKind.PHRASE or rule.length == match.token_count)


def _decided(
    message: InboundMessage,
    match: Match,
    sender: SenderState,
    trail: tuple[TrailEntry, ...],
    now: datetime,
    clock: Clock,
    play: Play,
    least: Fit,
    *,
    asks_again: bool,
) -> Decision | None:
    """Put together what follows; whoever has all messages of the number handed on gets this one, too."""
    if match.account_id is None or match.number is None:
        return None
    number_id = match.number.number_id
    entrant = entrant_of(message, match, sender, now, clock, None, message.text)
    taken = _taken(play, message.text, entrant, least, asks_again=asks_again)
    if taken is None or taken.action is None:
        return None
    values = reply_values("", message.text, "", sender, match.number.digits, now, clock)
    text, is_direct = fill(taken.reply or "", {**values, **taken.values}), taken.survey_id is None
    reply = SendReply(text, is_direct=is_direct, survey_id=taken.survey_id, is_owed=is_direct) if text.strip() else None
    rule = first_fitting(match.rules, sender, now, clock, number_id)
    forwards, handed = only_forwards(rule if rule is not None and rule.keyword_id is None else None, SkipReason.ANSWERED)
    actions = (taken.action, *((reply,) if reply is not None else ()), *forwards)
    told = (*trail, *taken.steps, *((taken_step(reply),) if reply is not None else ()), *handed)
    rule_id = rule.id if rule is not None and forwards else None
    return Decision(match.account_id, number_id, None, rule_id, "", actions, told, match.routes_version)


def _taken(play: Play, text: str, entrant: Entrant, least: Fit, *, asks_again: bool) -> Taken | None:
    """Let the question be answered that a text is about; where that is open, ask; what answers none, make the last be asked again."""
    found = meant(play, text, entrant, least)
    if len(found) > 1 and (which := ask_which(found, text, entrant)) is not None:
        return which
    best = sorted(found, key=lambda one: (-one.fit(text, entrant), _is_late(one, entrant)))[:1]
    again = [one for one in play.asked if isinstance(one, AskedSurvey) and one.is_waiting(entrant.now)] if asks_again and not best else []
    return next((taken for one in (*best, *again) if (taken := one.take(text, entrant)).action is not None), None)


def meant(play: Play, text: str, entrant: Entrant, least: Fit = Fit.LOOSE) -> tuple[Asked, ...]:
    """Return the questions that a text may be meant for, the latest first: one where there is no doubt.

    There is none where a text fits one question best of those that wait, and none that was asked later takes it at all; free text is for
    the one asked last, even where that asks for something else. A question that waits no longer comes into play where a text fits it as
    well, or fits none that waits; any text is an answer to it only where none waits.
    """
    fits = [(one.fit(text, entrant), one) for one in play.asked]
    waiting = [(fit, one) for fit, one in fits if not _is_late(one, entrant)]
    late = [(fit, one) for fit, one in fits if _is_late(one, entrant)]
    for among in (waiting, late):
        best = max((fit for fit, _ in among), default=Fit.NOT)
        if best < max(least, Fit.LOOSE) or (among is late and best is Fit.LOOSE and any(_is_of_survey(one) for _, one in waiting)):
            continue
        bests = [one for fit, one in among if fit is best]
        if best is Fit.CHOSEN:
            return tuple(bests[:1])
        newer = among[: among.index((best, bests[-1]))]
        rivals = [one for fit, one in newer if fit >= least or (best is Fit.LOOSE and _is_of_survey(one))]
        others = [one for fit, one in late if fit >= best] if among is waiting else []
        return tuple(one for _, one in fits if one in bests or one in rivals or one in others)
    return ()


def _is_of_survey(asked: Asked) -> bool:
    return isinstance(asked, AskedSurvey)


def _is_late(asked: Asked, entrant: Entrant) -> bool:
    return isinstance(asked, AskedSurvey) and not asked.is_waiting(entrant.now)
