"""The choice of a time zone: common ones by city, so that typing a city's first letters finds it.

What belongs here: the list and its labels. What does not: which zone holds for a request (`panel.access`).
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POLAND = "Europe/Warsaw"
# fmt: off
EUROPE = (
    "Amsterdam", "Andorra", "Athens", "Belgrade", "Berlin", "Bratislava", "Brussels", "Bucharest", "Budapest", "Chisinau", "Copenhagen",
    "Dublin", "Helsinki", "Istanbul", "Kyiv", "Lisbon", "Ljubljana", "London", "Luxembourg", "Madrid", "Malta", "Minsk", "Monaco", "Oslo",
    "Paris", "Podgorica", "Prague", "Riga", "Rome", "Sarajevo", "Skopje", "Sofia", "Stockholm", "Tallinn", "Tirane", "Vaduz", "Vienna",
    "Vilnius", "Zagreb", "Zurich",
)
AMERICAS = (
    "Anchorage", "Argentina/Buenos_Aires", "Bogota", "Chicago", "Denver", "Halifax", "Lima", "Los_Angeles", "Mexico_City", "New_York",
    "Santiago", "Sao_Paulo", "Toronto", "Vancouver",
)
ASIA = (
    "Baku", "Bangkok", "Dhaka", "Dubai", "Ho_Chi_Minh", "Hong_Kong", "Jakarta", "Jerusalem", "Karachi", "Kathmandu", "Kolkata", "Manila",
    "Riyadh", "Seoul", "Shanghai", "Singapore", "Taipei", "Tashkent", "Tbilisi", "Tokyo", "Yerevan",
)
AFRICA = ("Accra", "Algiers", "Cairo", "Casablanca", "Johannesburg", "Lagos", "Nairobi", "Tunis")
# fmt: on
Choice = tuple[str, str | Promise]
Choices = list[Choice | tuple[str | Promise, list[Choice]]]


def zone_choices(current: str = "", *, first: Iterable[Choice] = ()) -> Choices:
    """List the zones by continent, Poland's first; `current` is offered even where it is none of the common ones."""
    known = {POLAND, "UTC", *(f"{area}/{city}" for area, _label, cities in AREAS for city in cities)}
    offered: Choices = [*first, (POLAND, _("Poland (Warsaw)"))]
    if current and current not in known and current in available_timezones():
        offered.append((current, current))
    for area, label, cities in AREAS:
        named: list[Choice] = [(f"{area}/{city}", _name(f"{area}/{city}")) for city in cities]
        offered.append((label, named))
    return [*offered, ("UTC", "UTC")]


def _name(zone: str) -> str:
    """Write the city and how far its clocks are from UTC now."""
    offset = timezone.now().astimezone(ZoneInfo(zone)).strftime("%z")
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} (UTC{offset[:3]}:{offset[3:]})"


AREAS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("Europe", _("Europe"), EUROPE),
    ("America", _("America"), AMERICAS),
    ("Asia", _("Asia"), ASIA),
    ("Africa", _("Africa"), AFRICA),
    ("Australia", _("Australia"), ("Adelaide", "Brisbane", "Darwin", "Melbourne", "Perth", "Sydney")),
)
