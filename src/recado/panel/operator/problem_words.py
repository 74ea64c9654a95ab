"""One sentence for everything that can be wrong with the installation, and where to go about it.

What belongs here: words for the codes of `apps.installation.health`; a test keeps them complete. What does not: what counts as trouble.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.installation.health import Problem, Severity
from recado.panel.forward_words import error_in_words
from recado.panel.operator.carrier_words import error_words

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem as the page shows it."""

    sentence: str
    detail: str
    """What was said last, mostly in the machine's own words; may be empty."""
    is_bad: bool
    url: str
    """Where to do something about it; empty where that is not in the panel."""
    problem: Problem


def _counted(one: Callable[[int], str]) -> Callable[[Values], str]:
    return lambda values: one(int(values["count"]))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "no_gateway": lambda _values: _("No gateway runs in this process: links and queues are shown where it runs."),
    "database": lambda _values: _("Messages cannot be stored: the database does not work. Carriers keep them and send them again."),
    "routes": lambda _values: _("Changes of the configuration do not reach the gateway."),
    "delivery": lambda _values: _("Nothing leaves: delivery cannot use the database."),
    "queue": _counted(lambda n: ngettext("%(n)d message waits to be stored.", "%(n)d messages wait to be stored.", n) % {"n": n}),
    "link_misconfigured": lambda values: _("%(name)s cannot be opened with its settings.") % values,
    "link_drained": lambda values: _("%(name)s is drained: nothing travels over it until somebody resumes it.") % values,
    "link_down": lambda values: _("%(name)s is down. %(why)s") % {**values, "why": _why(values)},
    "link_partly": lambda values: _("%(name)s has only %(up)s of %(total)s links up. %(why)s") % {**values, "why": _why(values)},
    "quarantine": _counted(
        lambda n: ngettext("%(n)d message could not be processed.", "%(n)d messages could not be processed.", n) % {"n": n}
    ),
    "books": _counted(
        lambda n: (
            ngettext(
                "The recount of the books found %(n)d difference. Run recado doctor --books; bill nobody before it is explained.",
                "The recount of the books found %(n)d differences. Run recado doctor --books; bill nobody before they are explained.",
                n,
            )
            % {"n": n}
        )
    ),
    "disk": lambda values: _("The disk is nearly full: %(megabytes)s MB are free.") % values,
    "unmatched": _counted(
        lambda n: (
            ngettext(
                "%(n)d message that matched no keyword waits for somebody.", "%(n)d messages that matched no keyword wait for somebody.", n
            )
            % {"n": n}
        )
    ),
    "orders": _counted(lambda n: ngettext("%(n)d order of a number waits for you.", "%(n)d orders of numbers wait for you.", n) % {"n": n}),
    "scans": _counted(
        lambda n: ngettext("%(n)d file waits for the virus scanner.", "%(n)d files wait for the virus scanner.", n) % {"n": n}
    ),
    "late_jobs": _counted(
        lambda n: ngettext("%(n)d job is late by more than 15 minutes.", "%(n)d jobs are late by more than 15 minutes.", n) % {"n": n}
    ),
    "failing_forward": lambda values: _failing(values) % values,
    "dead_jobs": _counted(lambda n: ngettext("%(n)d job was given up.", "%(n)d jobs were given up.", n) % {"n": n}),
}

ADDRESSES = {
    "quarantine": ("operator-quarantine", ""),
    "unmatched": ("operator-unmatched", ""),
    "orders": ("operator-orders", ""),
    "late_jobs": ("operator-jobs", ""),
    "failing_forward": ("operator-jobs", ""),
    "dead_jobs": ("operator-jobs", "#dead"),
    "disk": ("operator-system", ""),
    "scans": ("operator-system", ""),
    "books": ("operator-system", ""),
}
"""Where to go, for what is about no single link."""


def told(problem: Problem) -> ToldProblem:
    """Put a problem into words."""
    sentence = SENTENCES[problem.code](problem.values)
    is_bad = problem.severity is Severity.BAD
    return ToldProblem(sentence, error_in_words(str(problem.values.get("reason", ""))), is_bad, _address(problem), problem)


def _failing(values: Values) -> str:
    n = values["count"]
    if values.get("is_paused"):
        return ngettext("%(name)s of %(account)s is paused; %(count)d waits.", "%(name)s of %(account)s is paused; %(count)d wait.", n)
    return ngettext(
        "%(name)s of %(account)s does not take messages; %(count)d waits.",
        "%(name)s of %(account)s does not take messages; %(count)d wait.",
        n,
    )


def _why(values: Values) -> str:
    reason = str(values.get("reason", ""))
    return error_words(reason) if reason else _("It is being connected.")


def _address(problem: Problem) -> str:
    if problem.object_id is not None:
        return reverse("operator-link", args=[problem.object_id])
    name, anchor = ADDRESSES.get(problem.code, ("", ""))
    return reverse(name) + anchor if name else ""
