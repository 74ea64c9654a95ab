"""Which headers a customer may add."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.request_headers import HIDDEN, RESERVED, HeaderFault, header_fault, usable, without_secret


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("X-Shop", "7", None),
        ("Authorization", "Bearer abc", None),
        ("X-Empty", "", None),
        ("Host", "evil", HeaderFault.RESERVED),
        ("CONTENT-TYPE", "text/plain", HeaderFault.RESERVED),
        ("Transfer-Encoding", "chunked", HeaderFault.RESERVED),
        ("Webhook-Signature", "v1,x", HeaderFault.RESERVED),
        ("Webhook-Anything", "x", HeaderFault.RESERVED),
        ("", "x", HeaderFault.NAME),
        ("X Shop", "x", HeaderFault.NAME),
        ("X-Ż", "x", HeaderFault.NAME),
        ("X" * 101, "x", HeaderFault.NAME),
        ("X-A", "b\r\nX-B: c", HeaderFault.VALUE),
        ("X-A", "ż", HeaderFault.VALUE),
        ("X-A", "x" * 1001, HeaderFault.VALUE),
    ],
)
def test_a_header_is_judged(name, value, fault):
    assert header_fault(name, value) is fault


@given(st.dictionaries(st.text() | st.sampled_from(sorted(RESERVED)), st.text() | st.integers()))
def test_what_is_sent_was_allowed(headers):
    assert not any(header_fault(name, value) for name, value in usable(headers).items())


@pytest.mark.parametrize(
    ("name", "is_hidden"),
    [
        ("Authorization", True),
        ("X-API-Key", True),
        ("X-Shop-Token", True),
        ("Set-Cookie", True),
        ("X-Shop", False),
        ("webhook-signature", False),
        ("Content-Type", False),
    ],
)
def test_values_that_look_like_secrets_are_not_kept(name, is_hidden):
    assert (without_secret(name, "value") == HIDDEN) is is_hidden
