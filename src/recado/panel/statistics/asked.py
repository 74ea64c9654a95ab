"""What is asked for, as it stands in the address; what makes no sense there asks for nothing.

What belongs here: reading the address, and the choices it can hold. What does not: counting, links (templates write them).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.queries import groups_of
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers
from recado.apps.statistics.figures import Filters, Measure, Period
from recado.panel.forms.days import FIRST_DAY, LAST_DAY
from recado.panel.ids import id_of
from recado.panel.statistics.periods import USUAL, Preset, custom_period, preset_period
from recado.panel.templatetags.recado import own_number

Choices = dict[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that stands in the address."""

    preset: Preset | None
    """None for days somebody chose."""
    filters: Filters
    measure: Measure
    compares: bool
    today: date
    numbers: Choices
    keywords: Choices
    groups: Choices

    @property
    def period(self) -> Period:
        """The days that are counted."""
        return self.filters.period

    @property
    def ends_today(self) -> bool:
        """Whether more may come."""
        return self.period.last == self.today

    def choices(self, name: str) -> Choices:
        """Return what a filter can be set to, by its name in the address."""
        return {"number": self.numbers, "keyword": self.keywords, "group": self.groups}.get(name, {})

    def chosen(self, name: str) -> int | None:
        """Return what a filter is set to."""
        return {"number": self.filters.number_id, "keyword": self.filters.keyword_id, "group": self.filters.group_id}[name]


def read(account: Account, given: Mapping[str, Any]) -> Asked:
    """Read the address; days are those of the time zone that is in force, the account's."""
    today = timezone.localdate(timezone=account.zone)
    numbers = {one.pk: own_number(one.digits) for one in usable_numbers(account)}
    keywords = dict(keywords_of(account).prefetch_related(None).order_by("word").values_list("pk", "word"))
    groups = dict(groups_of(account).order_by("name").values_list("pk", "name"))
    preset, period = _period(given, today)
    filters = Filters(
        period, _among(numbers, given.get("number")), _among(keywords, given.get("keyword")), _among(groups, given.get("group"))
    )
    measure = given.get("measure")
    return Asked(
        preset,
        filters,
        Measure(measure) if measure in set(Measure) else Measure.RECEIVED,
        given.get("compare") != "no",
        today,
        numbers,
        keywords,
        groups,
    )


def _period(given: Mapping[str, Any], today: date) -> tuple[Preset | None, Period]:
    first, last = _day(given.get("from")), _day(given.get("to"))
    if first or last:
        return None, custom_period(first, last, today)
    name = given.get("period")
    preset = Preset(name) if name in set(Preset) else USUAL
    return preset, preset_period(preset, today)


def _day(written: object) -> date | None:
    try:
        found = date.fromisoformat(str(written or ""))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def _among(choices: Choices, written: object) -> int | None:
    wanted = id_of(str(written or ""))
    return wanted if wanted in choices else None
