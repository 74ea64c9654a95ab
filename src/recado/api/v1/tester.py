"""What a text would do on a number: the production rules asked, nothing received.

What belongs here: the route and the trace in machine form. What does not: deciding (`apps.keywords.dry_run`), keeping a test (`examples`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, Moment, PhoneIn, Text
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of
from recado.apps.keywords.dry_run import NOBODY, supposed_sender, would_do
from recado.apps.numbers.queries import get_number_for
from recado.apps.plans.queries import prices_for
from recado.core.action import ACTION_NAMES, Action, ForwardToPhone, SendReply
from recado.core.decision import Decision, Flag
from recado.core.outcome import Owner
from recado.core.phone_forward import forwarded_text
from recado.core.price import Service, cost
from recado.core.trail import TrailStep
from recado.protocols.gsm.segment import segments

router = Router(tags=["Rules"])
LONGEST_TEXT, MOST_GROUPS = 1530, 50
Tried = Annotated[Text, Field(max_length=LONGEST_TEXT)]


class SupposedSender(StrEnum):
    """Who sends a text that is tried; `RuleExample.Sender` under a name that no other shape has."""

    PHONE = "phone"
    NEW = "new"
    MEMBER = "member"


class TrialQuestion(Schema):
    """What is tried."""

    text: Tried
    sender: PhoneIn | None = Field(default=None, description="Without one: a phone nobody has.")
    who: SupposedSender = Field(
        default=SupposedSender.PHONE, description="The sender as they are known (`phone`), somebody `new`, or a `member` of the groups."
    )
    group_id: list[Id] = Field(default_factory=list, max_length=MOST_GROUPS, description="May be given several times.")
    moment: Moment | None = Field(default=None, description="Without one: now.")


class TrialAction(Schema):
    """One thing that would be done."""

    action: str = Field(examples=["send_reply", "add_to_group", "forward_to_url"])
    target_id: int | None = Field(default=None, description="The group or the forward; what is opted out of.")
    name: str = Field(default="", description="What the target is called.")
    text: str = Field(default="", description="Of a reply, or of a text to a phone it is forwarded to.")
    until: datetime | None = None
    segments: int = Field(default=0, description="How many SMS the text takes.")
    cost: int = Field(default=0, description="In minor units, net of VAT.")


class TrialStep(Schema):
    """One step of the trace; docs/reference/actions.md says which values each has."""

    step: TrailStep
    values: dict[str, str | int]


class TrialOut(Schema):
    """What would become of a text."""

    owner: Owner = Field(description="Whose it would be; of what is another account's nothing else is said.")
    keyword_id: int | None = None
    rule_id: int | None = Field(default=None, description="The rule that would act.")
    argument: str = Field(default="", description="What follows the keyword.")
    flag: Flag = Flag.NONE
    actions: list[TrialAction] = Field(default_factory=list)
    trace: list[TrialStep] = Field(default_factory=list, description="Which rules were considered, which acts, and why not the others.")
    cost: int = Field(default=0, description="Of all actions, in minor units, net of VAT.")


@router.get(
    "/numbers/{number_id}/try",
    auth=key(Scope.KEYWORDS_READ),
    response=TrialOut,
    operation_id="try_text",
    summary="Ask what a text would do",
)
def try_text(request: ProgramRequest, number_id: Path[Id], asked: Query[TrialQuestion]) -> TrialOut:
    """Ask the rules as they are; nothing is received, stored or sent."""
    account, at = request.account, asked.moment or timezone.now()
    number, phone = get_number_for(account, number_id), asked.sender or NOBODY
    groups = groups_named(account, asked.group_id, "query.group_id")
    known = supposed_sender(account, number, phone, at, asked.who.value, (group.pk for group in groups))
    return _shown(account, phone, asked.text, would_do(account, number, phone, asked.text, at, known))


def groups_named(account: Account, ids: list[int], place: str) -> list[Group]:
    """Return groups by their ids; raise Problem where one is not the account's."""
    found = list(group_names_of(account).filter(pk__in=ids)) if ids else []
    if missing := set(ids) - {group.pk for group in found}:
        raise invalid(place, f"{min(missing)} is not there; lists show what there is")
    return found


def _shown(account: Account, phone: str, text: str, decision: Decision | None) -> TrialOut:
    if decision is None:
        return TrialOut(owner=Owner.OTHER)
    actions = [_action(account, phone, text, action) for action in decision.actions]
    return TrialOut(
        owner=Owner.NOBODY if decision.account_id is None else Owner.YOURS,
        keyword_id=decision.keyword_id,
        rule_id=decision.rule_id,
        argument=decision.argument,
        flag=decision.flag,
        actions=actions,
        trace=[TrialStep(step=entry.step, values=dict(entry.values)) for entry in decision.trail],
        cost=sum(action.cost for action in actions),
    )


def _action(account: Account, phone: str, text: str, action: Action) -> TrialAction:
    service, written = Service.FULL, getattr(action, "text", "") if isinstance(action, SendReply) else ""
    if isinstance(action, ForwardToPhone):
        service, written = Service.FORWARD, forwarded_text(phone, text, lambda given: segments(given).count)
    count = segments(written).count if written else 0
    return TrialAction(
        action=ACTION_NAMES[type(action)],
        target_id=_first(action, "group_id", "destination_id", "target_id", "keyword_id"),
        name=_first(action, "group_name", "destination_name", "name", "word") or "",
        text=written,
        until=getattr(action, "until", None),
        segments=count,
        cost=cost(prices_for(account), service, count) if count else 0,
    )


def _first(action: Action, *names: str) -> Any:
    return next((getattr(action, name) for name in names if hasattr(action, name)), None)
