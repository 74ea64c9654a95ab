"""`/rules`: what keywords do, and own numbers with messages that match none.

What belongs here: routes. What does not: the shape (`rule_shapes`), what rules may say and their order (`apps.keywords.rules`).
"""

from django.db import transaction
from ninja import Path, Router, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.keyword_problems import refusals
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.rule_shapes import (
    RuleDirection,
    RuleIn,
    RuleList,
    RuleMove,
    RuleOut,
    RuleRestore,
    RuleUndo,
    changed_rule,
    rule_content,
    shown_rule,
)
from recado.api.v1.shapes import Id
from recado.api.v1.terms_shapes import read_terms
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.keywords.audited import rule_facts
from recado.apps.keywords.conflicts import never_acting
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.queries import default_rules_of, get_keyword_for, get_rule_for
from recado.apps.keywords.rows import keyword_row
from recado.apps.keywords.rule_undo import remember, restore_rule, seal, unseal
from recado.apps.keywords.rules import add_rule, check_terms, delete_rule, edit_rule, in_order, move_rule, place_among
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import get_number_for

router = Router(tags=["Rules"])


@router.get(
    "/keywords/{keyword_id}/rules",
    auth=key(Scope.KEYWORDS_READ),
    response=RuleList,
    operation_id="list_keyword_rules",
    summary="List the rules of a keyword",
)
def of_keyword(request: ProgramRequest, keyword_id: Path[Id]) -> RuleList:
    """All of them, in the order in which they are asked."""
    found = get_keyword_for(request.account, keyword_id)
    return _listed(request.account, found, in_order(found.rules.all()))


@router.post(
    "/keywords/{keyword_id}/rules",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: RuleOut, 409: ProblemOut},
    operation_id="add_keyword_rule",
    summary="Add a rule to a keyword",
)
@transaction.atomic
def add_to_keyword(request: ProgramRequest, keyword_id: Path[Id], body: RuleIn) -> Status[RuleOut]:
    """Let a keyword do something more, at other times or for other people. Among equally narrow rules it is the last."""
    return _add(request, get_keyword_for(request.account, keyword_id), body)


@router.get(
    "/numbers/{number_id}/rules",
    auth=key(Scope.KEYWORDS_READ),
    response=RuleList,
    operation_id="list_number_rules",
    summary="List the rules of a number",
)
def of_number(request: ProgramRequest, number_id: Path[Id]) -> RuleList:
    """Say what happens to messages that match no keyword, in the order in which the rules are asked; on shared numbers nothing."""
    found = get_number_for(request.account, number_id)
    return _listed(request.account, found, default_rules_of(request.account, found))


@router.post(
    "/numbers/{number_id}/rules",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: RuleOut, 409: ProblemOut},
    operation_id="add_number_rule",
    summary="Add a rule to a number",
)
@transaction.atomic
def add_to_number(request: ProgramRequest, number_id: Path[Id], body: RuleIn) -> Status[RuleOut]:
    """Let an own number do something with messages that match no keyword. Refused (409 `rule-refused`) on shared numbers."""
    return _add(request, get_number_for(request.account, number_id), body)


@router.post(
    "/rules/restore",
    auth=key(Scope.KEYWORDS_WRITE),
    response={201: RuleOut, 409: ProblemOut},
    operation_id="restore_rule",
    summary="Take the deletion of a rule back",
)
@transaction.atomic
def restore(request: ProgramRequest, body: RuleRestore) -> Status[RuleOut]:
    """Let a deleted rule act again as it did, under a new id; groups and forwards that are gone are left out."""
    with refusals():
        restored = get_rule_for(request.account, restore_rule(request.account, unseal(body.undo)).pk)
    _note(request, "rule_restored", restored, after=rule_facts(restored))
    return Status(201, shown_rule(restored))


