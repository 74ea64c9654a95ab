"""The tables of the statistics: what each is called, where its rows come from and what its columns are.

What belongs here: one entry for each table; pages, files and their order follow from it. What does not: counting (`apps.statistics`),
markup (`templates/panel/statistics`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from recado.apps.accounts.models import Account
from recado.apps.statistics import queries
from recado.apps.statistics.figures import Period, Row
from recado.panel.charts.shares import ShareBar, share_bar
from recado.panel.statistics.asked import Asked
from recado.panel.statistics.cards import Change, change_of
from recado.panel.statistics.names import argument, bucket, keyword, near_miss, number, operator, plain, reason, state

LONG_DAYS = 28
"""Of so many the rest of one is little."""
MESSAGES = gettext_lazy("Messages")


class Tab(StrEnum):
    """The pages."""

    OVERVIEW = "overview"
    KEYWORDS = "keywords"
    PEOPLE = "people"
    SENDING = "sending"


@dataclass(frozen=True, slots=True)
class Kind:
    """What one table is."""

    tab: Tab
    title: Promise
    of: Promise
    """Heading of the first column."""
    load: Callable[[Account, Asked], list[Row]]
    counted: Promise = MESSAGES
    """Heading of the count."""
    details: dict[str, Promise] = field(default_factory=dict)
    """Further columns: name of the detail, heading."""
    name: Callable[[Row, Asked], str] = plain
    narrows: str = ""
    """Which filter a row sets."""
    leads_to: str = ""
    """Name of the address of what a row is about, which takes its key."""
    note: Promise | str = ""
    empty: Promise | str = ""
    """What stands there without rows; without it, a table without rows is not shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    name: str
    key: str
    path: str
    share: ShareBar
    count: int
    change: Change | None
    details: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be shown."""

    slug: str
    kind: Kind
    lines: list[Line]
    left_out: int = 0
    """Rows that are on the page with all of them."""

    @property
    def compares(self) -> bool:
        """Whether there is a column for how each row changed."""
        return any(line.change for line in self.lines)


def _earlier(asked: Asked) -> Period | None:
    """Return what rows are compared with. They are counted by whole days, so that a short period that goes on is not compared."""
    return asked.period.before if asked.compares and (not asked.ends_today or asked.period.days >= LONG_DAYS) else None


def _waits(account: Account, asked: Asked) -> list[Row]:
    """Return no row where nobody waited."""
    rows = queries.first_reply(account, asked.filters)
    return rows if any(row.count for row in rows) else []


KINDS: dict[str, Kind] = {
    "keywords": Kind(
        Tab.KEYWORDS,
        gettext_lazy("Keyword popularity"),
        gettext_lazy("Keyword"),
        lambda account, asked: queries.keywords(account, asked.filters, _earlier(asked)),
        details={
            "people": gettext_lazy("People"),
            "new_contacts": gettext_lazy("New contacts"),
            "opt_outs": gettext_lazy("Opt-outs"),
        },
        name=keyword,
        narrows="keyword",
    ),
    "arguments": Kind(
        Tab.KEYWORDS,
        gettext_lazy("What people write after the keyword"),
        gettext_lazy("Text"),
        lambda account, asked: queries.arguments(account, asked.filters) if asked.filters.keyword_id else [],
        name=argument,
    ),
    "conversion": Kind(
        Tab.KEYWORDS,
        gettext_lazy("From poster to member"),
        gettext_lazy("Keyword"),
        lambda account, asked: queries.conversion(account, asked.filters),
        counted=gettext_lazy("People who texted it"),
        details={"members": gettext_lazy("Of them in its group")},
        name=keyword,
        narrows="keyword",
        note=gettext_lazy("Of those who texted a keyword that fills a group: how many it brought there, or found there."),
    ),
    "near-misses": Kind(
        Tab.KEYWORDS,
        gettext_lazy("Near misses"),
        gettext_lazy("Typed"),
        lambda account, asked: queries.near_misses(account, asked.filters),
        name=near_miss,
        note=gettext_lazy("Nearly a keyword of yours. No keyword acted on these messages."),
    ),
    "numbers": Kind(
        Tab.OVERVIEW,
        gettext_lazy("By number"),
        gettext_lazy("Number"),
        lambda account, asked: queries.numbers(account, asked.filters, _earlier(asked)),
        name=number,
        narrows="number",
    ),
    "groups": Kind(
        Tab.PEOPLE,
        gettext_lazy("By group"),
        gettext_lazy("Group"),
        lambda account, asked: queries.groups(account, asked.filters),
        details={"joined": pgettext_lazy("how many people", "Joined"), "left": pgettext_lazy("how many people", "Left")},
        narrows="group",
        note=gettext_lazy("Messages from people who are in the group now. Who is in two groups counts in both."),
        empty=gettext_lazy("You have no groups yet. A keyword can put everybody who texts it into one."),
    ),
    "operators": Kind(
        Tab.PEOPLE,
        gettext_lazy("By carrier"),
        gettext_lazy("Carrier"),
        lambda account, asked: queries.operators(account, asked.filters),
        name=operator,
        note=gettext_lazy("By the range of the phone number. Who took their number along to another carrier still counts with the first."),
    ),
    "surveys": Kind(
        Tab.PEOPLE,
        gettext_lazy("Survey answers"),
        gettext_lazy("Survey"),
        lambda account, asked: queries.survey_rows(account, asked.filters),
        counted=gettext_lazy("Answers"),
        details={"people": gettext_lazy("People")},
        leads_to="survey-results",
    ),
    "sent-states": Kind(
        Tab.SENDING,
        gettext_lazy("What became of messages you sent"),
        gettext_lazy("State"),
        lambda account, asked: queries.sent_states(account, asked.filters),
        details={"segments": gettext_lazy("SMS parts")},
        name=state,
        empty=gettext_lazy("Nothing was sent in this period."),
    ),
    "sent-reasons": Kind(
        Tab.SENDING,
        gettext_lazy("Why messages were not delivered"),
        gettext_lazy("Reason"),
        lambda account, asked: queries.sent_reasons(account, asked.filters),
        name=reason,
    ),
    "first-reply": Kind(
        Tab.SENDING,
        gettext_lazy("How long people waited for an answer"),
        gettext_lazy("First answer"),
        _waits,
        counted=gettext_lazy("Times"),
        name=bucket,
        note=gettext_lazy("From a message to the first answer written by a person; automatic replies do not count."),
        empty=gettext_lazy("Nobody waited for an answer in this period."),
    ),
}


def table(account: Account, asked: Asked, slug: str, *, most: int | None = None) -> Table:
    """Make one table; `most` rows of it at most."""
    return table_of(slug, asked, KINDS[slug].load(account, asked), most=most)


def table_of(slug: str, asked: Asked, rows: list[Row], *, most: int | None = None) -> Table:
    """Make a table of rows that are there."""
    kind = KINDS[slug]
    shown = rows if most is None else rows[:most]
    return Table(slug, kind, [_line(kind, asked, row) for row in shown], len(rows) - len(shown))


def of_tab(tab: Tab) -> list[str]:
    """Name the tables of a page."""
    return [slug for slug, kind in KINDS.items() if kind.tab is tab]


def _line(kind: Kind, asked: Asked, row: Row) -> Line:
    change = None if row.before is None else change_of(row.count, row.before)
    may_narrow = (
        kind.narrows and row.key and int(row.key) in asked.choices(kind.narrows)
    )  # what is gone keeps its figures, but is no filter
    details = tuple(row.details.get(name, 0) for name in kind.details)
    path = reverse(kind.leads_to, args=[row.key]) if kind.leads_to else ""
    return Line(kind.name(row, asked), row.key if may_narrow else "", path, share_bar(row.share), row.count, change, details)
