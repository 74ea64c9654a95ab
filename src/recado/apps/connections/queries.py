"""Reads about links to carriers: what is configured, what went wrong on them, what could not be digested.

What belongs here: pages of bounded size by key. What does not: how links are right now (`ports`), writes (`services`).
"""

from collections import Counter

from django.db.models import Count

from recado.apps.connections.models import CarrierLog, Connection, Quarantine
from recado.apps.paging import Page, page_of
from recado.store.kept_items import UnreadableItemError, loads

NEWEST = 1000
"""Among so many of the newest entries errors are counted."""
ERRORS_SHOWN = 10
CEILING = 1000
"""Beyond this many nobody counts."""


def connections() -> list[Connection]:
    """Return every configured connection by name, with how many numbers use it as `number_count`."""
    return list(Connection.objects.annotate(number_count=Count("numbers")).order_by("name"))


def get_connection(connection_id: int) -> Connection:
    """Return a connection; for the installation's staff, since connections belong to no account."""
    return Connection.objects.get(pk=connection_id)


def reference_width(connection_id: int | None) -> int:
    """Return the bits of the reference by which a connection joins the pieces of a long text: what counts texts that leave through it."""
    settings = Connection.objects.filter(pk=connection_id).values_list("settings", flat=True).first() if connection_id else None
    return 16 if settings and settings.get("reference_bits") == "16" else 8


def carrier_log(connection: Connection, *, event: str = "", before: int | None = None) -> Page[CarrierLog]:
    """Return a page of what went wrong with a carrier, only one kind of event where `event` is given."""
    rows = CarrierLog.objects.filter(connection=connection)
    return page_of(rows.filter(event=event) if event else rows, before)


def events_of(connection: Connection) -> list[tuple[str, int]]:
    """Count the kinds of events among the newest entries of a connection, the most frequent first."""
    newest = CarrierLog.objects.filter(connection=connection).order_by("-pk").values_list("event", flat=True)[:NEWEST]
    return Counter(newest).most_common()


def errors_of(connection: Connection) -> list[tuple[str, int]]:
    """Count what was said in the newest entries of a connection, the most frequent first."""
    newest = CarrierLog.objects.filter(connection=connection).order_by("-pk").values_list("detail", flat=True)[:NEWEST]
    return Counter(detail for detail in newest if detail).most_common(ERRORS_SHOWN)


def quarantine(*, is_open: bool = True, before: int | None = None) -> Page[Quarantine]:
    """Return a page of what could not be processed: what waits for somebody, or what is settled."""
    rows = Quarantine.objects.select_related("connection").filter(resolved_at__isnull=is_open)
    return page_of(rows, before)


def open_quarantine_count() -> int:
    """Count what could not be processed and is not settled, up to a ceiling."""
    return Quarantine.objects.filter(resolved_at=None)[:CEILING].count()


def get_quarantined(quarantine_id: int) -> Quarantine:
    """Return one thing that could not be processed; for the installation's staff."""
    return Quarantine.objects.select_related("connection").get(pk=quarantine_id)


def decoded(quarantined: Quarantine) -> dict[str, str]:
    """Return what was read out of the octets, field by field; empty where it was not kept."""
    try:
        item = loads(quarantined.item)
    except UnreadableItemError:
        return {}
    read = {name: getattr(item, name) for name in item.__slots__ if name not in {"raw", "connection_id", "received_at"}}
    return {name: _readable(str(value)) for name, value in read.items() if value not in {None, "", ()}}


def _readable(text: str) -> str:
    """Return text that a page can carry: half a letter, which breaks it, is written as its number."""
    return text.encode("utf-8", "backslashreplace").decode()
