"""What goes into the API and comes out of it.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class AddRuleChange(TypedDict):
    """A new rule."""

    operation: Literal["add_rule"]
    keyword_id: NotRequired[int | None]
    rule: RuleIn


class AddSynonymChange(TypedDict):
    """Another spelling."""

    operation: Literal["add_synonym"]
    keyword_id: int
    word: str


class ChangeConsequences(TypedDict):
    """What a change would mean. None of it keeps the change from being made."""

    rivals: list[KeywordRival]
    more_rivals: int
    never_acting: list[NeverActsOut]
    examples: list[TriedOnExample]
    messages_tried: int
    is_cut: bool
    messages_differing: int
    changes: list[TriedOnPast]


Days = Literal["any", "working", "off"]


class DeleteRuleChange(TypedDict):
    """A rule less."""

    operation: Literal["delete_rule"]
    rule_id: int


class EditKeywordChange(TypedDict):
    """Another word, kind or period."""

    operation: Literal["edit_keyword"]
    keyword_id: int
    keyword: KeywordPatch


class EditRuleChange(TypedDict):
    """A rule that does something else."""

    operation: Literal["edit_rule"]
    rule_id: int
    rule: RuleIn


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    message: str


Flag = Literal["", "opt_out", "blocked"]


class GroupIn(TypedDict):
    """What a group is called."""

    name: str


class GroupOut(TypedDict):
    """A group."""

    id: int
    name: str
    contact_count: int


class KeywordArgumentCount(TypedDict):
    """What followed a base keyword."""

    argument: str
    received: int


class KeywordAvailability(TypedDict):
    """Whether a word can be reserved."""

    is_free: bool
    code: NotRequired[str | None]
    detail: NotRequired[str | None]
    suggestions: NotRequired[list[str]]
    free_from: NotRequired[str | None]


class KeywordDayCount(TypedDict):
    """Messages of a day, on the calendar of the account."""

    day: str
    received: int


class KeywordIn(TypedDict):
    """A word to be reserved, and what it does."""

    word: str
    kind: NotRequired[MatchKind]
    also_when_text_follows: NotRequired[bool]
    asks_back: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    rule: NotRequired[RuleIn | None]


class KeywordKind(TypedDict):
    """Whether the account can have a kind of keyword on a number."""

    kind: MatchKind
    code: str | None


class KeywordMeeting(TypedDict):
    """A text that two keywords match."""

    text: str
    winner: str
    otherwise: str


class KeywordOut(TypedDict):
    """A keyword. Letter case and accents do not matter when people write it."""

    id: int
    word: str
    number_id: int
    number: str
    kind: MatchKind
    standing: KeywordStanding
    also_when_text_follows: bool
    asks_back: bool
    starts_at: str | None
    ends_at: str | None
    created_at: str
    synonyms: list[SynonymOut]
    rule_count: int


class KeywordPatch(TypedDict):
    """What is to be changed; what is left out stays."""

    word: NotRequired[str]
    kind: NotRequired[MatchKind]
    also_when_text_follows: NotRequired[bool]
    asks_back: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]


class KeywordRival(TypedDict):
    """Another keyword of the account that can match the same text."""

    keyword_id: int
    word: str
    examples: list[KeywordMeeting]


class KeywordRivals(TypedDict):
    """Keywords that fight with one."""

    near: list[KeywordRival]
    apart: list[KeywordRival]
    more_near: int
    more_apart: int


KeywordStanding = Literal["active", "paused", "reserved", "ended"]


class KeywordStatistics(TypedDict):
    """What came for a keyword in the last 30 days; tests do not count."""

    days: list[KeywordDayCount]
    arguments: list[KeywordArgumentCount]
    other_arguments: int
    last_message_ids: list[int]


MatchKind = Literal["exact", "base", "phrase", "removing"]


class MoveRuleChange(TypedDict):
    """A rule at another place."""

    operation: Literal["move_rule"]
    rule_id: int
    to: RuleDirection


class NearMissIn(TypedDict):
    """What was typed instead of a keyword, as the list gives it."""

    spelling: str


class NearMissOut(TypedDict):
    """What was typed instead of a keyword."""

    keyword_id: int
    word: str
    spelling: str
    count: int
    last_at: str


class NearMisses(TypedDict):
    """What nearly matched in the last 30 days: the 200 most frequent, these first."""

    items: list[NearMissOut]


class NeverActsOut(TypedDict):
    """A rule that could never act."""

    rule_id: int | None
    behind_id: int | None


NumberCondition = Literal["working", "suspended", "setting_up", "simulated", "cut_off", "unknown"]


class NumberDetails(TypedDict):
    """A number and what it may do for the account."""

    id: int
    number: str
    kind: NumberKind
    is_own: bool
    label: str
    condition: NumberCondition
    suspended_reason: str
    expires_at: str | None
    keyword_count: int
    received_today: int
    handles_all_messages: bool
    can_send: bool
    keyword_kinds: list[KeywordKind]
    keyword_quota: int | None
    keywords_held: int


NumberKind = Literal["shared_long", "shared_short", "individual_long", "individual_long_mms", "individual_short", "eco"]


class NumberKindIn(TypedDict):
    """A kind of shared number."""

    kind: NumberKind


class NumberKindOut(TypedDict):
    """A kind of number, as the account can have it."""

    kind: NumberKind
    abbreviation: str
    is_shared: bool
    exact_keywords: bool
    advanced_keywords: bool
    handles_all_messages: bool
    surveys_contests_statistics: bool
    mms: bool
    keyword_quota: int | None
    in_stock: int
    code: str | None
    packages: list[NumberPackageOut]


class NumberKindPackages(TypedDict):
    """The packages of a kind of shared number."""

    kind: NumberKind
    is_payable: bool
    taken: NumberPackageTaken | None
    keyword_quota: int | None
    keywords_held: int
    packages: list[NumberPackageOut]


class NumberKinds(TypedDict):
    """All kinds of number."""

    items: list[NumberKindOut]


class NumberOrderIn(TypedDict):
    """A wish for a number."""

    kind: NumberKind
    number_id: NotRequired[int | None]
    note: NotRequired[str]


class NumberOrderOut(TypedDict):
    """An order, and what became of it."""

    id: int
    kind: NumberKind
    number_id: int | None
    number: str | None
    state: NumberOrderState
    note: str
    reason: str
    ordered_at: str
    settled_at: str | None


NumberOrderState = Literal["open", "assigned", "refused", "withdrawn"]


class NumberOut(TypedDict):
    """A number."""

    id: int
    number: str
    kind: NumberKind
    is_own: bool
    label: str
    condition: NumberCondition
    suspended_reason: str
    expires_at: str | None
    keyword_count: int
    received_today: int


class NumberPackageIn(TypedDict):
    """A package."""

    kind: NumberKind
    package: str


class NumberPackageOut(TypedDict):
    """What something costs, in minor units, net of VAT."""

    name: str
    keyword_count: int | None
    installation: int
    monthly: int


class NumberPackageTaken(TypedDict):
    """The package the account has."""

    name: str
    starts_on: str
    last_day: str | None


class NumberPackages(TypedDict):
    """The packages of all kinds of shared number."""

    items: list[NumberKindPackages]


class NumberPatch(TypedDict):
    """What is to be changed."""

    label: str


class NumberStockOut(TypedDict):
    """A number that can be ordered."""

    id: int
    number: str
    kind: NumberKind


Occasion = Literal["any", "first", "again"]


OfficeHours = Literal["any", "open", "closed"]


Owner = Literal["yours", "nobody", "other"]


PosterLanguage = Literal["pl", "en"]


class ProblemOut(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[FieldError]]


class RemoveSynonymChange(TypedDict):
    """A spelling less."""

    operation: Literal["remove_synonym"]
    keyword_id: int
    synonym_id: int


class ReserveKeywordChange(TypedDict):
    """A new keyword."""

    operation: Literal["reserve_keyword"]
    keyword: KeywordIn


class RuleDeedOut(TypedDict):
    """One thing that is done."""

    action: str
    target_id: int | None
    name: str
    text: str
    until: str
    scope: str


RuleDirection = Literal["earlier", "later"]


class RuleExampleIn(TypedDict):
    """A text to be kept; what becomes of it now is what is expected from now on."""

    text: str
    sender: NotRequired[str | None]
    who: NotRequired[SupposedSender]
    group_ids: NotRequired[list[int]]
    moment: NotRequired[str | None]
    weekday: NotRequired[int | None]
    at_time: NotRequired[str | None]
    note: NotRequired[str]


class RuleExampleOut(TypedDict):
    """An example."""

    id: int
    number_id: int
    text: str
    sender: str
    who: SupposedSender
    group_ids: list[int]
    moment: str | None
    weekday: int | None
    at_time: str | None
    note: str
    created_at: str
    expected: RuleOutcomeOut
    now: RuleOutcomeOut | None


class RuleIn(TypedDict):
    """A rule, or what is to be changed of one: what is left out stays, in a new rule it restricts nothing and does nothing."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[Standing]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    join_group_ids: NotRequired[list[int]]
    join_until: NotRequired[str | None]
    leave_group_ids: NotRequired[list[int]]
    reply: NotRequired[str]
    forward_ids: NotRequired[list[int]]


