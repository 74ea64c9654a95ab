"""Whatever the panel does, a program can do: every address of the Customer Panel has operations of the API that do the same, or a reason.

Each part lists its addresses in a `twins_<part>.py` beside this file, as `TWINS: dict[address, list of operation ids | reason]`.
"""

from importlib import import_module
from pathlib import Path

from api_v1.test_v1_doors import OPERATIONS
from panel.test_doors import CUSTOMERS

TWINS: dict[str, list[str] | str] = {}
LISTED_IN: dict[str, list[str]] = {}
for file in sorted(Path(__file__).parent.glob("twins_*.py")):
    for name, twins in import_module(f"api_v1.{file.stem}").TWINS.items():
        TWINS[name] = twins
        LISTED_IN.setdefault(name, []).append(file.stem)


def test_every_address_of_the_panel_has_its_twin_or_says_why_not():
    missing = set(CUSTOMERS) - TWINS.keys()
    assert sorted(missing) == [], "add them to the `twins_<part>.py` of their part"


def test_no_twin_is_listed_for_an_address_that_is_none():
    assert sorted(TWINS.keys() - set(CUSTOMERS)) == []


def test_every_address_is_listed_once():
    assert {name: files for name, files in LISTED_IN.items() if len(files) > 1} == {}


def test_every_twin_is_an_operation():
    named = {(address, twin) for address, twins in TWINS.items() if not isinstance(twins, str) for twin in twins}
    assert sorted((address, twin) for address, twin in named if twin not in OPERATIONS) == []


def test_whatever_has_no_twin_says_why():
    assert [address for address, twins in TWINS.items() if not twins or (isinstance(twins, str) and len(twins.split()) < 3)] == []
