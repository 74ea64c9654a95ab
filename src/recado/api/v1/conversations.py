"""`/conversations`: the list as the inbox narrows it, and one conversation with what stands beside it.

What belongs here: routes. What does not: what stands in one, and answering (`conversation_messages`), what else is done to one
(`conversation_changes`, `conversation_people`), shapes (`conversation_shapes`).
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.conversation_shapes import (
    ConversationDetail,
    ConversationOut,
    HowToAnswer,
    WriterGroup,
    conversation_out,
    member_of,
    members_by_login,
)
from recado.api.v1.paging import Page, Paging, PagingQuery, bad_cursor, decoded, encoded
from recado.api.v1.shapes import Id, Text, phone_out
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.opt_outs import is_opted_out
from recado.apps.contacts.queries import memberships_of_number
from recado.apps.dialogues import answering
from recado.apps.dialogues.flagged import newest_in
from recado.apps.dialogues.leaving import leaves_from
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import Filters, Tab, dialogue_list, get_dialogue_for
from recado.apps.dialogues.timing import AS_SOON_AS_MAY_BE, leaves_at
from recado.apps.plans.queries import prices_for

router = Router(tags=["Conversations"])
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class ConversationTab(StrEnum):
    """The lists of the inbox that are not somebody's own; `assignee_id` narrows any of them to one person."""

    OPEN = Tab.OPEN.value
    UNREAD = Tab.UNREAD.value
    UNASSIGNED = Tab.UNASSIGNED.value
    SNOOZED = Tab.SNOOZED.value
    ALL = Tab.ALL.value


class ConversationFilters(Schema):
    """What the list is narrowed to."""

    tab: ConversationTab = ConversationTab.OPEN
    search: Annotated[Text, Field(max_length=80)] = Field("", description="A name, a number, a label, a keyword, or words that were said.")
    label_id: Id | None = None
    number_id: Id | None = None
    assignee_id: Id | None = Field(None, description="The `member_id` of somebody of the team.")
    may_want_out: bool = Field(False, description="Only those with a message that may be an opt-out.")


@router.get(
    "",
    auth=key(Scope.MESSAGES_READ),
    response=Page[ConversationOut],
    operation_id="list_conversations",
    summary="List conversations",
)
def list_conversations(request: ProgramRequest, paging: PagingQuery, wanted: Query[ConversationFilters]) -> Page[ConversationOut]:
    """Begin with the one that moved last. One that moves while a program turns pages is at the top again, and nothing is left out."""
    filters = Filters(
        None,
        timezone.now(),
        Tab(wanted.tab.value),
        search=wanted.search.strip(),
        label_id=wanted.label_id,
        number_id=wanted.number_id,
        assignee_id=member_of(request.account, wanted.assignee_id, "query.assignee_id").user_id if wanted.assignee_id else None,
        may_want_out=wanted.may_want_out,
        before=_place(paging),
    )
    rows = dialogue_list(request.account, filters, paging.limit)
    members = members_by_login(request.account)
    shown = rows[: paging.limit]
    following = _cursor(shown[-1]) if len(rows) > paging.limit else None
    return Page(items=[conversation_out(one, members) for one in shown], next=following)


@router.get(
    "/{conversation_id}",
    auth=key(Scope.MESSAGES_READ),
    response=ConversationDetail,
    operation_id="get_conversation",
    summary="Show a conversation",
)
def show(request: ProgramRequest, conversation_id: Path[Id]) -> ConversationDetail:
    """Add the person's groups, opt-outs, and how an answer would leave now. It stays unread."""
    return _detail(request.account, get_dialogue_for(request.account, conversation_id))


def _detail(account: Account, dialogue: Dialogue) -> ConversationDetail:
    flagged = newest_in(dialogue)
    return ConversationDetail(
        **conversation_out(dialogue, members_by_login(account)).model_dump(),
        groups=[WriterGroup(id=one.group_id, name=one.group.name) for one in memberships_of_number(account, dialogue.msisdn)],
        is_blocked=block_of(account, dialogue.msisdn) is not None,
        is_opted_out=is_opted_out(account, dialogue.msisdn, number=dialogue.number_id) is not None,
        may_be_opt_out_id=flagged.pk if flagged else None,
        answer=_answer(account, dialogue),
    )


def _answer(account: Account, dialogue: Dialogue) -> HowToAnswer:
    """Say how an answer would leave, as the composer of the panel does."""
    now = timezone.now()
    why_not = answering.refusal_of(dialogue)
    leaves = leaves_from(account, dialogue, now) if why_not is None else None
    until = leaves_at(account, dialogue, AS_SOON_AS_MAY_BE, now)
    return HowToAnswer(
        why_not=why_not,
        sender=phone_out(leaves.digits) if leaves else "",
        segment_price=prices_for(account)[leaves.service] if leaves and not dialogue.is_test else 0,
        quiet_until=until if until > now else None,
    )


def _cursor(last: Dialogue) -> str:
    return encoded(f"{(last.last_message_at - _EPOCH) // _MICROSECOND}-{last.pk}")


def _place(paging: Paging) -> tuple[datetime, int] | None:
    """Read where a page begins: when the last conversation before it had moved, and its id. Raises Problem."""
    if paging.cursor is None:
        return None
    at, dash, last_id = decoded(paging.cursor).partition("-")
    if not dash or not _is_number(at) or not _is_number(last_id):
        raise bad_cursor()
    return _EPOCH + int(at) * _MICROSECOND, int(last_id)


def _is_number(text: str) -> bool:
    """Say whether it is one that fits: a moment before the year 2255, or an id."""
    return text.isdecimal() and len(text) <= _DIGITS and int(text) < 2**53


_DIGITS = 16