class RuleList(TypedDict):
    """Rules in the order in which they are asked: narrower ones first. The first that fits acts."""

    items: list[RuleOut]


class RuleMove(TypedDict):
    """Where a rule goes."""

    to: RuleDirection


class RuleOut(TypedDict):
    """A rule at its place."""

    is_enabled: NotRequired[bool]
    starts_at: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    weekdays: NotRequired[list[int]]
    from_time: NotRequired[str | None]
    until_time: NotRequired[str | None]
    days: NotRequired[Days]
    office_hours: NotRequired[OfficeHours]
    in_group_id: NotRequired[int | None]
    not_in_group_id: NotRequired[int | None]
    occasion: NotRequired[Occasion]
    standing: NotRequired[Standing]
    sender_prefixes: NotRequired[list[str]]
    daily_ceiling: NotRequired[int | None]
    join_group_ids: NotRequired[list[int]]
    join_until: NotRequired[str | None]
    leave_group_ids: NotRequired[list[int]]
    reply: NotRequired[str]
    forward_ids: NotRequired[list[int]]
    id: int
    number_id: int
    keyword_id: int | None
    never_acts_behind_id: NotRequired[int | None]


class RuleOutcomeOut(TypedDict):
    """What becomes of a text."""

    owner: Owner
    keyword: str
    keyword_id: int | None
    is_default: bool
    deeds: list[RuleDeedOut]


