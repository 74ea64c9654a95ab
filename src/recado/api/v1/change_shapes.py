"""Changes of keywords and rules as values, each named like the operation that makes it.

What belongs here: shapes. What does not: the draft each is (`changes`), what a draft would mean (`trying_changes`).
"""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.autoresponder_changes import AutoresponderChange
from recado.api.v1.keyword_shapes import KeywordIn, KeywordPatch, Word
from recado.api.v1.rule_shapes import RuleDirection, RuleIn
from recado.api.v1.shapes import Id


class _Change(Schema):
    model_config = ConfigDict(extra="forbid")


class ReserveKeywordChange(_Change):
    """A new keyword."""

    operation: Literal["reserve_keyword"]
    keyword: KeywordIn


class EditKeywordChange(_Change):
    """Another word, kind or period."""

    operation: Literal["edit_keyword"]
    keyword_id: Id
    keyword: KeywordPatch


class SwitchKeywordChange(_Change):
    """Pausing, resuming or giving up."""

    operation: Literal["pause_keyword", "resume_keyword", "end_keyword"]
    keyword_id: Id


class AddSynonymChange(_Change):
    """Another spelling."""

    operation: Literal["add_synonym"]
    keyword_id: Id
    word: Word


class RemoveSynonymChange(_Change):
    """A spelling less."""

    operation: Literal["remove_synonym"]
    keyword_id: Id
    synonym_id: Id


class AddRuleChange(_Change):
    """A new rule."""

    operation: Literal["add_rule"]
    keyword_id: Id | None = Field(default=None, description="Null: a rule of the number.")
    rule: RuleIn


class EditRuleChange(_Change):
    """A rule that does something else."""

    operation: Literal["edit_rule"]
    rule_id: Id
    rule: RuleIn


class DeleteRuleChange(_Change):
    """A rule less."""

    operation: Literal["delete_rule"]
    rule_id: Id


class MoveRuleChange(_Change):
    """A rule at another place."""

    operation: Literal["move_rule"]
    rule_id: Id
    to: RuleDirection


RuleChange = (
    ReserveKeywordChange
    | EditKeywordChange
    | SwitchKeywordChange
    | AddSynonymChange
    | RemoveSynonymChange
    | AddRuleChange
    | EditRuleChange
    | DeleteRuleChange
    | MoveRuleChange
)
Change = Annotated[RuleChange | AutoresponderChange, Field(discriminator="operation")]
