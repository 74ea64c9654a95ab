"""Surveys as tests of the panel and the API look at them: a draft, one that collects, a vote, with answers as the gateway writes them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account, User
from recado.apps.ids import next_id
from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.models import Answer, Question, Session, Survey
from recado.apps.surveys.services import create_survey, publish_results, start_survey
from recado.core.survey import AnswerKind, SessionState, SurveyKind

SCALE = QuestionContent(AnswerKind.NUMBER, "How was it?", low=1, high=5)
CHOICE = QuestionContent(
    AnswerKind.CHOICE,
    "Which one?",
    options=(OptionContent("A", "Tulips", ("tulip",)), OptionContent("B", "Roses"), OptionContent("C", "Lilies")),
)
YES_NO = QuestionContent(AnswerKind.YES_NO, "Will you come again?")
WORDS = QuestionContent(AnswerKind.TEXT, "What could be better?")
FIRST_PHONE = 48_601_000_000


def draft(account: Account, user: User | None = None, *questions: QuestionContent, name: str = "Visits", **fields) -> Survey:
    """Make a conversation that could start."""
    content = SurveyContent(name, number=number(account), questions=questions or (SCALE, CHOICE, WORDS), **fields)
    return create_survey(account, content, author=user)


def vote(account: Account, user: User | None = None, **fields) -> Survey:
    """Make a vote that could start."""
    return create_survey(account, SurveyContent("Bouquet", SurveyKind.VOTE, questions=(CHOICE,), **fields), author=user)


def collecting(account: Account, user: User | None = None, *questions: QuestionContent, **fields) -> Survey:
    """Make a conversation that collects answers."""
    made = draft(account, user, *questions, **fields)
    start_survey(made, now=timezone.now() - timedelta(days=1))
    return made


def public(account: Account, user: User | None = None) -> Survey:
    """Make one whose results everybody sees, with their words."""
    made = collecting(account, user)
    answered(made, *[("5", "A", "More benches")] * 6)
    publish_results(made, is_public=True, shows_texts=True)
    return made


def answered(survey: Survey, *people: Sequence[str], is_test: bool = False, first: int = FIRST_PHONE, minutes: int = 3) -> list[Session]:
    """Let people answer, each from the first question on; who gives fewer answers than there are questions stops there."""
    questions = list(survey.questions.all())
    return [_person(survey, questions, texts, str(first + at), is_test=is_test, minutes=minutes) for at, texts in enumerate(people)]


def voted(survey: Survey, *labels: str, is_test: bool = False, first: int = FIRST_PHONE) -> None:
    """Let people vote."""
    question = survey.questions.get()
    for at, label in enumerate(labels):
        _answer(survey, question, label, str(first + at), None, is_test=is_test, at=timezone.now())


def _person(survey: Survey, questions: list[Question], texts: Sequence[str], phone: str, *, is_test: bool, minutes: int) -> Session:
    begun = timezone.now() - timedelta(hours=2)
    is_done = len(texts) == len(questions)
    session = Session.objects.create(
        id=next_id(),
        account=survey.account,
        survey=survey,
        number_id=survey.number_id,
        msisdn=phone,
        is_test=is_test,
        state=(SessionState.DONE if is_done else SessionState.OPEN).value,
        question_id=questions[min(len(texts), len(questions) - 1)].pk,
        asked_at=begun,
        started_at=begun,
        finished_at=begun + timedelta(minutes=minutes * len(texts)) if is_done else None,
    )
    for at, (question, text) in enumerate(zip(questions, texts, strict=False), start=1):
        _answer(survey, question, text, phone, session, is_test=is_test, at=begun + timedelta(minutes=minutes * at))
    return session


def _answer(survey, question, text: str, phone: str, session: Session | None, *, is_test: bool, at) -> Answer:
    option = question.options.filter(label=text).first() if question.kind == AnswerKind.CHOICE else None
    value = "" if question.kind == AnswerKind.TEXT else option.text if option else text
    return Answer.objects.create(
        id=next_id(),
        account=survey.account,
        survey=survey,
        question=question,
        option=option,
        session_id=session.pk if session else None,
        message_id=next_id(),
        msisdn=phone,
        is_test=is_test,
        value=value,
        text=text,
        once=phone,
        given_at=at,
    )


def with_conversation(survey: Survey, text: str, phone: str = "48604218377") -> Session:
    """Let somebody answer the first question whose conversation can be opened."""
    message = received(dialogue(survey.account, phone, "Anna Nowak"), text)
    session = answered(survey, [text], first=int(phone))[0]
    Answer.objects.filter(session_id=session.pk).update(message_id=message.pk)
    return session


def hostile(account: Account, user: User, text: str) -> Survey:
    """Make one in which everything is called like that, with answers like it."""
    options = tuple(OptionContent(letter, f"{letter} {text}"[:120]) for letter in "AB")
    made = collecting(
        account,
        user,
        replace(CHOICE, text=text[:900], options=options),
        replace(WORDS, text=text[:900]),
        name=text[:110],
        end_text=text[:900],
    )
    answered(made, *[("A", text[:900])] * 6)
    return made
