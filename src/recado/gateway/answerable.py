"""Which messages of a group may be answered automatically, and what must be known about them for that.

What belongs here: gathering keys, so that each table is asked once for a group, and not at all where nothing can be answered. What does
not: the queries (`store.answered`, `store.load`), deciding (`core.answer`, `core.breaker`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from recado.core.action import AnswerSurvey
from recado.core.answer import NO_ANSWERS, Answers
from recado.core.autoresponder import Autoresponder
from recado.core.breaker import SHORTEST_ECHO, unreachable
from recado.core.condition import Occasion
from recado.core.message import InboundMessage
from recado.core.ownership import Match
from recado.core.profile import NOBODY
from recado.core.routes import Routes, Rule
from recado.core.survey_asked import AskedSurvey
from recado.protocols.gsm.segment import segments
from recado.store.activities import Activities
from recado.store.answered import Answered, Phone, Wanted, load_answered
from recado.store.dialect import Connection
from recado.store.load import Known, load_known
from recado.store.surveys import SurveyHolder


class Answerable:
    """Gathers what must be loaded for the automatic answers of a group."""

    __slots__ = (
        "_accounts",
        "_answered",
        "_day_of",
        "_days",
        "_given",
        "_now",
        "_payers",
        "_phones",
        "_routes",
        "_unanswered",
        "groups",
        "keywords",
        "with_names",
    )

    def __init__(self, routes: Routes, now: datetime) -> None:
        self._routes = routes
        self._now = now
        self._phones: dict[str, None] = {}
        self._payers: dict[int, None] = {}
        self._accounts: dict[int, None] = {}
        self._days: dict[tuple[str, int, str], None] = {}
        self._given: dict[tuple[str, int, timedelta], None] = {}
        self._day_of: dict[int, str] = {}
        self._answered = Answered()
        self._unanswered = NO_ANSWERS
        self.groups: set[int] = set()
        """Groups that autoresponders ask about."""
        self.keywords: set[int] = set()
        """Keywords of which they ask whether they were used before."""
        self.with_names = False
        """Whether a text that may be sent names the sender."""

    def add(self, message: InboundMessage, match: Match, account_id: int | None) -> None:
        """Gather for one message; `account_id` is its owner, or the one account that wrote to the sender lately."""
        mine = self._routes.autoresponders.get(account_id, ()) if account_id is not None else ()
        is_replied = any(rule.replies for rule in match.rules)
        if not (mine or is_replied or match.is_about_consent or match.awaits_question or match.resting is not None):
            return
        if unreachable(message.sender, self._routes.numbers) is not None:
            return
        self._phones[message.sender] = None
        if account_id is not None:
            self.add_rules(match.rules, account_id, message)
            if mine:
                self._add_autoresponders(mine, account_id, message.sender)

    def add_asked(self, messages: Iterable[tuple[InboundMessage, Match]], activities: Activities) -> None:
        """Gather for messages whose senders were asked something: what follows is said to them."""
        if not activities.holders:
            return
        surveys = activities.holders.get(AnswerSurvey)
        if isinstance(surveys, SurveyHolder) and any(one.asks_names for one in surveys.book.surveys.values()):
            self.with_names = True
        for message, match in messages:
            if match.account_id is None or match.number is None or unreachable(message.sender, self._routes.numbers) is not None:
                continue
            asked = activities.play(message, match.number.number_id, ()).asked
            if asked:
                self._phones[message.sender] = None
                self.add_rules((), match.account_id, message)
                for one in asked:
                    if isinstance(one, AskedSurvey):
                        self._days["survey", one.survey.id, self._day(match.account_id)] = None
                self.with_names = True

    def add_rules(self, rules: Iterable[Rule], account_id: int, message: InboundMessage) -> None:
        """Gather for rules of an account that may answer a message, or whose autoresponders may."""
        self._payers[account_id] = None
        if len(message.text) >= SHORTEST_ECHO:
            self._accounts[account_id] = None
        for rule in rules:
            if rule.replies:
                self._days["rule", rule.id, self._day(account_id)] = None
                for one in rule.activities:
                    if isinstance(one, AnswerSurvey):
                        self._days["survey", one.target_id, self._day(account_id)] = None
                self.with_names = self.with_names or rule.asks_name

    def _add_autoresponders(self, mine: Iterable[Autoresponder], account_id: int, msisdn: str) -> None:
        for one in mine:
            self._days["autoresponder", one.id, self._day(account_id)] = None
            self.groups |= one.condition.group_ids
            self.with_names = self.with_names or one.asks_name
            if one.keyword_id is not None and one.condition.occasion is not Occasion.ANY:
                self.keywords.add(one.keyword_id)
            if one.once is not None:
                self._given[msisdn, one.id, one.once] = None

    def load(
        self,
        con: Connection,
        dialogues: Iterable[tuple[int, int, str]],
        groups: set[int],
        keywords: set[int],
        broke: Iterable[int] = (),
    ) -> Known:
        """Load what is known about the senders of the group, and where they may be answered, what they were answered before.

        `broke` are accounts that have nothing left, whatever their wallets say.
        """
        known = load_known(con, dialogues, groups | self.groups, keywords | self.keywords, self._now, with_names=self.with_names)
        if self._phones:
            wanted = Wanted(self._phones, self._accounts, self._days, self._given, self._payers)
            known.answered = load_answered(con, wanted, self._now)
            known.answered.credit.update(dict.fromkeys(broke, 0))
        self._answered = known.answered
        self._unanswered = self._answers(("", False))
        return known

    def answers_to(self, message: InboundMessage) -> Answers:
        """Return what automatic answers to a message depend on; most phones got none before and share theirs."""
        phone = (message.sender, message.is_test)
        return self._answers(phone) if self._answered.knows(phone) else self._unanswered

    def _answers(self, phone: Phone) -> Answers:
        return Answers(self._routes.autoresponders, self._answered.past(phone, self._routes.numbers, count_segments))

    def _day(self, account_id: int) -> str:
        if account_id not in self._day_of:
            clock = self._routes.profiles.get(account_id, NOBODY).clock
            self._day_of[account_id] = clock.local(self._now).date().isoformat()
        return self._day_of[account_id]


@lru_cache(maxsize=1024)
def count_segments(text: str) -> int:
    """Count the segments of a text, as it will be sent; most automatic texts are the same for everybody."""
    return segments(text).count