class RuleRestore(TypedDict):
    """What was deleted."""

    undo: str


class RuleUndo(TypedDict):
    """What takes a deletion back."""

    undo: str


Standing = Literal["any", "in", "opted_out"]


SupposedSender = Literal["phone", "new", "member"]


class SwitchKeywordChange(TypedDict):
    """Pausing, resuming or giving up."""

    operation: Literal["pause_keyword", "resume_keyword", "end_keyword"]
    keyword_id: int


class SynonymIn(TypedDict):
    """Another way to write a keyword."""

    word: str


class SynonymOut(TypedDict):
    """Another way to write a keyword."""

    id: int
    word: str


TrailStep = Literal[
    "received",
    "joined",
    "incomplete",
    "amended",
    "flagged",
    "number_unknown",
    "number_not_active",
    "tokens",
    "owned",
    "rule_skipped",
    "matched",
    "default_rule",
    "reply_to_sole_writer",
    "unmatched",
    "word_rests",
    "assigned",
    "inbox_only",
    "action_not_taken",
    "added_to_group",
    "already_in_group",
    "removed_from_group",
    "opted_out",
    "opted_out_before",
    "opt_out_of_nothing",
    "opt_out_lifted",
    "opt_out_asked",
    "opt_out_flagged",
    "asked_back",
    "answered_question",
    "handed_over",
    "blocked",
    "not_in_group",
    "reply",
    "autoresponder",
    "autoresponder_skipped",
    "breaker_tripped",
    "forward_url",
    "forward_email",
    "forward_phone",
]


class TrialAction(TypedDict):
    """One thing that would be done."""

    action: str
    target_id: NotRequired[int | None]
    name: NotRequired[str]
    text: NotRequired[str]
    until: NotRequired[str | None]
    segments: NotRequired[int]
    cost: NotRequired[int]


class TrialOut(TypedDict):
    """What would become of a text."""

    owner: Owner
    keyword_id: NotRequired[int | None]
    rule_id: NotRequired[int | None]
    argument: NotRequired[str]
    flag: NotRequired[Flag]
    actions: NotRequired[list[TrialAction]]
    trace: NotRequired[list[TrialStep]]
    cost: NotRequired[int]


class TrialStep(TypedDict):
    """One step of the trace; docs/reference/actions.md says which values each has."""

    step: TrailStep
    values: dict[str, str | int]


class TriedChangeIn(TypedDict):
    """A change as it would be made."""

    change: (
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


class TriedOnExample(TypedDict):
    """An example that would come out otherwise."""

    example_id: int
    text: str
    before: RuleOutcomeOut
    after: RuleOutcomeOut


class TriedOnPast(TypedDict):
    """Messages that would have come out otherwise in the same way."""

    before: RuleOutcomeOut
    after: RuleOutcomeOut
    count: int
    message_ids: list[int]
