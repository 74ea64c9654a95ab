"""The demo's surveys: a vote that is running, with a keyword for each answer, and a conversation that is over.

What belongs here: these two with their answers. What does not: the people (`demo_story`). The answers are written down as they would have
become; whoever texts one of the words from the simulator takes part for real.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Contact
from recado.apps.keywords.survey_starts import WantedWord, start_with_words
from recado.apps.numbers.models import Number
from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.models import Answer, Option, Question, Session, Survey
from recado.apps.surveys.services import create_survey, publish_results
from recado.core.number import NumberKind
from recado.core.survey import AnswerKind, SessionState, SurveyKind
from recado.store.ids import IdGenerator

_FLOWERS = ("Lawenda", "Hortensja", "Dalia")
_VOTES = (19, 14, 8)
_VOTE = SurveyContent(
    "Bukiet lata",
    SurveyKind.VOTE,
    end_text="Dziekujemy, Twoj glos sie liczy! Kwiaciarnia Roza",
    questions=(
        QuestionContent(
            AnswerKind.CHOICE,
            "Który bukiet ma być bukietem lata?",
            options=tuple(OptionContent(letter, flower) for letter, flower in zip("ABC", _FLOWERS, strict=True)),
        ),
    ),
)
_VISIT = SurveyContent(
    "Po wizycie w kwiaciarni",
    intro_text="Tu Kwiaciarnia Roza. Trzy krotkie pytania:",
    end_text="Dziekujemy! Do zobaczenia.",
    questions=(
        QuestionContent(AnswerKind.NUMBER, "Jak oceniasz wizyte? Odpisz od 1 do 5.", low=1, high=5),
        QuestionContent(
            AnswerKind.CHOICE,
            "Skad o nas wiesz?",
            options=(OptionContent("A", "Od znajomych"), OptionContent("B", "Z internetu"), OptionContent("C", "Przechodze obok")),
        ),
        QuestionContent(AnswerKind.TEXT, "Co moglibysmy robic lepiej?"),
    ),
)
_GIVEN: tuple[tuple[str, ...], ...] = (
    ("5", "A", "Wszystko super, dziękuję!"),
    ("4", "C", "Dłużej otwarte w sobotę"),
    ("5", "B", "Więcej roślin doniczkowych"),
    ("3", "A", "Trochę długo czekałam"),
    ("5", "A", "Nic, jest pięknie"),
    ("4", "B"),
    ("2", "C", "Parking!"),
    ("5", "A", "Dostawa na wieś"),
    ("4",),
    ("5", "C", "Możliwość płacenia telefonem"),
    ("5", "A", "Kawa do bukietu :)"),
    (),
)
_PEOPLE = 31
_BEGUN = timedelta(days=12)
_FIRST_PHONE = 48_601_400_100


def load(flowers: Account, node: int) -> None:
    """Load both once, after the story has happened."""
    own = Number.objects.get(account=flowers, kind=NumberKind.INDIVIDUAL_LONG)
    author, now = flowers.memberships.earliest("id").user, timezone.now()
    phones = list(Contact.objects.filter(account=flowers).order_by("msisdn").values_list("msisdn", flat=True))
    phones += [str(_FIRST_PHONE + 37 * place) for place in range(sum(_VOTES))]
    vote = create_survey(flowers, _VOTE, author=author)
    options = list(Option.objects.filter(question__survey=vote).select_related("question"))
    start_with_words(vote, [WantedWord(own, one.text.upper(), one) for one in options], now=now - timedelta(days=3))
    publish_results(vote, is_public=True, shows_texts=False)
    ids = IdGenerator(node * 2).stream(int((now - _BEGUN).timestamp() * 1000))
    Answer.objects.bulk_create(_votes(vote, options, phones, ids, now - timedelta(days=2)))
    visit = create_survey(flowers, replace(_VISIT, number=own), author=author)
    begun = now - _BEGUN
    start_with_words(visit, [WantedWord(own, "OPINIA")], now=begun)
    _converse(visit, phones, ids, begun)
    visit.state, visit.closed_at = "closed", begun + timedelta(days=9)
    visit.save(update_fields=["state", "closed_at"])


def _votes(vote: Survey, options: Sequence[Option], phones: Sequence[str], ids: Iterator[int], at: datetime) -> list[Answer]:
    chosen = [option for option, count in zip(options, _VOTES, strict=True) for _ in range(count)]
    return [_answer(vote, one.question, one, None, phone, one.text, next(ids), at) for one, phone in zip(chosen, phones, strict=False)]


def _converse(visit: Survey, phones: Sequence[str], ids: Iterator[int], begun: datetime) -> None:
    questions = list(visit.questions.prefetch_related("options"))
    for place, given in enumerate(islice(cycle(_GIVEN), _PEOPLE)):
        at, phone = begun + timedelta(hours=5 * place), phones[place]
        is_done = len(given) == len(questions)
        session = Session.objects.create(
            id=next(ids),
            account=visit.account,
            survey=visit,
            number_id=visit.number_id or 0,
            msisdn=phone,
            is_test=False,
            state=(SessionState.DONE if is_done else SessionState.EXPIRED).value,
            question_id=questions[min(len(given), len(questions) - 1)].pk,
            asked_at=at,
            started_at=at,
            finished_at=at + timedelta(minutes=9),
        )
        for step, (question, text) in enumerate(zip(questions, given, strict=False), start=1):
            moment = at + timedelta(minutes=step + 2 * (place % 4))
            _answer(visit, question, _option(question, text), session, phone, text, next(ids), moment).save(force_insert=True)


def _option(question: Question, text: str) -> Option | None:
    return next((one for one in question.options.all() if one.label == text), None)


def _answer(
    survey: Survey, question: Question, option: Option | None, session: Session | None, phone: str, text: str, key: int, at: datetime
) -> Answer:
    return Answer(
        id=key,
        account=survey.account,
        survey=survey,
        question=question,
        option=option,
        session_id=session.pk if session else None,
        message_id=key,
        msisdn=phone,
        is_test=False,
        value="" if question.kind == AnswerKind.TEXT else option.text if option else text,
        text=text,
        once=phone,
        given_at=at,
    )
