"""What a change of keywords, rules or autoresponders would mean, before it is made: what fights, how last week would have gone.

What belongs here: the route, and from a change as it would be sent to a draft. What does not: finding it (`apps.keywords.objections`,
`apps.keywords.rerun`), making the change (`keywords`, `rules`, `spellings`).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.autoresponder_changes import AutoresponderChange, draft_of_autoresponder
from recado.api.v1.change_shapes import Change
from recado.api.v1.changes import draft_of
from recado.api.v1.keyword_details import rival
from recado.api.v1.keyword_problems import refusals
from recado.api.v1.keyword_shapes import KeywordRival
from recado.api.v1.outcome_shapes import RuleOutcomeOut, outcome_shown
from recado.api.v1.problems import ProblemOut
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.objections import against
from recado.apps.keywords.rerun import Difference, past_messages, rerun
from recado.apps.numbers.queries import get_number_for
from recado.core.draft import NEW

router = Router(tags=["Rules"])
SHOWN_CHANGES, SHOWN_MESSAGES = 20, 8


class TriedChangeIn(Schema):
    """A change as it would be made."""

    model_config = ConfigDict(extra="forbid")
    change: Change


class NeverActsOut(Schema):
    """A rule that could never act."""

    rule_id: int | None = Field(description="Null: the new one.")
    behind_id: int | None = Field(description="The rule that always acts in its stead; null: the new one.")


class TriedOnExample(Schema):
    """An example that would come out otherwise."""

    example_id: int
    text: str
    before: RuleOutcomeOut
    after: RuleOutcomeOut


class TriedOnPast(Schema):
    """Messages that would have come out otherwise in the same way."""

    before: RuleOutcomeOut
    after: RuleOutcomeOut
    count: int
    message_ids: list[int] = Field(description="A few of them, the newest first.")


class ChangeConsequences(Schema):
    """What a change would mean. None of it keeps the change from being made."""

    rivals: list[KeywordRival] = Field(description="Keywords that would fight with it and do not yet.")
    more_rivals: int
    never_acting: list[NeverActsOut]
    examples: list[TriedOnExample]
    messages_tried: int = Field(description="Messages of the last seven days on the number.")
    is_cut: bool = Field(description="Whether there were more than are tried at once.")
    messages_differing: int
    changes: list[TriedOnPast] = Field(description="The twenty most frequent.")


@router.post(
    "/numbers/{number_id}/try-change",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: ChangeConsequences, 409: ProblemOut},
    operation_id="try_change",
    summary="Try a change before it is made",
)
def try_change(request: ProgramRequest, number_id: Path[Id], body: TriedChangeIn) -> ChangeConsequences:
    """Change nothing. Refused as the change itself where the word, the kind or the rule could not be."""
    account, number, now = request.account, get_number_for(request.account, number_id), timezone.now()
    with refusals("body.change.rule"):
        draft = (
            draft_of_autoresponder(account, body.change)
            if isinstance(body.change, AutoresponderChange)
            else draft_of(account, number, body.change)
        )
    found, past = against(account, number, draft, now), past_messages(account, number, now)
    differing = rerun(account, number, draft, past.messages, now)
    return ChangeConsequences(
        rivals=[rival(one) for one in found.conflicts.near],
        more_rivals=found.conflicts.more_near,
        never_acting=[NeverActsOut(rule_id=_known(one.rule_id), behind_id=_known(one.before_id)) for one in found.shadowed],
        examples=[
            TriedOnExample(example_id=one.subject.pk, text=one.text, before=outcome_shown(one.before), after=outcome_shown(one.after))
            for one in found.changed
        ],
        messages_tried=len(past.messages),
        is_cut=past.is_cut,
        messages_differing=len(differing),
        changes=sorted(_changes(differing), key=lambda change: -change.count)[:SHOWN_CHANGES],
    )


def _changes(differing: Iterable[Difference[Any]]) -> Iterable[TriedOnPast]:
    alike: defaultdict[Any, list[int]] = defaultdict(list)
    for one in differing:
        alike[one.before, one.after].append(one.subject.pk)
    for (before, after), ids in alike.items():
        yield TriedOnPast(before=outcome_shown(before), after=outcome_shown(after), count=len(ids), message_ids=ids[:SHOWN_MESSAGES])


def _known(rule_id: int) -> int | None:
    return None if rule_id == NEW else rule_id
