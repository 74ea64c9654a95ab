"""Which addresses a forward may reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.delivery.addresses import refusal

PUBLIC = "8.8.8.8 1.1.1.1 172.15.255.255 172.32.0.1 192.167.1.1 11.0.0.1 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8"
PRIVATE = (
    "127.0.0.1 127.255.255.254 ::1 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 198.18.0.1 fd12::1 fc00::1 "
    "::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.1.2.3 64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1"
)
NEVER = (
    "0.0.0.0 0.1.2.3 :: 169.254.169.254 169.254.1.1 fe80::1 fe80::1%eth0 fd00:ec2::254 100.100.100.200 192.0.0.192 224.0.0.1 239.1.2.3 "
    "ff02::1 255.255.255.255 240.0.0.1 192.0.2.1 203.0.113.9 2001:db8::1 2001::1 2002:7f00:1:: 2002:808:808:: ::7f00:1 fec0::1 "
    "::ffff:169.254.169.254 64:ff9b::169.254.169.254 ::ffff:0.0.0.0 4000::1 nonsense 127.1 0x7f000001 127.0.0.1:80"
)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_may_be_reached(address):
    assert refusal(address, allow_private=False) is None
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_may_be_reached_only_where_the_operator_allows_it(address):
    assert refusal(address, allow_private=False)
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", NEVER.split())
def test_some_addresses_are_never_reached(address):
    assert refusal(address, allow_private=False)
    assert refusal(address, allow_private=True)


@given(st.ip_addresses())
def test_allowing_private_networks_never_refuses_more(address):
    if refusal(str(address), allow_private=False) is None:
        assert refusal(str(address), allow_private=True) is None


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(address):
    plain = refusal(str(address), allow_private=False)
    assert refusal(f"::ffff:{address}", allow_private=False) == plain
    assert refusal(f"64:ff9b::{address}", allow_private=False) == plain


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_let_through(address):
    wrapped = getattr(address, "ipv4_mapped", None)
    if refusal(str(address), allow_private=False) is None and wrapped is None:
        kinds = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_unspecified")
        assert [kind for kind in kinds if getattr(address, kind)] == []
