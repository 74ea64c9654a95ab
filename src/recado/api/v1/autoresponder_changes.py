"""Changes of autoresponders as values, each named like the operation that makes it, and the draft each is.

What belongs here: shapes, and from one to a `core.draft.Draft`. What does not: what a draft would mean (`trying_changes`), changes of
keywords and rules (`changes`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal, assert_never

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.autoresponder_shapes import AutoresponderIn, AutoresponderPatch, changed_by, content_from, refusals
from recado.api.v1.problems import Problem
from recado.api.v1.shapes import Id
from recado.apps.accounts.models import Account
from recado.apps.autoresponders.drafts import draft_of_content, draft_of_deletion, draft_of_move, draft_of_switch
from recado.apps.autoresponders.queries import get_autoresponder_for
from recado.apps.autoresponders.services import check_content
from recado.core.draft import Draft


class _Change(Schema):
    model_config = ConfigDict(extra="forbid")


class AddAutoresponderChange(_Change):
    """A new autoresponder."""

    operation: Literal["add_autoresponder"]
    autoresponder: AutoresponderIn


class EditAutoresponderChange(_Change):
    """An autoresponder that does something else."""

    operation: Literal["edit_autoresponder"]
    autoresponder_id: Id
    autoresponder: AutoresponderPatch


class DeleteAutoresponderChange(_Change):
    """An autoresponder less."""

    operation: Literal["delete_autoresponder"]
    autoresponder_id: Id


class MoveAutoresponderChange(_Change):
    """An autoresponder at another place."""

    operation: Literal["move_autoresponder"]
    autoresponder_id: Id
    place: Annotated[int, Field(ge=1, lt=2**31)]


class SwitchAutoresponderChange(_Change):
    """An autoresponder that answers, or rests."""

    operation: Literal["switch_autoresponder_on", "switch_autoresponder_off"]
    autoresponder_id: Id


AutoresponderChange = (
    AddAutoresponderChange | EditAutoresponderChange | DeleteAutoresponderChange | MoveAutoresponderChange | SwitchAutoresponderChange
)


def draft_of_autoresponder(account: Account, change: AutoresponderChange) -> Draft:
    """Return a change as a draft; raise what the change itself would raise."""
    match change:
        case AddAutoresponderChange():
            with _inside():
                content = content_from(account, change.autoresponder)
                check_content(account, content)
            return draft_of_content(account, content)
        case EditAutoresponderChange():
            found = get_autoresponder_for(account, change.autoresponder_id)
            with _inside():
                content = changed_by(found, change.autoresponder)
                check_content(account, content)
            return draft_of_content(account, content, found)
        case DeleteAutoresponderChange():
            return draft_of_deletion(get_autoresponder_for(account, change.autoresponder_id))
        case MoveAutoresponderChange():
            return draft_of_move(get_autoresponder_for(account, change.autoresponder_id), change.place)
        case SwitchAutoresponderChange():
            is_on = change.operation == "switch_autoresponder_on"
            return draft_of_switch(get_autoresponder_for(account, change.autoresponder_id), on=is_on)
        case _:
            assert_never(change)


@contextmanager
def _inside() -> Iterator[None]:
    """Name fields as they stand in a change."""
    try:
        with refusals():
            yield
    except Problem as problem:
        problem.errors = [{**one, "field": one["field"].replace("body.", "body.change.autoresponder.", 1)} for one in problem.errors]
        raise
