"""Deleting books that are not used any more, a little at a time.

What belongs here: this. What does not: which books those are (`books`).
"""

from django.db import transaction

from recado.apps.statistics.budget import Budget
from recado.apps.statistics.models import (
    AnswerWait,
    ArgumentDay,
    Book,
    DayTally,
    GroupPeopleDay,
    GroupPerson,
    HourTally,
    OperatorDay,
    PeopleDay,
    Person,
    SentDay,
    Subject,
    UnsettledMessage,
)
from recado.apps.statistics.packing import WHEN, place

_BY_KEY = (HourTally, DayTally, PeopleDay, GroupPeopleDay, SentDay)
_BY_PLACE = (OperatorDay, ArgumentDay)


def put_away(budget: Budget) -> bool:
    """Delete some of what is not used any more; return whether there was any."""
    found = False
    for book in Book.objects.filter(state=Book.State.OLD):
        found = True
        while budget.take():
            if not _some(book, budget.size):
                book.delete()
                break
    return found


@transaction.atomic
def _some(book: Book, size: int) -> bool:
    """Delete persons, then one subject with its counts; False where nothing is left."""
    people = list(Person.objects.filter(book=book).values_list("pk", flat=True)[:size])
    if people:
        GroupPerson.objects.filter(person_id__in=people).delete()
        AnswerWait.objects.filter(book=book).delete()
        Person.objects.filter(pk__in=people).delete()
        return True
    UnsettledMessage.objects.filter(book=book).delete()
    subject = Subject.objects.filter(book=book).values_list("pk", flat=True).first()
    if subject is None:
        return False
    first, last = place(subject, 0), place(subject, WHEN - 1)
    for model in _BY_KEY:
        model._default_manager.filter(pk__gte=first, pk__lte=last).delete()  # noqa: SLF001  # documented Django API
    for named in _BY_PLACE:
        named._default_manager.filter(place__gte=first, place__lte=last).delete()  # noqa: SLF001  # same
    Subject.objects.filter(pk=subject).delete()
    return True
