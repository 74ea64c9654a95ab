"""What a keyword lets people take part in: surveys, votes, contests, code pools, boards; and giving one of them a keyword.

What belongs here: activities as the content of a rule, whatever kind they are. What does not: any of them in itself (`apps.surveys`,
`apps.contests`, `apps.codes`, `apps.boards`, which know nothing of keywords), what a rule does besides (`rules`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from recado.apps.accounts.models import Account
from recado.apps.boards.models import Board
from recado.apps.codes.models import CodePool
from recado.apps.contests.models import Contest
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.surveys.models import Option, Survey
from recado.core.reply import CODE, ENTRY
from recado.core.survey import SurveyKind, SurveyState

Kind: TypeAlias = RuleAction.Kind
TARGETS: Mapping[Kind, str] = MappingProxyType(
    {Kind.ANSWER_SURVEY: "survey", Kind.ENTER_CONTEST: "contest", Kind.GIVE_CODE: "pool", Kind.POST_TO_BOARD: "board"}
)
"""The column of an action that names what it is about."""
MODELS: Mapping[Kind, Any] = MappingProxyType(
    {Kind.ANSWER_SURVEY: Survey, Kind.ENTER_CONTEST: Contest, Kind.GIVE_CODE: CodePool, Kind.POST_TO_BOARD: Board}
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing people take part in by a keyword."""

    kind: Kind
    target_id: int
    name: str = ""
    option_id: int | None = None
    """The answer a keyword stands for, of a vote."""
    option_name: str = ""

    @property
    def key(self) -> str:
        """What a form sends for it: `enter_contest:12`, `answer_survey:3:7`."""
        return ":".join(map(str, (self.kind.value, self.target_id, *((self.option_id,) if self.option_id else ()))))

    @property
    def full_name(self) -> str:
        """Its name, for a vote with the answer."""
        return f"{self.name}: {self.option_name}" if self.option_name else self.name


def activity_of(action: RuleAction) -> Activity | None:
    """Return what an action lets people take part in, None for other actions."""
    kind = Kind(action.kind)
    target = getattr(action, TARGETS[kind]) if kind in TARGETS else None
    if target is None:
        return None
    return Activity(kind, target.pk, target.name, action.option_id, str(action.option) if action.option else "")


def actions_of(activities: Iterable[Activity]) -> list[RuleAction]:
    """Return the actions for activities, not saved."""
    return [RuleAction(kind=one.kind, option_id=one.option_id, **{f"{TARGETS[one.kind]}_id": one.target_id}) for one in activities]


def are_of(account: Account, activities: Iterable[Activity]) -> bool:
    """Say whether all of them are the account's, and each answer its survey's."""
    for one in activities:
        if not MODELS[one.kind].objects.filter(account=account, pk=one.target_id).exists():
            return False
        if one.option_id and not Option.objects.filter(pk=one.option_id, question__survey=one.target_id).exists():
            return False
    return True


def placeholders_of(kinds: Collection[Kind]) -> tuple[str, ...]:
    """Return what a reply may name besides the usual, where its rule leads to activities of these kinds."""
    return (*((ENTRY,) if Kind.ENTER_CONTEST in kinds else ()), *((CODE,) if Kind.GIVE_CODE in kinds else ()))


def asks_age(activities: Iterable[Activity]) -> bool:
    """Say whether one of them is a contest that asks people for their age, which only individual numbers can."""
    contests = [one.target_id for one in activities if one.kind is Kind.ENTER_CONTEST]
    return bool(contests) and Contest.objects.filter(pk__in=contests, min_age__isnull=False).exists()


def offered_to(account: Account) -> list[Activity]:
    """Return what a keyword of the account can let people take part in: surveys that are not closed, contests, pools, boards."""
    found: list[Activity] = []
    surveys = Survey.objects.filter(account=account).exclude(state=SurveyState.CLOSED.value).order_by("name", "id")
    for survey in surveys.prefetch_related("questions__options"):
        if survey.kind == SurveyKind.VOTE.value:
            options = [option for question in survey.questions.all() for option in question.options.all()]
            found += [Activity(Kind.ANSWER_SURVEY, survey.pk, survey.name, option.pk, str(option)) for option in options]
        else:
            found.append(Activity(Kind.ANSWER_SURVEY, survey.pk, survey.name))
    for kind in (Kind.ENTER_CONTEST, Kind.GIVE_CODE, Kind.POST_TO_BOARD):
        rows = MODELS[kind].objects.filter(account=account).order_by("name", "id").values_list("pk", "name")
        found += [Activity(kind, pk, name) for pk, name in rows]
    return found


def numbers_of(account: Account, kind: Kind, target_id: int) -> list[str]:
    """Return the digits of the numbers whose default rule lets people take part in one of them."""
    actions = RuleAction.objects.filter(kind=kind, rule__account=account, rule__keyword__isnull=True, **{TARGETS[kind]: target_id})
    return list(actions.values_list("rule__number__digits", flat=True).distinct())


def keywords_of(account: Account, kind: Kind, target_id: int) -> list[Keyword]:
    """Return the keywords by which people take part in one of them, each with `option_id` of its answer where it is a vote."""
    actions = RuleAction.objects.filter(kind=kind, rule__account=account, rule__keyword__isnull=False, **{TARGETS[kind]: target_id})
    found: dict[int, Keyword] = {}
    for action in actions.select_related("rule__keyword__number").order_by("rule__keyword__word", "id"):
        keyword = action.rule.keyword
        if keyword is not None and keyword.pk not in found:
            keyword.option_id = action.option_id  # type: ignore[attr-defined]  # for the lists of votes
            found[keyword.pk] = keyword
    return list(found.values())
