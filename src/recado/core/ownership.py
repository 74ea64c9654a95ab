"""Whose a message is, by the configuration alone: the first of the two steps of a decision (product.md §2).

Needs no knowledge of the sender, so that their state can be loaded for the right account afterwards. Which rule fires belongs to `decide`.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from recado.core.keyword import KEPT_FOR, matches, matching_rules, not_in_force, phrases_anywhere, reservations_at_start
from recado.core.number import NumberKind, NumberState
from recado.core.opt_out import Reading, Verdict, read_opt_out, says_nothing
from recado.core.question import Answer, read_answer
from recado.core.resting import resting_word
from recado.core.routes import MatchKind, NumberRoutes, Reservation, Routes, Rule
from recado.core.text import all_tokens, fold, leading_tokens
from recado.core.trail import SkipReason, TrailEntry, TrailStep
from recado.core.typo import nearly_typed

_PAST = frozenset({SkipReason.OVER, SkipReason.QUARANTINE})
_NO_QUESTION: tuple[None, None] = (None, None)
SHOWN_TOKENS = 20
"""So many tokens of a text are told in the trail."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the configuration alone says about a message: whose it is, and which rules may fire."""

    routes_version: int
    number: NumberRoutes | None = None
    """None when the number is not ours."""
    account_id: int | None = None
    keyword: Reservation | None = None
    """The keyword that made the message its owner's; only on shared numbers."""
    rules: tuple[Rule, ...] = ()
    """Best first, the number's defaults last; the first that fits the moment and the sender fires."""
    token_count: int = 0
    """How many tokens the text has; at most one more than the number's longest keyword."""
    trail: tuple[TrailEntry, ...] = ()
    opt_out: Reading | None = None
    """What the text says about getting messages at all; read before any keyword is looked for."""
    named: tuple[Reservation, ...] = ()
    """The keywords named in an opt-out or opt-in."""
    resting: Reservation | None = None
    """The resting keyword of a shared number that nobody's text is as a whole; such a text is no answer to anybody."""
    near: Reservation | None = None
    """The one keyword that may have been meant where none was found, not even a resting one, and whose owner wants people asked."""
    answer: Answer | None = None
    """What the text says should a question wait for an answer; looked for only where keywords of the number ask back."""

    @property
    def says_something(self) -> bool:
        """Whether a keyword, an opt-out or anything else but a default of the number was found in the text."""
        if self.keyword is not None or self.is_about_consent or self.resting is not None:
            return True
        return any(rule.keyword_id is not None for rule in self.rules)

    @property
    def is_active(self) -> bool:
        """Whether the number is ours and works."""
        return self.number is not None and self.number.state is NumberState.ASSIGNED

    @property
    def awaits_sole_writer(self) -> bool:
        """Whether the message is nobody's unless exactly one account wrote to this sender from this number lately."""
        return self.resting is None and self._is_unowned

    @property
    def awaits_writer(self) -> bool:
        """Whether that account is looked for among those who wrote; on a pool number the pool is asked instead."""
        return self.awaits_sole_writer and not self.is_pooled

    @property
    def is_pooled(self) -> bool:
        """Whether it came to a pool number: then only the pool knows whose it is, and who else wrote from there does not count."""
        return self.number is not None and self.number.kind is NumberKind.ECO and self._is_unowned

    @property
    def awaits_concerned(self) -> bool:
        """Whether it must be known which accounts write to this sender from this shared number, because the text is about all of them."""
        return self.account_id is None and self.opt_out is not None and not self.named and self._is_unowned

    @property
    def _is_unowned(self) -> bool:
        return self.account_id is None and self.number is not None and self.number.is_shared and self.is_active

    @property
    def group_ids(self) -> frozenset[int]:
        """Groups of which it must be known whether the sender is in them."""
        named = (*self.named, self.near) if self.near is not None else self.named
        return frozenset().union(*(rule.group_ids for rule in self.rules), *(rule.group_ids for one in named for rule in one.rules))

    @property
    def awaits_question(self) -> bool:
        """Whether it must be known what the sender was asked last from this number."""
        return self.near is not None or self.answer is not None

    @property
    def is_about_consent(self) -> bool:
        """Whether the text may be nothing but an opt-out, an opt-in or a slip of one."""
        return self.opt_out is not None and self.opt_out.verdict is not Verdict.FLAG


