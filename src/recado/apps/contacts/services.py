"""Writes about contacts and groups, for the panel and the API alike.

What belongs here: adding, changing, removing, each in one transaction that also tells routing where it must know. What does not: reading
(`queries`), importing lists (`importing`), who may do it (the caller has the object from a `…_for` query). Rules are looked up by name,
because their app builds on this one.
"""

from collections.abc import Collection, Iterable, Mapping

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.contacts.consents import note_groups
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership
from recado.apps.contacts.opt_outs import barred_groups
from recado.apps.contacts.threads import tie_conversations
from recado.apps.ids import next_id
from recado.apps.numbers.services import bump_routing

DETAIL_FIELDS = ("first_name", "last_name", "company", "email", "tax_id", "address", "city", "description")
"""What is known about a contact besides the number."""


class ContactExistsError(ValueError):
    """Another contact of the account already has this number."""


class GroupInUseError(ValueError):
    """Rules depend on whether people are in the group; `keywords` are their words, `numbers` the digits where it is a default rule.

    `autoresponders` are the names of those that do.
    """

    permanent = True

    def __init__(self, keywords: tuple[str, ...], numbers: tuple[str, ...], autoresponders: tuple[str, ...] = ()) -> None:
        super().__init__(f"rules depend on the group: {', '.join((*keywords, *numbers, *autoresponders))}")
        self.keywords = keywords
        self.numbers = numbers
        self.autoresponders = autoresponders


