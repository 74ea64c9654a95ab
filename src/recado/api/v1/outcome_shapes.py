"""What becomes of a text in short, as examples and tried changes say it.

What belongs here: the shape. What does not: finding it (`core.outcome`).
"""

from ninja import Schema
from pydantic import Field

from recado.core.draft import NEW
from recado.core.outcome import Outcome, Owner


class RuleDeedOut(Schema):
    """One thing that is done."""

    action: str
    target_id: int | None
    name: str
    text: str = Field(description="A reply before anything is filled in.")
    until: str
    scope: str = Field(description="How wide an opt-out is.")


class RuleOutcomeOut(Schema):
    """What becomes of a text."""

    owner: Owner
    keyword: str = Field(description="The keyword that acts; empty: none.")
    keyword_id: int | None = Field(description="Null also for one that is only tried.")
    is_default: bool = Field(description="Whether a rule of the number acted.")
    deeds: list[RuleDeedOut]


def outcome_shown(outcome: Outcome) -> RuleOutcomeOut:
    """Write what becomes of a text."""
    deeds = [
        RuleDeedOut(action=one.action, target_id=one.target_id, name=one.name, text=one.text, until=one.until, scope=one.scope)
        for one in outcome.deeds
    ]
    key_of = None if outcome.keyword_id == NEW else outcome.keyword_id
    return RuleOutcomeOut(owner=outcome.owner, keyword=outcome.keyword, keyword_id=key_of, is_default=outcome.is_default, deeds=deeds)
