"""People in three surveys at once on one number, who answer late, out of order, mistype, use keywords, opt out.

What belongs here: the surveys, the people, and the model that knows which question each text was meant for. What does not: how many are
tried, and what must hold (`test_survey_people`).

People are free to do anything but what nobody could tell: to send as free text just what a question asked later wants, to answer "1 or 2?"
with a number that means something else, and to come back to a question when it is not listened to any more.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from recado.core.action import AnswerSurvey, OptOut
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import UTC_CLOCK
from recado.core.decide import decide, find_owner
from recado.core.decision import Decision
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.sender import SenderState
from recado.core.survey import AnswerKind, Counting, Late, Option, Question, Session, Survey, SurveyDeed, SurveyKind, SurveyState
from recado.core.survey_asked import CHOICE_FOR, Filed
from recado.core.survey_book import SurveyBook
from recado.core.survey_reading import read
from recado.core.survey_sessions import is_late, is_waiting
from recado.core.taking_part import Fit, Play
from recado.core.trail import TrailStep

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
ACCOUNT, NUMBER, DIGITS, ANNA = 1, 1, "48600100200", "48501222333"
PHONE = (NUMBER, ANNA, False)
WORDS = ("PIZZA", "VISIT", "CINEMA")
ROUTES = compile_routes(
    1,
    [NumberRow(NUMBER, DIGITS, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ACCOUNT)],
    [KeywordRow(key, NUMBER, ACCOUNT, word) for key, word in enumerate((*WORDS, "INFO"), 1)],
    [RuleRow(key, NUMBER, ACCOUNT, key) for key in range(1, 5)],
    [
        *(ActionRow(key, "answer_survey", activity_id=key, activity_name=word.title()) for key, word in enumerate(WORDS, 1)),
        ActionRow(4, "send_reply", text="We are open from 8 to 18."),
    ],
)
Place = tuple[int, int]
"""Survey and question."""


def surveys(chance: Random) -> dict[int, Survey]:
    """Make three surveys with all kinds of questions and ways through them."""
    choice, yes_no = AnswerKind.CHOICE, AnswerKind.YES_NO
    questions = {
        1: (
            Question(
                11,
                choice,
                "Which?",
                (Option(1, "A", "Margherita"), Option(2, "B", "Hawaii", goes_to=13), Option(3, "C", "Nothing", ends=True)),
            ),
            Question(12, AnswerKind.NUMBER, "Points?", low=1, high=10),
            Question(13, AnswerKind.TEXT, "Why?"),
            Question(14, yes_no, "Again?"),
        ),
        2: (
            Question(21, yes_no, "Were you here?", (Option(4, "TAK", "tak"), Option(5, "NIE", "nie", ends=True))),
            Question(22, AnswerKind.DATE, "When?"),
            Question(23, AnswerKind.EMAIL, "Address?"),
            Question(24, choice, "Time of day?", (Option(6, "A", "Morning"), Option(7, "B", "Evening"))),
        ),
        3: (
            Question(31, AnswerKind.TEXT, "Your favourite film?"),
            Question(32, choice, "Kind?", (Option(8, "1", "Comedy", ("funny",)), Option(9, "2", "Drama", goes_to=34))),
            Question(33, AnswerKind.NUMBER, "How often a year?"),
            Question(34, AnswerKind.TEXT, "What else?"),
        ),
    }  # fmt: skip
    return {
        key: Survey(
            key,
            ACCOUNT,
            f"{word.title()} of the year",
            SurveyKind.CONVERSATION,
            SurveyState.COLLECTING,
            questions[key],
            NUMBER,
            chance.choice(list(Counting)),
            chance.choice(list(Late)),
            idle=timedelta(hours=chance.choice((6, 24, 48))),
            lasts=timedelta(days=chance.choice((2, 7))),
            reask_limit=chance.choice((0, 1, 3)),
        )
        for key, word in enumerate(WORDS, 1)
    }


@dataclass
class Person:
    """One of them."""

    chance: Random
    now: datetime = START
    sender: SenderState = field(default_factory=lambda: SenderState(ANNA))
    meant: dict[int, Place | None] = field(default_factory=dict)
    """Message to the question it was meant for; None: for none."""
    figures: Counter[str] = field(default_factory=Counter)
    asked_which: int | None = None
    """The text they were asked about last."""

    def __post_init__(self) -> None:
        """Put the three surveys on the number."""
        self.book = SurveyBook(surveys(self.chance))

    def live(self, steps: int = 30) -> Counter[str]:
        """Write that many texts."""
        for _ in range(steps):
            self.now += timedelta(minutes=self.chance.choice((1, 1, 2, 10, 60)))
            if self.chance.random() < 0.05:
                self.now += timedelta(days=self.chance.choice((1, 1, 2, 5)))
            self.write(*self.next_text())
        return self.figures

    # --- what they write ---

    def next_text(self) -> tuple[str, Place | None]:
        """Choose what to write, and which question it is meant for."""
        if (which := self.book.open_which.get(PHONE)) is not None and which.asked_at <= self.now - CHOICE_FOR:
            self.asked_which = None
        if self.asked_which is not None and self.chance.random() < 0.8:
            about, self.asked_which = self.asked_which, None
            return self.which(about), self.meant[about]
        may_be_which, self.asked_which = self.asked_which is not None, None
        open_now, draw = self.questions(), self.chance.random()
        if draw < 0.01:
            return "STOP", None
        if draw < 0.07:
            return "info", None
        if not open_now or draw < 0.22:
            return self.chance.choice(WORDS).lower(), None
        if draw < 0.30:
            return self.babble(open_now)
        place = open_now[0] if draw < 0.65 else self.chance.choice(open_now)
        text = self.answer(place, open_now[: open_now.index(place)])
        return ("info", None) if may_be_which and text.strip(" .!)") in {"1", "2", "3"} else (text, place)

    def questions(self) -> list[Place]:
        """Return what they were asked and have not answered, in time or not, the latest first; what waits comes before the rest."""
        here = [one for one in self.book.sessions.get(PHONE, {}).values() if self.remembers(one)]
        here.sort(key=lambda one: (self.waits(one), one.asked_at), reverse=True)
        return [(one.survey_id, one.question_id) for one in here if one.question_id is not None]

    def waits(self, session: Session) -> bool:
        return is_waiting(self.book.surveys[session.survey_id], session, self.now)

    def remembers(self, session: Session) -> bool:
        """Say whether they would still answer: what any text answers, up to a day too late."""
        survey = self.book.surveys[session.survey_id]
        question = survey.question(session.question_id)
        if question is None:
            return False
        fit = Fit.LOOSE if question.kind is AnswerKind.TEXT else Fit.EXACT
        return self.waits(session) or is_late(survey, session, fit, self.now)

    def babble(self, open_now: list[Place]) -> tuple[str, Place | None]:
        """Write what is hardly an answer, for the question asked last."""
        return self.chance.choice(("hmm", "What?", "pizzzzza", "no idea, sorry", "call me at 5 please", "twenty-twelve")), open_now[0]

    def answer(self, place: Place, newer: list[Place]) -> str:
        """Write an answer to a question, of free text one that is not just what a newer question wants."""
        question = self.question(place)
        text = self.some_answer(question)
        while question.kind is AnswerKind.TEXT and any(self.fits(text, one) for one in newer):
            text = self.some_answer(question)
        return text

    def some_answer(self, question: Question) -> str:
        pick = self.chance.choice
        match question.kind:
            case AnswerKind.CHOICE:
                option = pick(question.options)
                return self.written(pick((option.label, f"{option.label})", f"odp. {option.label}", option.text, self.slip(option.text))))
            case AnswerKind.YES_NO:
                return self.written(pick(("tak", "nie", "Yes", "no")))
            case AnswerKind.NUMBER:
                return pick(("{}", "{} pkt", "daję {}")).format(pick(range(1, 11)))
            case AnswerKind.DATE:
                return pick(("jutro", "27.11", "3 grudnia", "w piątek", "2026-12-24"))
            case AnswerKind.EMAIL:
                return pick(("anna@example.com", "to anna.nowak@example.pl"))
        return pick(("It was great", "A bit long.", "B", "tak", "5", "Casablanca", "2", "jutro", "comedy", "I love pizza and cinema"))

    def written(self, text: str) -> str:
        return self.chance.choice((text, text.upper(), text.lower(), f" {text}! "))

    def slip(self, word: str) -> str:
        place = self.chance.randrange(1, len(word))
        return word[:place] + word[place - 1] + word[place:]

    def which(self, message_id: int) -> str:
        """Answer the question which was meant, by number or name; any number where it was none of them."""
        which, place = self.book.open_which.get(PHONE), self.meant[message_id]
        if which is None or place not in which.places:
            return "none of them"
        number = which.places.index(place) + 1
        return self.chance.choice((str(number), f"{number}.", self.book.surveys[place[0]].name))

    def question(self, place: Place) -> Question:
        found = self.book.surveys[place[0]].question(place[1])
        assert found is not None
        return found

    def fits(self, text: str, place: Place) -> bool:
        found = read(text, self.question(place), UTC_CLOCK.local(self.now).date())
        return found is not None and found.fit > Fit.LOOSE

    # --- what becomes of it ---

    def write(self, text: str, place: Place | None) -> Decision:
        """Let a text be decided on, note what it did, and make sure that it was filed where it was meant."""
        key = len(self.meant) + 1
        self.meant[key] = place
        message = InboundMessage(key, 1, ANNA, DIGITS, text, Encoding.GSM7, self.now)
        match = find_owner(ROUTES, ANNA, DIGITS, text, self.now)
        seen = {
            (AnswerSurvey, one.target_id): found
            for rule in match.rules
            for one in rule.activities
            if (found := self.book.seen(one.target_id, ANNA, is_test=False)) is not None
        }
        asked = sorted(self.book.asked(PHONE, self.now), key=lambda one: one.asked_at, reverse=True)
        was_out = bool(self.sender.opt_outs)
        decision = decide(message, match, self.sender, self.now, play=Play(seen, tuple(asked)))
        self.sender = self.sender.after(decision.actions)
        deeds = [str(entry.values["deed"]) for entry in decision.trail if entry.step is TrailStep.SURVEY]
        self.figures.update(deeds or ["opted out" if any(isinstance(one, OptOut) for one in decision.actions) else "no survey's"])
        for one in decision.actions:
            if isinstance(one, AnswerSurvey) and isinstance(one.result, Filed):
                self.note(one.result, key, text, was_out=was_out)
        if decision.keyword_id is not None:
            self.book.open_which.pop(PHONE, None)  # as what is loaded for the next message does
        if SurveyDeed.ASKED_WHICH in deeds:
            self.asked_which = key
        return decision

    def note(self, filed: Filed, key: int, text: str, *, was_out: bool) -> None:
        assert not was_out, f"{text!r} did something although the person opted out"
        if filed.given is not None:
            came_with = filed.given.message_id or key
            filed_at = (filed.survey.id, filed.given.question_id)
            assert self.meant[came_with] == filed_at, f"{text!r} was meant for {self.meant[came_with]}, and filed at {filed_at}"
        before = self.book.sessions.get(PHONE, {}).get(filed.survey.id)
        session_id = (filed.session.id or key) if filed.session is not None else before.id if before is not None else 0
        self.book.note(PHONE, filed, session_id, key)