@router.get("/rules/{rule_id}", auth=key(Scope.KEYWORDS_READ), response=RuleOut, operation_id="get_rule", summary="Show a rule")
def show(request: ProgramRequest, rule_id: Path[Id]) -> RuleOut:
    """Say what it does, when and for whom, and whether a rule before it always acts in its stead."""
    found = get_rule_for(request.account, rule_id)
    return shown_rule(found, _shadows(request.account, _place(found)).get(found.pk))


@router.patch(
    "/rules/{rule_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: RuleOut, 409: ProblemOut},
    operation_id="edit_rule",
    summary="Change a rule",
)
@transaction.atomic
def edit(request: ProgramRequest, rule_id: Path[Id], body: RuleIn) -> RuleOut:
    """Leave as it is what the body leaves out; a list takes the place of the whole list before."""
    found = get_rule_for(request.account, rule_id)
    before, wanted = rule_facts(found), changed_rule(found, body)
    with refusals():
        edit_rule(found, rule_content(request.account, wanted), read_terms(request.account, wanted, found.priority))
    changed = get_rule_for(request.account, rule_id)
    _note(request, "rule_changed", changed, before=before, after=rule_facts(changed))
    return shown_rule(changed, _shadows(request.account, _place(changed)).get(rule_id))


@router.delete(
    "/rules/{rule_id}",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: RuleUndo, 409: ProblemOut},
    operation_id="delete_rule",
    summary="Delete a rule",
)
@transaction.atomic
def delete(request: ProgramRequest, rule_id: Path[Id]) -> RuleUndo:
    """Refused (409 `last-rule`) for the only rule of a keyword. The answer takes it back for an hour."""
    found = get_rule_for(request.account, rule_id)
    remembered = seal(remember(found))
    _note(request, "rule_deleted", found, before=rule_facts(found))
    with refusals():
        delete_rule(found)
    return RuleUndo(undo=remembered)


@router.post(
    "/rules/{rule_id}/move",
    auth=key(Scope.KEYWORDS_WRITE),
    response={200: RuleList, 409: ProblemOut},
    operation_id="move_rule",
    summary="Move a rule",
)
@transaction.atomic
def move(request: ProgramRequest, rule_id: Path[Id], body: RuleMove) -> RuleList:
    """Let a rule change places with the one before or after it; only equally narrow ones do (else 409 `no-such-place`)."""
    found = get_rule_for(request.account, rule_id)
    before = place_among(found)
    if not move_rule(found, up=body.to is RuleDirection.EARLIER):
        raise conflict("no-such-place", "The rule beside it is narrower or wider, or there is none: the narrower rule is asked first.")
    _note(request, "rule_moved", found, before={"order": before}, after={"order": place_among(found)})
    if isinstance(place := _place(found), Keyword):
        return of_keyword(request, place.pk)
    return of_number(request, place.pk)


def _add(request: ProgramRequest, place: Keyword | Number, body: RuleIn) -> Status[RuleOut]:
    with refusals():
        content, terms = rule_content(request.account, body), read_terms(request.account, body)
        check_terms(request.account, terms)
        added = get_rule_for(request.account, add_rule(place, request.account, content, terms).pk)
    _note(request, "rule_added", added, after=rule_facts(added))
    return Status(201, shown_rule(added, _shadows(request.account, place).get(added.pk)))


def _listed(account: Account, place: Keyword | Number, rules: list[Rule]) -> RuleList:
    behind = _shadows(account, place) if rules else {}
    return RuleList(items=[shown_rule(rule, behind.get(rule.pk)) for rule in rules])


def _shadows(account: Account, place: Keyword | Number) -> dict[int, int]:
    number, row = (place.number, keyword_row(place)) if isinstance(place, Keyword) else (place, None)
    return {one.rule_id: one.before_id for one in never_acting(account, number, row)}


def _place(found: Rule) -> Keyword | Number:
    return found.keyword or found.number


def _note(request: ProgramRequest, what: str, found: Rule, **facts: dict[str, str]) -> None:
    place = _place(found)
    if isinstance(place, Keyword):
        note(request, f"keyword.{what}", place.word, place.pk, **facts)
    else:
        note(request, f"number.{what}", place.digits, place.pk, **facts)
