"""Figures and settings that pages quote are those of the code."""

import re
from datetime import timedelta

import pytest
from pages import DOCS, ROOT

from recado.carriers.registry import CARRIERS
from recado.carriers.smpp.kind import SMPP
from recado.core.keyword import KEPT_FOR
from recado.core.reassembly import GAP, GIVE_OUT_AFTER, REFERENCE_LIFETIME
from recado.core.retry import FORWARD_SCHEDULE
from recado.delivery.http_client import TOTAL_SECONDS
from recado.gateway.carrier_journal import RECORDS, WITHIN
from recado.gateway.intake import HIGH_WATER, Rebound
from recado.gateway.routes_cache import POLL_SECONDS
from recado.gateway.session_breaks import BEFORE_NEWEST, EXPECTED_FOR
from recado.gateway.smpp_connection import THROTTLE_DELAYS
from recado.gateway.writer import GROUP_LIMIT
from recado.server.application import DJANGO_THREADS
from recado.server.events import HEARTBEAT_SECONDS
from recado.store.load import SOLE_WRITER_WITHIN

ARCHITECTURE = (DOCS / "architecture.md").read_text()
PROMISE = (DOCS / "discussions/why-messages-are-not-lost.md").read_text()
CARRIER = (DOCS / "howto/connect-a-carrier.md").read_text()


def test_the_architecture_quotes_the_figures_of_the_code():
    assert f"When {HIGH_WATER:,} wait" in ARCHITECTURE
    assert f"at most {GROUP_LIMIT}." in ARCHITECTURE
    assert f"{TOTAL_SECONDS:.0f} seconds. `OK`" in ARCHITECTURE
    assert f"at most {RECORDS} a minute" in ARCHITECTURE
    assert timedelta(minutes=1) == WITHIN
    assert f"after {THROTTLE_DELAYS[0]} to {THROTTLE_DELAYS[-1]:.0f} seconds" in ARCHITECTURE
    assert timedelta(minutes=5) == GIVE_OUT_AFTER
    assert "after five minutes" in ARCHITECTURE
    assert (POLL_SECONDS, "within half a second" in ARCHITECTURE) == (0.5, True)
    assert (DJANGO_THREADS, "eight Django threads" in ARCHITECTURE) == (8, True)
    assert (round(sum(FORWARD_SCHEDULE, timedelta()) / timedelta(days=1)), "after about three days" in ARCHITECTURE) == (3, True)


def test_the_promise_quotes_the_figures_of_the_code():
    limit = Rebound.__dataclass_fields__["limit"].default
    assert f"at most {BEFORE_NEWEST.seconds} seconds older than the newest of them, at most {limit}" in PROMISE
    assert (EXPECTED_FOR, "during the first minute after" in PROMISE) == (timedelta(minutes=1), True)
    assert (REFERENCE_LIFETIME, "within a day" in PROMISE) == (timedelta(days=1), True)
    assert f"marked `{GAP}`" in PROMISE
    assert f"(at most {GROUP_LIMIT} messages)" in PROMISE


def test_other_pages_quote_the_figures_of_the_code():
    assert f"from this number within {SOLE_WRITER_WITHIN.days} days" in (DOCS / "reference/actions.md").read_text()
    assert f"rest for {KEPT_FOR.days} days" in (ROOT / "SECURITY.md").read_text()
    assert f"every {HEARTBEAT_SECONDS} s" in (DOCS / "howto/run-behind-a-proxy.md").read_text()


def test_the_settings_in_the_guide_to_carriers_exist():
    named = set(re.findall(r"\b([a-z_]+)=", CARRIER)) - {"connection", "link"}  # labels of a metric
    named |= set(re.findall(r"`([a-z]+_[a-z_]+)`", CARRIER)) - {"generic_nack", "enquire_link"}
    known = {field.name for field in SMPP.fields} | {choice for field in SMPP.fields for choice in field.choices}
    assert named - known == set()


@pytest.mark.parametrize("name", [kind.name for kind in CARRIERS])
def test_every_kind_of_carrier_is_on_the_command_line_page(name):
    assert f"`{name}`" in (DOCS / "reference/cli.md").read_text()
