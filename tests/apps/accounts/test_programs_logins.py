"""Where a program's login may come from, and until when."""

from datetime import date, timedelta
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.accounts.api_users import end_of, is_username, last_day, made_up_username
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.networks import MOST_NETWORKS, NetworkError, tidy_networks
from recado.apps.accounts.program_login import is_allowed_from

ADDRESSES = st.ip_addresses().filter(lambda one: getattr(one, "ipv4_mapped", None) is None).map(str)


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("", ""),
        (" 10.0.0.7 \n\n", "10.0.0.7"),
        ("10.0.0.7/32", "10.0.0.7"),
        ("10.0.0.7/8, 10.1.2.3/8", "10.0.0.0/8"),
        ("2001:DB8::/32\r\n::1", "2001:db8::/32\n::1"),
        ("10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("::ffff:10.0.0.7\n::ffff:10.0.0.0/104", "10.0.0.7\n10.0.0.0/8"),
    ],
)
def test_networks_are_written_one_way(written, tidied):
    assert tidy_networks(written) == tidied


@pytest.mark.parametrize("line", ["10.0.0", "10.0.0.256", "shop.example", "10.0.0.0/33", "::1::", "٣.٣.٣.٣", "\0"])
def test_the_line_that_is_no_network_is_named(line):
    with pytest.raises(NetworkError) as error:
        tidy_networks(f"10.0.0.7\n{line}\n10.0.0.8")
    assert error.value.line == line.strip()


def test_there_are_not_more_than_can_be_looked_at_with_every_call():
    with pytest.raises(NetworkError):
        tidy_networks("\n".join(f"10.0.0.{one}" for one in range(MOST_NETWORKS + 1)))


@given(ADDRESSES, st.integers(0, 32))
def test_a_tidied_network_holds_the_same_addresses(address, length):
    tidied = tidy_networks(f"{address}/{length}")
    assert tidy_networks(tidied) == tidied
    assert ip_address(address) in ip_network(tidied)
    assert is_allowed_from(tidied, address)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["Europe/Warsaw", "America/Los_Angeles", "America/Sao_Paulo", "UTC"])
)
def test_a_last_day_is_the_whole_of_it_on_the_accounts_clocks(day, zone):
    account = Account(name="Róża", time_zone=zone)
    ends = end_of(account, day)
    assert ends is not None
    assert last_day(ApiUser(account=account, token_expires_at=ends)) == day
    assert (ends - timedelta(microseconds=1)).astimezone(account.zone).date() == day
    assert ends.astimezone(account.zone).date() > day


@given(st.text(max_size=80))
def test_a_user_name_that_is_made_up_is_one(name):
    assert is_username(made_up_username(name))
