"""Tables of what came: by keyword, argument, number, group and operator, and how many people each keyword brought into a group.

What belongs here: rows. What does not: sums over days (`view`), what was sent (`sending_queries`).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Sum

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.numbers.models import Number
from recado.apps.sql import lent_connection
from recado.apps.statistics import operators as naming
from recado.apps.statistics import persons
from recado.apps.statistics.counting import JOINED, LEFT, RECEIVED, REST, argument_form
from recado.apps.statistics.figures import Filters, Period, Row
from recado.apps.statistics.models import ArgumentDay, GroupPerson, OperatorDay, Person, Subject
from recado.apps.statistics.packing import group_key, span, subject_of, when_of
from recado.apps.statistics.view import View, view_of
from recado.store import tallies
from recado.store.tallies import Sums

ARGUMENTS_SHOWN = 50
_NO_SUMS = Sums(0, 0, None, "", 0, 0, 0, 0)


def keywords(account: Account, filters: Filters, before: Period | None) -> list[Row]:
    """Return how many messages each keyword got, and what no keyword took in a row without a name.

    Details: `new_contacts`, `opt_outs`, `people`.
    """
    view = view_of(account, filters)
    found = _by_keyword(view)
    earlier = {key: one[0].received for key, one in _by_keyword(view.of(before), with_people=False).items()} if before else {}
    words = _words(account, found.keys() | earlier.keys())
    everything = sum(one.received for one, _people in found.values())
    rows = []
    for target in found.keys() | earlier.keys():
        one, people = found.get(target, (_NO_SUMS, 0))
        if one.received or one.opt_outs or earlier.get(target):
            name = words.get(target) or one.name if target else ""
            details = {"new_contacts": one.new_contacts, "opt_outs": one.opt_outs, "people": people}
            key = str(target) if target else ""
            rows.append(Row(key, name, one.received, _share(one.received, everything), earlier.get(target, 0) if before else None, details))
    return _sorted(rows)


def numbers(account: Account, filters: Filters, before: Period | None) -> list[Row]:
    """Return how many messages came to each number."""
    view = view_of(account, filters)
    found = _by_number(view)
    earlier = _by_number(view.of(before)) if before else {}
    names = _digits(view, found.keys() | earlier.keys())
    everything = sum(found.values())
    rows = [
        Row(str(target), names.get(target, ""), count, _share(count, everything), earlier.get(target, 0) if before else None)
        for target in found.keys() | earlier.keys()
        if (count := found.get(target, 0)) or earlier.get(target)
    ]
    return _sorted(rows)


def groups(account: Account, filters: Filters) -> list[Row]:
    """Return how many messages came from the people in each group; the share is of all messages, and somebody may be in several groups.

    Within a number or keyword groups are not told apart, unless one is asked about. Details: `joined`, `left` in the period.
    """
    view = view_of(account, filters)
    names = dict(Group.objects.filter(account=account).values_list("pk", "name"))
    found = _by_group(view)
    is_narrow = filters.number_id is not None or filters.keyword_id is not None
    everything = view_of(account, replace(filters, group_id=None)).totals()[RECEIVED]
    rows = []
    for group_id, name in names.items():
        if filters.group_id != group_id and (is_narrow or filters.group_id is not None):
            continue
        received, joined, left = found.get(group_id, (0, 0, 0))
        count = view.totals()[RECEIVED] if is_narrow else received
        rows.append(Row(str(group_id), name, count, _share(count, everything), None, {"joined": joined, "left": left}))
    return _sorted(rows)


def operators(account: Account, filters: Filters) -> list[Row]:
    """Return how many messages came from phones of each operator, or of each country abroad; without a name where neither is known."""
    view = view_of(account, filters)
    found = view.members.operators if view.is_narrow_group else _by_operator(view)
    everything = found.total()
    shown: Counter[str] = Counter()
    for operator, count in found.items():
        shown[naming.shown(operator)] += count
    return _sorted([Row("", name, count, _share(count, everything)) for name, count in shown.items() if count])


def conversion(account: Account, filters: Filters) -> list[Row]:
    """Return for each keyword that adds to a group how many people wrote it, and the share of them it brought or found in the group.

    Details: `people`, `members`.
    """
    view = view_of(account, filters)
    people, members = _converted(view)
    adding = set(
        RuleAction.objects.filter(
            rule__account=account, rule__keyword__isnull=False, kind=RuleAction.Kind.ADD_TO_GROUP, rule__keyword__in=list(people)
        ).values_list("rule__keyword_id", flat=True)
    )
    subjects = view.fresh.subjects
    concerned = {target for target in people if target in adding or subjects.find(Subject.Kind.MEMBERS, target) is not None}
    words = _words(account, concerned)
    stored = dict(
        Subject.objects.filter(book=view.book_id, kind=Subject.Kind.KEYWORD, target_id__in=concerned).values_list("target_id", "name")
    )
    rows = []
    for target in concerned:
        details = {"people": people[target], "members": members.get(target, 0)}
        name = words.get(target) or stored.get(target, "")
        rows.append(Row(str(target), name, people[target], _share(members.get(target, 0), people[target]), None, details))
    return _sorted(rows)


def arguments(account: Account, filters: Filters) -> list[Row]:
    """Return what followed the keyword that is asked about, the most frequent first; all the rest is one row without a name."""
    view = view_of(account, filters)
    found, shown = (_arguments_of_members(view) if view.group_id else argument_counts(view)) if filters.keyword_id else (Counter(), {})
    rest, everything = found.pop(REST, 0), found.total()
    everything += rest
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    rest += sum(count for _argument, count in ranked[ARGUMENTS_SHOWN:])
    rows = [Row("", shown.get(argument, argument), count, _share(count, everything)) for argument, count in ranked[:ARGUMENTS_SHOWN]]
    return [*rows, Row("", "", rest, _share(rest, everything))] if rest else rows


def _by_keyword(view: View, *, with_people: bool = True) -> dict[int, tuple[Sums, int]]:
    """Return sums and people by keyword; 0 stands for none."""
    subjects, filters = view.fresh.subjects, view.filters
    people = view.people_of(Subject.Kind.KEYWORD) if with_people else {}
    found = {
        one.target_id: (one, people.get(one.subject, 0))
        for one in view.sums(Subject.Kind.KEYWORD)
        if filters.keyword_id in (None, one.target_id) and filters.number_id in (None, subjects.number_of.get(one.subject))
    }
    if filters.keyword_id is None:
        wanted = filters.number_id or 0
        others = view.people_of(Subject.Kind.OTHER) if with_people else {}
        found.update((0, (one, others.get(one.subject, 0))) for one in view.sums(Subject.Kind.OTHER) if one.target_id == wanted)
    return found


def _by_group(view: View) -> dict[int, tuple[int, int, int]]:
    """Return messages received, people who joined and who left by group."""
    found = tallies.group_sums(lent_connection(), view.book_id, view.first, view.last)
    for key, counts in view.fresh.counting.days.items():
        kind, _target, group_id = view.fresh.subjects.key_of[subject_of(key)]
        if kind == Subject.Kind.ACCOUNT and group_id and view.first <= when_of(key) <= view.last:
            received, joined, left = found.get(group_id, (0, 0, 0))
            found[group_id] = (received + counts[RECEIVED], joined + counts[JOINED], left + counts[LEFT])
    return found


def _by_number(view: View) -> dict[int, int]:
    subjects, filters = view.fresh.subjects, view.filters
    found: Counter[int] = Counter()
    if filters.keyword_id is not None:
        if view.narrow is not None and (number_id := subjects.number_of.get(view.narrow)) is not None:
            found[number_id] = view.totals()[RECEIVED]
    else:
        found.update({one.target_id: one.received for one in view.sums(Subject.Kind.NUMBER) if filters.number_id in (None, one.target_id)})
    return found


def _by_operator(view: View) -> Counter[str]:
    found: Counter[str] = Counter()
    if view.subject is None:
        return found
    first, last = span(view.subject, view.first, view.last)
    rows = OperatorDay.objects.filter(place__gte=first, place__lte=last).values_list("operator")
    found.update(dict(rows.annotate(messages=Sum("received"))))
    for (key, operator), count in view.fresh.counting.operators.items():
        if first <= key <= last:
            found[operator] += count
    return found


def _converted(view: View) -> tuple[dict[int, int], dict[int, int]]:
    """Return by keyword how many people wrote it, and how many of them are in its group because of it or were before."""
    subjects = view.fresh.subjects

    def asked(kind: Subject.Kind) -> dict[int, int]:
        return {
            target: count
            for subject, count in view.people_of(kind).items()
            if count
            and view.filters.keyword_id in (None, target := subjects.key_of[subject][1])
            and view.filters.number_id in (None, subjects.number_of.get(subject))
        }

    return asked(Subject.Kind.KEYWORD), asked(Subject.Kind.MEMBERS)


def argument_counts(view: View) -> tuple[Counter[str], dict[str, str]]:
    """Return how often each argument of the keyword came, by its folded form, and the most frequent as they were typed."""
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    if view.subject is None:
        return found, shown
    first, last = span(view.subject, view.first, view.last)
    rows = ArgumentDay.objects.filter(place__gte=first, place__lte=last)
    found.update(dict(rows.values_list("argument").annotate(messages=Sum("received"))))
    counting = view.fresh.counting
    for (key, argument), count in counting.arguments.items():
        if first <= key <= last:
            found[argument] += count
            shown.setdefault(argument, counting.shown[key, argument])
    top = [argument for argument, _count in found.most_common(ARGUMENTS_SHOWN + 1)]
    shown |= dict(rows.filter(argument__in=top).order_by("-place").values_list("argument", "shown"))
    return found, shown


def _arguments_of_members(view: View) -> tuple[Counter[str], dict[str, str]]:
    """Read the arguments of a group's members from the log: they are not kept by person."""
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    if view.whole_group is None or view.narrow is None:
        return found, shown
    calendar = view.fresh.calendar
    first, last = group_key(view.whole_group, 0), group_key(view.whole_group + 1, 0)
    phones = set(
        Person.objects.filter(pk__in=GroupPerson.objects.filter(pk__gte=first, pk__lt=last).values("person_id")).values_list(
            "phone", flat=True
        )
    )
    phones |= {who.phone for who in view.fresh.counting.people.values() if view.whole_group in who.groups}
    log = Message.objects.filter(account=view.account, keyword_id=view.filters.keyword_id, is_test=False).exclude(argument="")
    within = log.filter(pk__gte=calendar.first_id(view.first), pk__lt=calendar.first_id(view.last + 1)).order_by("pk")
    for phone, typed in within.values_list("sender", "argument").iterator():
        if phone in phones:
            argument = argument_form(typed)
            found[argument] += 1
            shown.setdefault(argument, " ".join(typed.split()))
    return found, shown


def _words(account: Account, ids: Collection[int]) -> dict[int, str]:
    words: dict[int, str] = {}
    for some in persons.in_pieces(ids):
        words |= dict(Keyword.objects.filter(account=account, pk__in=some).values_list("pk", "word"))
    return words


def _digits(view: View, ids: Iterable[int]) -> dict[int, str]:
    wanted = list(ids)
    stored = Subject.objects.filter(book=view.book_id, kind=Subject.Kind.NUMBER, target_id__in=wanted)
    return dict(stored.values_list("target_id", "name")) | dict(Number.objects.filter(pk__in=wanted).values_list("pk", "digits"))


def _share(count: int, everything: int) -> float:
    return count / everything if everything else 0.0


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.count, row.name, row.key))