def add_contact(
    account: Account,
    msisdn: str,
    details: Mapping[str, str] | None = None,
    group_ids: Iterable[int] = (),
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> Contact:
    """Do what `add_or_complete` does, and return the contact."""
    return add_or_complete(account, msisdn, details, group_ids, source=source, user=user)[0]


def add_or_complete(
    account: Account,
    msisdn: str,
    details: Mapping[str, str] | None = None,
    group_ids: Iterable[int] = (),
    *,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> tuple[Contact, bool]:
    """Add a contact, or complete the one that has this number; put it into those of the groups that exist and it did not opt out of.

    `details` are DETAIL_FIELDS; an empty one never wipes what is known. `source` is noted of a new contact and of new memberships. Also
    say whether it is new.
    """
    with transaction.atomic():
        contact, is_new = Contact.objects.get_or_create(account=account, msisdn=msisdn, defaults={"id": next_id(), "source": source})
        if is_new:
            tie_conversations(account, (msisdn,))
        _fill(contact, {name: value for name, value in (details or {}).items() if value})
        join_groups(contact, group_ids, source=source, user=user)
    announce(Change("contacts", account.pk))
    return contact, is_new


def edit_contact(
    contact: Contact,
    *,
    msisdn: str | None = None,
    details: Mapping[str, str] | None = None,
    group_ids: Collection[int] | None = None,
    source: Contact.Source = Contact.Source.MANUAL,
    user: User | None = None,
) -> None:
    """Change what is given and leave the rest; raise ContactExistsError if the number is another contact's.

    `group_ids`, if given, become the contact's groups: those kept keep when and why they were joined. Groups that do not exist are
    passed over, and if none of them exists the groups stay as they are. None is joined that the person opted out of.
    """
    before = contact.msisdn
    try:
        with transaction.atomic():
            _fill(contact, {**(details or {}), **({"msisdn": msisdn} if msisdn else {})})
            if contact.msisdn != before:
                tie_conversations(contact.account, (before, contact.msisdn))
            if group_ids is not None:
                _replace_groups(contact, group_ids, source, user)
    except IntegrityError as error:
        raise ContactExistsError(f"another contact has the number {msisdn}") from error
    announce(Change("contacts", contact.account_id))


def delete_contacts(
    account: Account, contacts: Iterable[Contact], *, source: Contact.Source = Contact.Source.MANUAL, user: User | None = None
) -> None:
    """Remove contacts and their memberships; their messages and dialogues stay, and so does what is noted of their consent."""
    ids = [contact.pk for contact in contacts]
    with transaction.atomic():
        _note_left(GroupMembership.objects.filter(contact__account=account, contact__in=ids), account.pk, user, source)
        Contact.objects.filter(account=account, pk__in=ids).delete()
    announce(Change("contacts", account.pk))


@transaction.atomic
def join_groups(
    contact: Contact, group_ids: Iterable[int], *, source: Contact.Source = Contact.Source.MANUAL, user: User | None = None
) -> None:
    """Put the contact into those of the groups that its account has; nothing happens where it is already, or opted out."""
    Contact.objects.select_for_update().filter(pk=contact.pk).first()  # an opt-out at this moment goes first or comes after
    account_id, now = contact.account_id, timezone.now()
    found = set(Group.objects.filter(account_id=account_id, pk__in=list(group_ids)).values_list("pk", flat=True))
    found -= set(GroupMembership.objects.filter(contact=contact).values_list("group_id", flat=True))
    found -= barred_groups(account_id, contact.msisdn, found)
    GroupMembership.objects.bulk_create(
        [GroupMembership(id=next_id(), group_id=group_id, contact=contact, joined_at=now, source=source) for group_id in sorted(found)],
        ignore_conflicts=True,
    )
    note_groups(
        account_id, ConsentRecord.Kind.JOINED, [(contact.msisdn, group_id) for group_id in sorted(found)], now, source=source, user=user
    )


@transaction.atomic
def leave_group(contact: Contact, group: Group, *, user: User | None = None) -> None:
    """Take the contact out of the group."""
    memberships = GroupMembership.objects.filter(contact=contact, group=group)
    _note_left(memberships, contact.account_id, user)
    memberships.delete()
    announce(Change("contacts", contact.account_id))


def add_group(account: Account, name: str) -> Group:
    """Add a group. Two may have the same name; ids tell them apart."""
    group = Group.objects.create(account=account, name=name)
    announce(Change("contacts", account.pk))
    return group


def rename_group(group: Group, name: str) -> None:
    """Rename a group; routing is told, because trails name it."""
    with transaction.atomic():
        group.name = name
        group.save(update_fields=["name"])
        bump_routing()
    announce(Change("contacts", group.account_id))


def delete_groups(account: Account, groups: Iterable[Group], *, with_contacts: bool = False) -> None:
    """Remove groups together with the rule actions that fill them; with `with_contacts` the people in them as well.

    Raise GroupInUseError, and remove nothing, where a rule has one of them as its condition: without it, the rule would act for everybody.
    """
    ids = [group.pk for group in groups]
    with transaction.atomic():
        check_unused(ids)
        if with_contacts:
            Contact.objects.filter(account=account, memberships__group__in=ids).delete()
        Group.objects.filter(account=account, pk__in=ids).delete()
        bump_routing()
    announce(Change("contacts", account.pk))


def check_unused(group_ids: Collection[int]) -> None:
    """Raise GroupInUseError where a rule or an autoresponder has one of the groups as its condition."""
    is_condition = Q(in_group__in=group_ids) | Q(not_in_group__in=group_ids)
    rules = apps.get_model("keywords", "Rule")._default_manager.filter(is_condition)  # noqa: SLF001  # documented Django API
    places = list(rules.values_list("keyword__word", "number__digits"))
    answers = apps.get_model("autoresponders", "Autoresponder")._default_manager.filter(is_condition)  # noqa: SLF001  # same
    names = tuple(answers.order_by("name").values_list("name", flat=True))
    if places or names:
        words = {word for word, _ in places if word}
        raise GroupInUseError(tuple(sorted(words)), tuple(sorted({digits for word, digits in places if not word})), names)


def _fill(contact: Contact, values: Mapping[str, str]) -> None:
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    for name in changed:
        setattr(contact, name, values[name])
    if changed:
        contact.save(update_fields=changed)


def _replace_groups(contact: Contact, group_ids: Collection[int], source: Contact.Source, user: User | None) -> None:
    known = set(Group.objects.filter(account_id=contact.account_id, pk__in=group_ids).values_list("pk", flat=True))
    if group_ids and not known:
        return
    leaving = GroupMembership.objects.filter(contact=contact).exclude(group__in=known)
    _note_left(leaving, contact.account_id, user, source)
    leaving.delete()
    join_groups(contact, known, source=source, user=user)


def _note_left(
    memberships: QuerySet[GroupMembership], account_id: int, user: User | None, source: Contact.Source = Contact.Source.MANUAL
) -> None:
    people = memberships.order_by("pk").values_list("contact__msisdn", "group_id")
    note_groups(account_id, ConsentRecord.Kind.LEFT, people, timezone.now(), source=source, user=user)
