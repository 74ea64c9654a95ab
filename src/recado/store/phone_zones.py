"""In which time zones a phone may be, told from its number: the zones of the country whose calling code it begins with.

What belongs here: the way from digits to zones, by two tables kept by others: which region a number is of (the library `phonenumbers`) and
which zones a region has (`zone.tab` of the IANA time zone database, read from where `zoneinfo` finds its zones). What does not: what
the zones are asked for (`core.quiet`). People carry their numbers abroad; nobody can know where a phone really is.
"""

import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import phonenumbers

_TABLE = "zone.tab"
_LONGEST_CODE = 3
_SHORTEST_MSISDN = 7


def zones_of(msisdn: str, otherwise: tzinfo = UTC) -> tuple[tzinfo, ...]:
    """Return the zones of the phone's country, the one most people live in first; `otherwise` where there is no telling."""
    region = _region(msisdn)
    return (region and _zones_of_region(region)) or (otherwise,)


def zone_named(name: str) -> tzinfo:
    """Return a zone by name; UTC for one that this machine does not know."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return UTC


def _region(msisdn: str) -> str | None:
    if len(msisdn) < _SHORTEST_MSISDN or not (msisdn.isascii() and msisdn.isdecimal()):
        return None
    regions = next((found for length in range(1, _LONGEST_CODE + 1) if (found := _regions_by_code(msisdn[:length]))), ())
    if len(regions) <= 1:
        return regions[0] if regions else None
    try:
        number = phonenumbers.parse(f"+{msisdn}")
    except phonenumbers.NumberParseException:
        return regions[0]
    return phonenumbers.region_code_for_number(number) or regions[0]


def _regions_by_code(code: str) -> tuple[str, ...]:
    return phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if not code.startswith("0") else ()


@lru_cache(maxsize=512)
def _zones_of_region(region: str) -> tuple[tzinfo, ...]:
    return tuple(dict.fromkeys(zone_named(name) for name in _names_by_region().get(region, ())))


@lru_cache(maxsize=1)
def _names_by_region() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for line in _lines():
        if line and not line.startswith("#"):
            region, _, name = line.split("\t")[:3]
            names[region] = (*names.get(region, ()), name)
    return names


def _lines() -> Iterator[str]:
    """Read the table of the system, else that of the package `tzdata`, as `zoneinfo` does; nothing where there is neither."""
    for folder in zoneinfo.TZPATH:
        if (path := Path(folder, _TABLE)).is_file():
            yield from path.read_text("utf-8").splitlines()
            return
    try:
        yield from files("tzdata.zoneinfo").joinpath(_TABLE).read_text("utf-8").splitlines()
    except (ModuleNotFoundError, FileNotFoundError):
        return
