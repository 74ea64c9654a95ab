"""A company's data: its tax number, its days off, its hours."""

from datetime import date, time

import pytest

from recado.apps.accounts.company import (
    CompanyError,
    CompanyRefusal,
    check_hours,
    check_quiet_hours,
    own_days_off,
    save_company,
    save_days_off,
)
from recado.apps.accounts.models import Account
from recado.apps.accounts.public_holidays import days_off, public_holidays
from recado.apps.accounts.services import create_account
from recado.apps.accounts.tax_number import parse_nip

WRITTEN = [
    ("1234563218", "1234563218"),
    ("123-456-32-18", "1234563218"),
    ("PL 123 456 32 18", "1234563218"),
    ("pl1234563218", "1234563218"),
    ("1234563217", None),
    ("123456321", None),
    ("12345632180", None),
    ("0000000000", None),
    ("1234567890", None),
    ("１２３４５６３２１８", None),
    ("DE123456789", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "digits"), WRITTEN)
def test_a_tax_number_is_read_as_people_write_it(written, digits):
    assert parse_nip(written) == digits


def test_one_wrong_digit_is_always_noticed():
    right = "1234563218"
    for place in range(9):
        wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        assert parse_nip(wrong) is None


@pytest.mark.django_db
def test_what_is_not_given_stays():
    account = create_account("Kwiaciarnia Róża")
    save_company(account, {"city": "Kraków"})
    save_company(account, {"name": "Róża"})
    stored = Account.objects.get()
    assert (stored.name, stored.city, stored.time_zone) == ("Róża", "Kraków", "Europe/Warsaw")


@pytest.mark.django_db
def test_days_off_are_kept_once_and_in_order():
    account = create_account("Kwiaciarnia Róża")
    save_days_off(account, [date(2027, 5, 4), date(2026, 12, 31), date(2027, 5, 4)])
    assert own_days_off(Account.objects.get()) == [date(2026, 12, 31), date(2027, 5, 4)]


@pytest.mark.django_db
def test_public_holidays_count_unless_the_company_is_open_on_them():
    account = create_account("Kwiaciarnia Róża")
    save_days_off(account, [date(2026, 12, 31)])
    independence_day = date(2026, 11, 11)
    assert {independence_day, date(2026, 12, 31)} <= days_off(account, date(2026, 11, 26))
    account.keeps_public_holidays = False
    assert days_off(account, date(2026, 11, 26)) == {date(2026, 12, 31)}


def test_holidays_have_names_in_both_languages():
    assert (date(2026, 11, 11), "Narodowe Święto Niepodległości") in public_holidays(2026, "pl")
    assert (date(2026, 11, 11), "National Independence Day") in public_holidays(2026, "en")


@pytest.mark.parametrize(
    ("check", "given", "reason"),
    [
        (check_hours, [{"mon": (time(9), time(17))}], None),
        (check_hours, [{"mon": (time(9), time(0))}], None),
        (check_hours, [{"mon": (time(9), time(9))}], CompanyRefusal.ENDS_FIRST),
        (check_hours, [{"mon": (time(9), time(17)), "tue": (time(9), time(8))}], CompanyRefusal.ENDS_FIRST),
        (check_quiet_hours, [None, None], None),
        (check_quiet_hours, [time(21), time(8)], None),
        (check_quiet_hours, [time(21), None], CompanyRefusal.ONE_END_ONLY),
        (check_quiet_hours, [None, time(8)], CompanyRefusal.ONE_END_ONLY),
        (check_quiet_hours, [time(8), time(8)], CompanyRefusal.ALL_DAY),
    ],
)
def test_hours_end_after_they_begin_and_quiet_ones_have_both_ends(check, given, reason):
    if reason is None:
        check(*given)
        return
    with pytest.raises(CompanyError) as refused:
        check(*given)
    assert refused.value.reason is reason
