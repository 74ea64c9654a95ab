"""Whose answers a page of results shows, in its address: a group, days, or what was tried in the simulator.

What belongs here: reading and writing that. What does not: the figures (`apps.surveys.results`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from recado.apps.contacts.models import Group
from recado.apps.contacts.queries import group_names_of
from recado.apps.surveys.results import Narrowed
from recado.panel.access import MemberRequest
from recado.panel.forms.days import midnight
from recado.panel.forms.keyword import parse_day
from recado.panel.ids import id_of


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for."""

    group: Group | None
    first_day: date | None
    last_day: date | None
    is_test: bool

    @property
    def narrowed(self) -> Narrowed:
        """What the figures are asked with."""
        since, until = midnight(self.first_day), midnight(self.last_day, timedelta(days=1))
        return Narrowed(self.group.pk if self.group else None, since, until, self.is_test)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out by it."""
        return bool(self.group or self.first_day or self.last_day)

    @property
    def query(self) -> str:
        """As it stands in an address, without the question mark."""
        return self._query(is_test=self.is_test)

    @property
    def other(self) -> str:
        """The same of the test messages instead of the real ones, or the other way round."""
        return self._query(is_test=not self.is_test)

    def _query(self, *, is_test: bool) -> str:
        given = {"group": self.group.pk if self.group else "", "from": self.first_day or "", "until": self.last_day or ""}
        return urlencode({name: value for name, value in {**given, "test": "1" if is_test else ""}.items() if value})


def narrowing_of(request: MemberRequest) -> Narrowing:
    """Read it from an address; what makes no sense is not asked for."""
    group_id = id_of(request.GET.get("group"))
    group = group_names_of(request.account).filter(pk=group_id).first() if group_id is not None else None
    first_day, last_day = (parse_day(request.GET.get(name, "")) for name in ("from", "until"))
    return Narrowing(group, first_day, last_day, is_test=bool(request.GET.get("test")))
