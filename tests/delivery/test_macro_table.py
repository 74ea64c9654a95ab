"""Every macro of the provider, for what is received and for delivery reports, by GET and by POST, and the pages that name them."""

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from recado.core.receipt import OutboundState, UndeliveredReason
from recado.delivery.macros import Forwarded, build_call
from recado.delivery.reports import Reported

HOWTO = Path(__file__).parents[2] / "docs/howto"
AT = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
RECEIVED = Forwarded(77, "48501222333", "48503340503", "Żółw + 1", AT)
REPORT = Reported(1, "48501222333", OutboundState.UNDELIVERED, UndeliveredReason.WRONG_NUMBER.value, "own7", AT)
VALUES = {
    RECEIVED: {
        "NUMER": "48501222333",
        "NUMEROD": "48501222333",
        "NUMERDO": "48503340503",
        "WIADOMOSC": "Żółw + 1",
        "DATA": "2026-03-01 13:00:05",
        "ID": "77",
        "IDSMS": "77",
        "LIMIT": "",
    },
    REPORT: {
        "SMSID": REPORT.macros()["SMSID"],
        "STAN": "UNDELIV",
        "DATA": "2026-03-01 13:00:05",
        "PRZYCZYNA": "wrong_number",
        "NUMER": "48501222333",
        "UNIQUEID": "own7",
    },
}
CASES = [(told, macro, value) for told, values in VALUES.items() for macro, value in values.items()]


@pytest.mark.parametrize(("told", "macro", "value"), CASES, ids=[f"{told.kind}-{macro}" for told, macro, _ in CASES])
def test_a_macro_becomes_its_value_by_get_and_by_post(told, macro, value):
    template = f"https://shop.example/in?x=#{macro}#&y=#NOSUCH#"
    got, posted = build_call("GET", template, told), build_call("POST", template, told)
    assert parse_qsl(urlsplit(got.url).query, keep_blank_values=True) == [("x", value), ("y", "")]
    assert parse_qsl(posted.body.decode(), keep_blank_values=True) == [("x", value), ("y", "")]
    assert posted.url == "https://shop.example/in"


@pytest.mark.parametrize("told", VALUES, ids=lambda told: told.kind)
def test_no_macro_is_left_out(told):
    assert set(told.macros()) == set(VALUES[told])


@pytest.mark.parametrize(("told", "page"), [(RECEIVED, "forward-to-url.md"), (REPORT, "receive-delivery-reports.md")])
def test_the_page_names_every_macro(told, page):
    assert set(told.macros()) <= set(re.findall(r"#([A-Z]+)#", (HOWTO / page).read_text()))
