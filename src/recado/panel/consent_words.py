"""Consent in the reader's language: how somebody came into a group, what an opt-out covers, one sentence for every consent record.

What belongs here: words, and the names that go into them, looked up for a whole list at once. What does not: the rows
(`apps.contacts.consents`, `opt_outs`). What was deleted since has no name any more and is called that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.models import ConsentRecord, Contact, Group, GroupMembership, OptOut
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.panel.templatetags.recado import own_number

Scope, Kind, Source = OptOut.Scope, ConsentRecord.Kind, Contact.Source
SOURCES = {
    Source.IMPORT: gettext_lazy("Import"),
    Source.MANUAL: gettext_lazy("By hand"),
    Source.API: gettext_lazy("API"),
}
ICONS = {
    Kind.JOINED: "user-plus",
    Kind.LEFT: "user-minus",
    Kind.ENDED: "clock",
    Kind.OPTED_OUT: "ban",
    Kind.OPTED_IN: "user-check",
}

_JOINED: Mapping[tuple[str, str], Promise] = {
    (Source.KEYWORD, "keyword"): gettext_lazy("Joined %(group)s by the keyword %(keyword)s"),
    (Source.KEYWORD, ""): gettext_lazy("Joined %(group)s by a message"),
    (Source.IMPORT, "person"): gettext_lazy("Imported into %(group)s by %(person)s"),
    (Source.IMPORT, ""): gettext_lazy("Imported into %(group)s"),
    (Source.MANUAL, "person"): gettext_lazy("Put into %(group)s by %(person)s"),
    (Source.MANUAL, ""): gettext_lazy("Put into %(group)s by hand"),
    (Source.API, ""): gettext_lazy("Put into %(group)s by a program"),
}
_LEFT: Mapping[tuple[str, str], Promise] = {
    (Source.KEYWORD, ""): gettext_lazy("Left %(group)s by a message"),
    (Source.IMPORT, ""): gettext_lazy("Taken out of %(group)s by undoing an import"),
    (Source.MANUAL, "person"): gettext_lazy("Taken out of %(group)s by %(person)s"),
    (Source.MANUAL, ""): gettext_lazy("Taken out of %(group)s"),
    (Source.API, ""): gettext_lazy("Taken out of %(group)s by a program"),
}
"""By how it came about, and whether a person of the team or a keyword is to be named."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the things are called that records name by id."""

    groups: Mapping[int, str] = field(default_factory=dict)
    keywords: Mapping[int, str] = field(default_factory=dict)
    numbers: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)

    def group(self, pk: int | None) -> str:
        """Name a group."""
        return self.groups.get(pk or 0) or _("a deleted group")

    def keyword(self, pk: int | None) -> str:
        """Name a keyword."""
        return self.keywords.get(pk or 0) or _("a former keyword")

    def number(self, pk: int | None) -> str:
        """Name a number as it is printed; empty where there is none."""
        return self.numbers.get(pk or 0, "")

    def person(self, pk: int | None) -> str:
        """Name who did it; empty where nobody of the team did."""
        return (self.people.get(pk) or _("a former colleague")) if pk else ""


def names_for(account: Account, records: Iterable[ConsentRecord] = (), opt_outs: Iterable[OptOut] = ()) -> Names:
    """Look up all names that records and opt-outs of an account need."""
    noted, wishes = list(records), list(opt_outs)
    targets = {scope: {one.target_id for one in wishes if one.scope == scope} for scope in Scope}
    groups = known_ids(one.group_id for one in noted) | targets[Scope.GROUP]
    keywords = known_ids(one.keyword_id for one in noted) | targets[Scope.KEYWORD]
    numbers = known_ids([*(one.number_id for one in noted), *(one.number_id for one in wishes)]) | targets[Scope.NUMBER]
    people = known_ids([*(one.user_id for one in noted), *(one.lifted_by_id for one in wishes)])
    return Names(
        dict(Group.objects.filter(account=account, pk__in=groups).values_list("pk", "name")),
        dict(Keyword.objects.filter(account=account, pk__in=keywords).values_list("pk", "word")),
        {pk: own_number(digits) for pk, digits in Number.objects.filter(pk__in=numbers).values_list("pk", "digits")},
        {user.pk: str(user) for user in User.objects.filter(pk__in=people)},
    )


def known_ids(ids: Iterable[int | None]) -> set[int]:
    """Return the ids without the gaps."""
    return {one for one in ids if one is not None}


def scope_words(one: OptOut, names: Names) -> str:
    """Say what an opt-out covers."""
    if one.scope == Scope.GROUP:
        return _("Group %(name)s") % {"name": names.group(one.target_id)}
    if one.scope == Scope.KEYWORD:
        return _("Keyword %(name)s") % {"name": names.keyword(one.target_id)}
    if one.scope == Scope.NUMBER:
        return _("Number %(name)s") % {"name": names.number(one.target_id)}
    return _("Everything")


def how_joined(membership: GroupMembership, words: Mapping[int, str]) -> str:
    """Say how somebody came into a group, with the keyword where it was one."""
    if membership.source != Source.KEYWORD:
        return str(SOURCES[Source(membership.source)])
    if membership.keyword_id:
        return _("Keyword %(name)s") % {"name": words.get(membership.keyword_id) or _("a former keyword")}
    return _("By a message") if membership.message_id else _("By hand, import or program")


def sentence(record: ConsentRecord, names: Names) -> str:
    """Say what happened, and by whom or by what."""
    if record.kind in {Kind.OPTED_OUT, Kind.OPTED_IN}:
        return _of_opt_out(record, names)
    values = {"group": names.group(record.group_id), "keyword": names.keyword(record.keyword_id), "person": names.person(record.user_id)}
    return str(_of_group(record)) % values


def _of_group(record: ConsentRecord) -> Promise:
    if record.kind == Kind.ENDED:
        return gettext_lazy("The membership of %(group)s ended")
    table = _JOINED if record.kind == Kind.JOINED else _LEFT
    by_keyword = record.source == Source.KEYWORD and record.keyword_id
    by = "person" if record.user_id else "keyword" if by_keyword else ""
    return table.get((record.source, by)) or table[record.source, ""]


def _of_opt_out(record: ConsentRecord, names: Names) -> str:
    if record.message_id and not record.group_id:  # then number and keyword say where it arrived, not what it covers
        return _("Opted in again by a message") if record.kind == Kind.OPTED_IN else _("Opted out by a message")
    scope, target = Scope.ACCOUNT, 0
    for wider, target_id in ((Scope.GROUP, record.group_id), (Scope.KEYWORD, record.keyword_id), (Scope.NUMBER, record.number_id)):
        if target_id:
            scope, target = wider, target_id
            break
    values = {"scope": scope_words(OptOut(scope=scope, target_id=target), names), "person": names.person(record.user_id)}
    if record.kind == Kind.OPTED_IN:
        return (_("Opted in again (%(scope)s), noted by %(person)s") if record.user_id else _("Opted in again (%(scope)s)")) % values
    return (_("Opted out (%(scope)s), noted by %(person)s") if record.user_id else _("Opted out (%(scope)s)")) % values
