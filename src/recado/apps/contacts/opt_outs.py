"""Opt-outs: who wants no messages, of what, since when; noting one, lifting one, asking (product.md §4).

What belongs here: these rows as people and programs write them, and the questions to ask before putting somebody into a group or writing
to them. What does not: recognising one in a message (the gateway), words for them (`panel.consent_words`), blocked senders (`blocking`).

`account` covers everything; a group, a keyword or a number covers itself alone. Somebody who opted out of everything stays a member on
paper, so that a change of mind brings back what was; who opted out of one group leaves it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.consents import note_groups
from recado.apps.contacts.models import ConsentRecord, Contact, GroupMembership, OptOut
from recado.apps.contacts.queries import NotFoundError
from recado.apps.ids import next_id
from recado.apps.sql import lent_connection
from recado.store.surveys import stop

Scope = OptOut.Scope
WIDEST_FIRST = (Scope.ACCOUNT, Scope.NUMBER, Scope.KEYWORD, Scope.GROUP)
PAGE = 50


class OptedOutError(ValueError):
    """The person wants no messages here; `opt_out` is the widest reason."""

    def __init__(self, opt_out: OptOut) -> None:
        super().__init__(f"{opt_out.msisdn} opted out of {opt_out.scope}")
        self.opt_out = opt_out


def opt_out(
    account: Account,
    msisdn: str,
    scope: OptOut.Scope,
    target_id: int = 0,
    *,
    now: datetime,
    user: User | None = None,
    text: str = "",
    number_id: int | None = None,
    message_id: int | None = None,
) -> OptOut:
    """Do what `note_opt_out` does, and return the row."""
    return note_opt_out(account, msisdn, scope, target_id, now=now, user=user, text=text, number_id=number_id, message_id=message_id)[0]


def note_opt_out(  # each is one column
    account: Account,
    msisdn: str,
    scope: OptOut.Scope,
    target_id: int = 0,
    *,
    now: datetime,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
    text: str = "",
    number_id: int | None = None,
    message_id: int | None = None,
) -> tuple[OptOut, bool]:
    """Note that a person wants no messages; where that is noted already, it stays as it is. Also say whether it is new."""
    try:
        with transaction.atomic():
            noted = OptOut.objects.create(
                id=next_id(),
                account=account,
                msisdn=msisdn,
                scope=scope,
                target_id=target_id,
                number_id=number_id,
                message_id=message_id,
                text=text,
                user_id=user.pk if user else None,
                created_at=now,
            )
            _record(noted, ConsentRecord.Kind.OPTED_OUT, now, user, text, Contact.Source.KEYWORD if message_id else source)
            if scope == Scope.GROUP:
                _leave(noted, now, user, source)
            con = lent_connection()
            stop(con, [(account.pk, msisdn, scope.value, target_id)], con.dialect.timestamp(now))
    except IntegrityError:  # somebody was quicker, or it is long known
        return OptOut.objects.get(account=account, msisdn=msisdn, scope=scope, target_id=target_id, lifted_at=None), False
    announce(Change("contacts", account.pk))
    return noted, True


@transaction.atomic
def lift(
    noted: OptOut, *, now: datetime, source: Contact.Source = Contact.Source.MANUAL, user: User | None = None, reason: str = ""
) -> bool:
    """End an opt-out; return whether it was in force still. The row stays as history."""
    in_force_still = OptOut.objects.filter(pk=noted.pk, lifted_at=None)
    if not in_force_still.update(lifted_at=now, lifted_by_id=user.pk if user else None, lift_reason=reason[:200]):
        return False
    _record(noted, ConsentRecord.Kind.OPTED_IN, now, user, "", source)
    announce(Change("contacts", noted.account_id))
    return True


def in_force(account: Account, msisdn: str) -> list[OptOut]:
    """Return what a person opted out of, the widest first."""
    return in_force_among(account, [msisdn]).get(msisdn, [])


def in_force_among(account: Account, msisdns: Collection[str]) -> dict[str, list[OptOut]]:
    """Return the same of a page of people at once; who opted out of nothing is not in it."""
    found: dict[str, list[OptOut]] = {}
    for one in OptOut.objects.filter(account=account, msisdn__in=set(msisdns), lifted_at=None).order_by("id"):
        found.setdefault(one.msisdn, []).append(one)
    return {msisdn: sorted(some, key=_width) for msisdn, some in found.items()}


def is_opted_out(
    account: Account, msisdn: str, *, group: int | None = None, number: int | None = None, keyword: int | None = None
) -> OptOut | None:
    """Return the widest opt-out that covers one of these; None where the person may be written to."""
    asked: Mapping[str, int | None] = {Scope.ACCOUNT: 0, Scope.NUMBER: number, Scope.KEYWORD: keyword, Scope.GROUP: group}
    return next((one for one in in_force(account, msisdn) if asked[one.scope] == one.target_id), None)


def barred(account_id: int, msisdns: Iterable[str], group_id: int) -> set[str]:
    """Return those of the phones that must not be put into a group: they opted out of it, or of everything."""
    covers = Q(scope=Scope.ACCOUNT) | Q(scope=Scope.GROUP, target_id=group_id)
    found = OptOut.objects.filter(covers, account=account_id, msisdn__in=set(msisdns), lifted_at=None)
    return set(found.values_list("msisdn", flat=True))


def barred_groups(account_id: int, msisdn: str, group_ids: Iterable[int]) -> set[int]:
    """Return those of the groups that a person must not be put into."""
    asked = set(group_ids)
    covers = Q(scope=Scope.ACCOUNT) | Q(scope=Scope.GROUP, target_id__in=asked)
    found = list(OptOut.objects.filter(covers, account=account_id, msisdn=msisdn, lifted_at=None))
    return asked if any(one.scope == Scope.ACCOUNT for one in found) else {one.target_id for one in found}


def get_opt_out_for(account: Account, opt_out_id: int, *, also_lifted: bool = False) -> OptOut:
    """Find an opt-out of the account that is in force, or raise NotFoundError."""
    found = OptOut.objects.filter(account=account, pk=opt_out_id).first()
    if found is None or not (also_lifted or found.lifted_at is None):
        raise NotFoundError(f"no opt-out {opt_out_id} in this account")
    return found


def opt_out_page(account: Account, *, lifted: bool = False, msisdn: str = "", before: int | None = None, size: int = PAGE) -> list[OptOut]:
    """Return opt-outs in force, or the lifted ones, noted before one, newest first, and one more if there are more."""
    found = OptOut.objects.filter(account=account, lifted_at__isnull=not lifted)
    if msisdn:
        found = found.filter(msisdn__contains=msisdn)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[: size + 1])


def _width(one: OptOut) -> int:
    return WIDEST_FIRST.index(OptOut.Scope(one.scope))


def _leave(noted: OptOut, now: datetime, user: User | None, source: Contact.Source) -> None:
    """Take the person out of the group; whoever adds them at this moment waits for the contact's row, then finds the opt-out."""
    contact = Contact.objects.select_for_update().filter(account_id=noted.account_id, msisdn=noted.msisdn).first()
    membership = GroupMembership.objects.filter(contact=contact, group=noted.target_id, group__account=noted.account_id)
    if contact is not None and membership.delete()[0]:
        note_groups(noted.account_id, ConsentRecord.Kind.LEFT, [(noted.msisdn, noted.target_id)], now, source=source, user=user)


def _record(  # each is one column
    noted: OptOut, kind: ConsentRecord.Kind, now: datetime, user: User | None, text: str, source: Contact.Source
) -> None:
    targets = {Scope.GROUP: "group_id", Scope.NUMBER: "number_id", Scope.KEYWORD: "keyword_id"}
    places: dict[str, int | None] = {"number_id": noted.number_id}
    if name := targets.get(OptOut.Scope(noted.scope)):
        places[name] = noted.target_id
    ConsentRecord.objects.create(
        id=next_id(),
        account_id=noted.account_id,
        msisdn=noted.msisdn,
        kind=kind,
        message_id=noted.message_id if kind == ConsentRecord.Kind.OPTED_OUT else None,
        text=text,
        source=source,
        user_id=user.pk if user else None,
        at=now,
        **places,
    )
