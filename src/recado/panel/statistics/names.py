"""What rows of the statistics are called, in the reader's language.

What belongs here: words for codes and for what has no name. What does not: names people gave, which stay as they are.
"""

from django.utils.translation import gettext as _

from recado.apps.statistics.figures import Row
from recado.panel.statistics.asked import Asked
from recado.panel.templatetags.recado import own_number, reason_word, state_word


def plain(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Take the name as it is."""
    return row.name


def keyword(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Name a keyword, or what none matched."""
    return row.name or _("No keyword")


def argument(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Write what followed a keyword as somebody typed it; all the rest has no text."""
    return row.name or _("Everything else")


def near_miss(row: Row, asked: Asked) -> str:
    """Write what was typed, and instead of what."""
    word = asked.keywords.get(int(row.key or 0), "")
    return f"{row.name.upper()} → {word}" if word else row.name.upper()


def number(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Write one of our numbers as it is printed."""
    return own_number(row.name)


def operator(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Name a carrier."""
    return row.name or _("Unknown")


def state(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Say a state of sent messages."""
    return state_word(row.key)


def reason(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Say why messages did not arrive."""
    return reason_word(row.key)


def bucket(row: Row, asked: Asked) -> str:  # noqa: ARG001  # the shape of `Kind.name`
    """Say how long people waited."""
    return row.name