def find_owner(routes: Routes, sender: str, recipient: str, text: str, now: datetime) -> Match:  # noqa: ARG001  # answers to open questions will need the sender
    """Say whose message it is and which rules may fire; `recipient` in digits without `+`."""
    number = routes.numbers.get(recipient)
    if number is None:
        return Match(routes.version, trail=(TrailEntry(TrailStep.NUMBER_UNKNOWN, {"recipient": recipient}),))
    if number.state is not NumberState.ASSIGNED:
        owner = number.account_id if number.state is NumberState.SUSPENDED else None
        reason = TrailEntry(TrailStep.NUMBER_NOT_ACTIVE, {"number": number.digits, "state": number.state.value})
        return Match(routes.version, number, owner, trail=(reason,), opt_out=_plain_opt_out(text) if owner is not None else None)
    limit = number.longest_keyword + 1
    reading: Reading | None = None
    if number.phrases or not says_nothing(text):
        every = all_tokens(text)
        folded = tuple(every) if text.isascii() else fold(tuple(every))
        reading = _read(number, folded, now)
        tokens = every[:limit]
    else:
        tokens = leading_tokens(text, limit)[0]
    count = len(tokens)
    if reading is not None and reading.verdict is not Verdict.FLAG:
        return _about_consent(routes, number, every, folded, reading, now)
    found = reservations_at_start(number, tokens)
    kept_for = KEPT_FOR if number.is_shared else timedelta()
    holding = _in_force(found, now, kept_for)
    if number.phrases:
        tokens = every
        anywhere = phrases_anywhere(number, tokens, folded)
        if anywhere:
            found = (*found, *anywhere)
            holding = (*holding, *[one for one in anywhere if not_in_force(one, now, kept_for) is None])
    near, answer = _about_questions(number, tokens, found, now, kept_for) if number.typos and reading is None else _NO_QUESTION
    heard = TrailEntry(TrailStep.TOKENS, {"tokens": " ".join(tokens[:SHOWN_TOKENS])})
    if not number.is_shared:
        rules = (*matching_rules(holding, tokens), *number.defaults) if holding else number.defaults
        steps = (heard, number.owned_step, *_passed_over(found, number.account_id, tokens, now, kept_for))
        return Match(routes.version, number, number.account_id, None, rules, count, steps, reading, (), None, near, answer)
    if not holding:
        steps = (heard, *_passed_over(found, None, tokens, now, kept_for))
        resting = resting_word(found, len(tokens), now, kept_for) if found else None
        return Match(routes.version, number, None, None, (), count, steps, reading, (), resting, near, answer)
    keyword = holding[0]
    # The keywords of other accounts are no concern of this one.
    own = holding if len(holding) == 1 else tuple([one for one in holding if one.account_id == keyword.account_id])
    passed = _passed_over(found, keyword.account_id, tokens, now, kept_for)
    return Match(
        routes.version,
        number,
        keyword.account_id,
        keyword,
        matching_rules(own, tokens),
        count,
        (heard, keyword.owned_step, *passed),
        reading,
        answer=answer,
    )


def _about_questions(
    number: NumberRoutes, tokens: Sequence[str], found: Sequence[Reservation], now: datetime, kept_for: timedelta
) -> tuple[Reservation | None, Answer | None]:
    """Say which keyword may have been meant where not even one that does not hold was found, and what the text would answer."""
    near = None
    if tokens and not found:
        first = fold((tokens[0],))[0]
        near = nearly_typed(number, first, is_whole=len(tokens) == 1, now=now, kept_for=kept_for)
    return near, read_answer(fold(tuple(tokens)))


def _read(number: NumberRoutes, folded: tuple[str, ...], now: datetime) -> Reading | None:
    """Read what a text says about getting messages. Who was signed up by a keyword may name it beside STOP when it is over, too."""
    reading = read_opt_out(folded, lambda words: _longest_at_start(number, words, now, frozenset({None})))
    if reading is None or reading.verdict is not Verdict.FLAG:
        return reading
    again = read_opt_out(folded, lambda words: _longest_at_start(number, words, now, frozenset({None, *_PAST})))
    return again if again is not None and again.verdict is Verdict.OPT_OUT else reading


def _plain_opt_out(text: str) -> Reading | None:
    """Read an opt-out from a text on a number that does nothing else at the moment; keywords narrow none there."""
    reading = read_opt_out(fold(tuple(all_tokens(text))), lambda _words: 0)
    return reading if reading is not None and reading.verdict is Verdict.OPT_OUT else None


