"""What surveys were answered in a period.

What belongs here: rows. What does not: what was answered (`apps.surveys.results`). Read from the answers themselves, which are few beside
messages; test answers, late ones and those that another took the place of do not count.
"""

from datetime import datetime, time, timedelta

from django.db.models import Count

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import GroupMembership
from recado.apps.statistics.figures import Filters, Row
from recado.apps.surveys.models import Answer, Survey


def survey_rows(account: Account, filters: Filters) -> list[Row]:
    """Return how many answers each survey got, the most first; the detail is `people`. An answer is of no keyword."""
    if filters.keyword_id is not None:
        return []
    surveys = Survey.objects.filter(account=account)
    if filters.number_id is not None:
        surveys = surveys.filter(number=filters.number_id)
    names = dict(surveys.values_list("pk", "name"))
    first, after = (
        datetime.combine(day, time.min, account.zone) for day in (filters.period.first, filters.period.last + timedelta(days=1))
    )
    found = Answer.objects.filter(
        survey__in=list(names), is_test=False, counts=True, is_late=False, given_at__gte=first, given_at__lt=after
    )
    if filters.group_id is not None:
        members = GroupMembership.objects.filter(group=filters.group_id, group__account=account)
        found = found.filter(msisdn__in=members.values("contact__msisdn"))
    counted = list(found.order_by().values_list("survey").annotate(Count("pk"), Count("msisdn", distinct=True)))
    everything = sum(answers for _survey, answers, _people in counted)
    rows = [Row(str(pk), names[pk], answers, answers / everything, None, {"people": people}) for pk, answers, people in counted]
    return sorted(rows, key=lambda row: (-row.count, row.name, row.key))
