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

WAITING = (
    "autoresponder autoresponder-copy autoresponder-delete autoresponder-move autoresponder-new autoresponder-preview "
    "autoresponder-restore autoresponder-switch autoresponders billing billing-alerts billing-plan blocked "
    "canned-replies canned-reply canned-reply-delete contact contact-data contact-delete contact-erase contacts "
    "contacts-bulk contacts-export contacts-rejoin example-remove example-settle forward forward-again forward-code "
    "forward-confirm forward-delivery forward-delivery-again forward-delivery-live forward-edit forward-live "
    "forward-new forward-pause forward-preview forward-remove forward-resume forward-secret forward-secret-new "
    "forward-switch forward-test forward-try-now forwards forwards-live group-join group-leave import import-bad "
    "import-check import-mapping import-result import-run import-undo invoice-file keep-example keyword "
    "keyword-availability keyword-dry-run keyword-end keyword-kinds keyword-poster keyword-poster-file keyword-qr-png "
    "keyword-qr-svg keyword-rule-new keyword-state keyword-synonym-add keyword-synonym-remove keywords membership-end "
    "near-miss-add near-miss-ignore near-misses new-contact new-keyword number number-order number-order-reopen "
    "number-order-withdraw number-packages number-rule-new numbers opt-out-add opt-out-lift rule rule-delete "
    "rule-move rule-restore send send-cancel send-check send-copy send-delete send-edit send-export send-new "
    "send-progress send-stop send-summary send-try sender-block sender-name-off sender-names sender-unblock sends "
    "settings settings-activity settings-activity-export settings-appearance settings-company settings-day-off-add "
    "settings-day-off-remove settings-delivery-reports settings-hours settings-invitation-resend "
    "settings-invitation-revoke settings-member settings-member-invite settings-member-remove settings-notifications "
    "settings-quiet-hours settings-team statement statement-export tester tester-answer trip-lift trips-lift "
)
NOT_YET = frozenset(WAITING.split())
"""Addresses whose twins are being built. Empty when all of them are there, and stays empty."""


def test_every_address_of_the_panel_has_its_twin_or_says_why_not():
    missing = set(CUSTOMERS) - TWINS.keys() - NOT_YET
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