def _about_consent(routes: Routes, number: NumberRoutes, every: list[str], folded: Sequence[str], reading: Reading, now: datetime) -> Match:
    """Say whose an opt-out or opt-in is: the number's owner's, else the owner's of the keywords it names.

    "STOP" beside removing keywords fires their rules, as the keyword alone would.
    """
    named = tuple(one for words in reading.keywords for one in _named(number, words, every, folded, now))
    owners = {one.account_id for one in named}
    owner = next(iter(owners)) if len(owners) == 1 else None
    removing = [one for one in named if one.kind is MatchKind.REMOVING] if reading.verdict is Verdict.OPT_OUT else []
    rules = tuple(rule for one in removing for rule in one.rules) if len(removing) == len(named) else ()
    if reading.verdict is not Verdict.OPT_OUT and not number.is_shared:
        rules = number.defaults  # for when there is nothing to opt in to, or nobody to ask
    tokens = every[: number.longest_keyword + 1]
    heard = TrailEntry(TrailStep.TOKENS, {"tokens": " ".join(tokens[:SHOWN_TOKENS])})
    owned = (number.owned_step,) if not number.is_shared else (named[0].owned_step,) if owner is not None else ()
    account_id = owner if number.is_shared else number.account_id
    resting: Reservation | None = None
    if reading.verdict is Verdict.ASK_BACK and number.is_shared and not named:
        resting = resting_word(reservations_at_start(number, tokens), len(tokens), now, KEPT_FOR)  # for when there is nobody to ask
    return Match(routes.version, number, account_id, None, rules, len(tokens), (heard, *owned), reading, named, resting)


def _named(number: NumberRoutes, words: tuple[str, ...], every: list[str], folded: Sequence[str], now: datetime) -> tuple[Reservation, ...]:
    """Return the keywords meant by these words: as spelled in the text, else the one they would be found by without "STOP".

    Who was signed up by a keyword may name it when it is over; one in force goes before it.
    """
    here = [one for one in number.by_folded.get(words, ()) if not_in_force(one, now) is None]
    if not here:
        past = [one for one in number.by_folded.get(words, ()) if not_in_force(one, now) in _PAST]
        return tuple(sorted(past, key=lambda one: (one.ends_at.timestamp() if one.ends_at else 0, one.keyword_id))[-1:])
    if len(here) < 2:  # noqa: PLR2004  # one is no choice
        return tuple(here)
    places = [place for place in range(len(folded)) if tuple(folded[place : place + len(words)]) == words]
    spelled = [tuple(every[place : place + len(words)]) for place in places]
    exact = [one for tokens in dict.fromkeys(spelled) for one in [each for each in here if each.tokens == tokens][:1]]
    return tuple(exact or here[:1])


def _longest_at_start(number: NumberRoutes, folded: Sequence[str], now: datetime, standings: AbstractSet[SkipReason | None]) -> int:
    """Count the tokens of the longest keyword that a text begins with, of those that hold (None) or do not for one of these reasons."""
    leading = tuple(folded[: number.longest_keyword])
    for length in range(len(leading), 0, -1):
        if any(not_in_force(one, now) in standings for one in number.by_folded.get(leading[:length], ())):
            return length
    return 0


def _in_force(found: tuple[Reservation, ...], now: datetime, kept_for: timedelta) -> tuple[Reservation, ...]:
    """Keep the keywords that hold at `now`; a resting one hides shorter ones and other owners', not its owner's new reservation."""
    holding: list[Reservation] = []
    resting: Reservation | None = None
    for one in found:
        if resting and (len(one.folded) < len(resting.folded) or one.account_id != resting.account_id):
            break
        reason = not_in_force(one, now, kept_for)
        if reason is SkipReason.QUARANTINE:
            resting = resting or one
        elif reason is None:
            holding.append(one)
    return tuple(holding)


def _passed_over(
    found: Sequence[Reservation], account_id: int | None, tokens: list[str], now: datetime, kept_for: timedelta
) -> list[TrailEntry]:
    """Say why keywords of the account (of all, for None) were passed over; not earlier reservations of a word that is held again."""
    entries: list[TrailEntry] = []
    for one in found:
        if account_id is not None and one.account_id != account_id:
            continue
        reason = not_in_force(one, now, kept_for)
        if reason in _PAST and any(one.folded == other.folded and not_in_force(other, now, kept_for) is None for other in found):
            continue
        if reason is None and not matches(one, len(tokens) == len(one.tokens)):
            reason = SkipReason.TEXT_FOLLOWS
        if reason is not None:
            entries.append(TrailEntry(TrailStep.RULE_SKIPPED, {"keyword": one.word, "rule_id": 0, "reason": reason.value}))
    return entries
