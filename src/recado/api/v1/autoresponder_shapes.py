"""Autoresponders as JSON: what makes one, changes one, and how one is shown.

What belongs here: shapes, their way into `AutoresponderContent` and back. What does not: routes (`autoresponders`), checks
(`apps.autoresponders.services`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, NotBlank, Text
from recado.api.v1.terms_shapes import Terms, read_terms, terms_problem, written_terms
from recado.apps.accounts.models import Account
from recado.apps.autoresponders.errors import AutoresponderRefusal, AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.overview import InOrder
from recado.apps.autoresponders.queries import answering_numbers, keywords_to_answer
from recado.apps.autoresponders.services import LONGEST_NAME, LONGEST_TEXT, MOST_MINUTES, AutoresponderContent, content_of
from recado.apps.autoresponders.standing import AutoresponderState
from recado.apps.keywords.errors import RuleRefusedError
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number

Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=LONGEST_NAME, pattern=r"\S")]
Answer = Annotated[
    Text,
    NotBlank,
    Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S", description="With places such as {first_name}, {keyword}, {number}."),
]
Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]
ONCE = "The same person gets it once in so many minutes; null: each time."
NUMBER = "Only messages to this number; null: every message."
KEYWORD = "Only messages with this keyword; send it or `number_id`."


class AutoresponderIn(Terms):
    """What makes an autoresponder."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    text: Answer
    number_id: Id | None = Field(None, description=NUMBER)
    keyword_id: Id | None = Field(None, description=KEYWORD)
    once_minutes: Minutes | None = Field(60, description=ONCE)


class AutoresponderPatch(Terms):
    """What to change; what is left out stays, a list takes the place of the list before."""

    model_config = ConfigDict(extra="forbid")
    name: Name = ""
    text: Answer = ""
    number_id: Id | None = Field(None, description=NUMBER)
    keyword_id: Id | None = Field(None, description=KEYWORD)
    once_minutes: Minutes | None = Field(None, description=ONCE)


class AnswersToday(Schema):
    """What it did today, on the account's calendar."""

    answers: int
    segments: int
    cost: int = Field(description="Minor units net of VAT.")


class AutoresponderOut(Terms):
    """An autoresponder."""

    id: int
    name: str
    text: str
    number_id: int | None
    keyword_id: int | None
    once_minutes: int | None
    place: int = Field(description="From 1; the first that fits gives the answer.")
    state: AutoresponderState = Field(
        description="`overtaken`: one before it always answers; `homeless`: its number or keyword is gone; `spent`: until midnight."
    )
    overtaken_by_id: int | None
    paused_phones: int = Field(description="Phones it does not answer for now.")
    today: AnswersToday | None = Field(description="Null: nothing yet.")


_REFUSED: Mapping[AutoresponderRefusal, tuple[str, str]] = {
    AutoresponderRefusal.NAME: ("body.name", "must be 1 to 80 characters"),
    AutoresponderRefusal.TEXT: ("body.text", "must not be empty"),
    AutoresponderRefusal.NUMBER: ("body.number_id", "must be one of your numbers, or a shared one on which you have a keyword"),
    AutoresponderRefusal.KEYWORD: ("body.keyword_id", "the account has no such keyword"),
    AutoresponderRefusal.ONCE: ("body.once_minutes", "must be 1 minute to 366 days"),
    AutoresponderRefusal.CEILING: ("body.daily_ceiling", "must not be below 0"),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the services refuse into problems that name the field."""
    try:
        yield
    except AutoresponderRefusedError as error:
        if error.reason is AutoresponderRefusal.PLACEHOLDERS:
            names = ", ".join(f"{{{name}}}" for name in error.names)
            raise invalid("body.text", f"nothing is filled in for {names}") from error
        raise invalid(*_REFUSED[error.reason]) from error
    except RuleRefusedError as error:
        raise terms_problem(error) from error


def content_from(account: Account, body: AutoresponderIn | AutoresponderPatch) -> AutoresponderContent:
    """Read an autoresponder; raise Problem where number, keyword or group are not the account's."""
    number, keyword = place_from(account, body.number_id, body.keyword_id)
    return AutoresponderContent(body.name.strip(), body.text.strip(), number, keyword, body.once_minutes, read_terms(account, body))


def changed_by(found: Autoresponder, patch: AutoresponderPatch) -> AutoresponderContent:
    """Return what an autoresponder is after a change; naming a keyword takes the number away, and the other way round."""
    given = {name: getattr(patch, name) for name in patch.model_fields_set}
    if given.get("keyword_id") is not None:
        given.setdefault("number_id", None)
    if given.get("number_id") is not None:
        given.setdefault("keyword_id", None)
    return content_from(found.account, AutoresponderPatch.model_construct(**(_written(found) | given)))


def place_from(account: Account, number_id: int | None, keyword_id: int | None) -> tuple[Number | None, Keyword | None]:
    """Return what is answered; raise Problem where it is not the account's."""
    if number_id is not None and keyword_id is not None:
        raise invalid("body.keyword_id", "send `keyword_id` or `number_id`, not both")
    number = answering_numbers(account).filter(pk=number_id).first() if number_id is not None else None
    keyword = keywords_to_answer(account).filter(pk=keyword_id).first() if keyword_id is not None else None
    if number_id is not None and number is None:
        raise invalid(*_REFUSED[AutoresponderRefusal.NUMBER])
    if keyword_id is not None and keyword is None:
        raise invalid(*_REFUSED[AutoresponderRefusal.KEYWORD])
    return number, keyword


def shown(one: InOrder) -> AutoresponderOut:
    """Write an autoresponder."""
    did = AnswersToday(answers=one.today.answers, segments=one.today.segments, cost=one.today.cost) if one.today else None
    return AutoresponderOut(
        id=one.found.pk,
        place=one.place,
        state=one.state,
        overtaken_by_id=one.overtaken_by.pk if one.overtaken_by else None,
        paused_phones=one.paused_phones,
        today=did,
        **_written(one.found),
    )


def _written(found: Autoresponder) -> dict[str, Any]:
    return {
        "name": found.name,
        "text": found.text,
        "number_id": found.number_id,
        "keyword_id": found.keyword_id,
        "once_minutes": found.once_minutes,
        **written_terms(content_of(found).terms),
    }
