"""From a phone's digits to the zones it may be in."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from recado.store import phone_zones
from recado.store.phone_zones import zone_named, zones_of

HERE = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("msisdn", "zones"),
    [
        ("48501222333", {"Europe/Warsaw"}),
        ("447400123456", {"Europe/London"}),
        ("447797712345", {"Europe/Jersey"}),
        ("33612345678", {"Europe/Paris"}),
        ("351912345678", {"Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"}),
        ("77012345678", {"Asia/Almaty"}),
        ("4812", {"Europe/Lisbon"}),  # a short code says nothing
        ("Shop", {"Europe/Lisbon"}),
        ("9991234567", {"Europe/Lisbon"}),  # no such calling code
        ("0048501222333", {"Europe/Lisbon"}),
    ],
)
def test_the_zones_are_those_of_the_country_of_the_number(msisdn, zones):
    found = {getattr(zone, "key", "") for zone in zones_of(msisdn, HERE)}
    assert zones <= found
    assert len(found) == len(zones) or msisdn.startswith("7701")


def test_in_a_country_with_several_zones_all_count_and_the_most_populous_is_first():
    found = [getattr(zone, "key", "") for zone in zones_of("12125551234")]
    assert found[0] == "America/New_York"
    assert {"America/Los_Angeles", "Pacific/Honolulu"} <= set(found)
    assert "Europe/Warsaw" not in found
    assert "America/Toronto" not in found


def test_a_number_of_a_shared_calling_code_that_fits_nowhere_counts_as_of_its_main_country():
    assert getattr(zones_of("12", HERE)[0], "key", "") == "Europe/Lisbon"
    assert getattr(zones_of("10000000000", HERE)[0], "key", "") == "America/New_York"


def test_a_zone_nobody_knows_is_utc():
    assert zone_named("Nowhere/Atall") is UTC


def test_without_any_table_of_zones_the_account_s_own_counts(monkeypatch):
    monkeypatch.setattr(phone_zones.zoneinfo, "TZPATH", ())
    monkeypatch.setattr(phone_zones, "files", lambda _: Path("/nowhere"))
    for cached in (phone_zones._zones_of_region, phone_zones._names_by_region):
        cached.cache_clear()
    try:
        assert zones_of("48501222333", HERE) == (HERE,)
    finally:
        for cached in (phone_zones._zones_of_region, phone_zones._names_by_region):
            cached.cache_clear()
