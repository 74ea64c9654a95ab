"""Code pools: adding codes, making them up, taking them out, counting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.codes.errors import CodeError, Refusal
from recado.apps.codes.generating import ALPHABET, generate_codes, shortest_for
from recado.apps.codes.importing import add_codes, check, codes_in, codes_of_table
from recado.apps.codes.models import Code, CodePool
from recado.apps.codes.queries import CodeState, codes_of, get_pool_for, stock_of
from recado.apps.codes.services import PoolContent, add_pool, delete_pool, put_back, withdraw


@pytest.fixture
def pool(db):
    return add_pool(Account.objects.create(name="Alice Flowers"), PoolContent("Summer", low_at=2))


def hand_out(pool: CodePool, value: str, msisdn: str, days_ago: int = 0) -> None:
    """Hand a code out as the gateway does."""
    at = timezone.now() - timedelta(days=days_ago)
    Code.objects.filter(pool=pool, value=value).update(msisdn=msisdn, message_id=1, handed_at=at)


def test_a_pasted_list_is_read_however_it_is_separated() -> None:
    assert codes_in("Kod\nA1\n\n B 2 ;C3,D4\tE5\r\nA1") == ["A1", "B 2", "C3", "D4", "E5", "A1"]
    assert codes_in("CODE") == ["CODE"]


def test_a_file_gives_its_first_column_or_its_only_row() -> None:
    assert codes_of_table([["Code", "For"], ["A1", "x"], ["B2", ""]]) == ["A1", "B2"]
    assert codes_of_table([["A1", "B2", "C3"]]) == ["A1", "B2", "C3"]


def test_what_is_new_twice_known_or_no_code_is_said_before_anything_is_added(pool) -> None:
    add_codes(pool, ["A1"])
    checked = check(pool, ["B2", "A1", "B2", "C3", "x" * 81])
    assert (checked.new, checked.twice, checked.known, checked.bad) == (("B2", "C3"), ("B2",), ("A1",), ("x" * 81,))
    assert pool.codes.count() == 1
    assert add_codes(pool, checked.new) == 2
    assert add_codes(pool, checked.new) == 0
    assert [code.value for code in codes_of(pool, CodeState.FREE)] == ["A1", "B2", "C3"]


@pytest.mark.parametrize(("codes", "refusal"), [([], Refusal.NO_CODES), ([""], Refusal.NO_CODES), (["x"] * 100_001, Refusal.TOO_MANY)])
def test_nothing_and_too_much_are_refused(pool, codes: list[str], refusal: Refusal) -> None:
    with pytest.raises(CodeError) as refused:
        check(pool, codes)
    assert refused.value.reason is refusal


def test_codes_that_come_in_let_people_be_told_again(pool) -> None:
    CodePool.objects.update(told_low_at=timezone.now(), told_empty_at=timezone.now())
    add_codes(pool, ["A1"])
    assert CodePool.objects.filter(told_low_at=None, told_empty_at=None).exists()


def test_codes_made_up_are_all_different_hard_to_guess_and_easy_to_read(pool) -> None:
    assert generate_codes(pool, 300, 8) == 300
    values = list(pool.codes.values_list("value", flat=True))
    assert len(set(values)) == 300
    assert set("".join(values)) <= set(ALPHABET)
    assert not set("0O1IL2Z5S8B") & set(ALPHABET)
    assert shortest_for(1) < shortest_for(100_000)


@pytest.mark.parametrize(("count", "length", "refusal"), [(0, 8, "too_many"), (10, 3, "length"), (9, 25, "length"), (5000, 4, "too_short")])
def test_codes_that_could_be_guessed_are_not_made(pool, count: int, length: int, refusal: str) -> None:
    with pytest.raises(CodeError) as refused:
        generate_codes(pool, count, length)
    assert refused.value.reason == refusal


def test_a_free_code_is_taken_out_and_put_back_and_a_handed_out_one_stays(pool) -> None:
    add_codes(pool, ["A1", "B2"])
    hand_out(pool, "A1", "48501222333")
    first, second = pool.codes.order_by("id")
    withdraw(pool, second.pk)
    with pytest.raises(CodeError):
        withdraw(pool, second.pk)
    with pytest.raises(CodeError):
        withdraw(pool, first.pk)
    assert put_back(pool, second.pk)
    assert not put_back(pool, first.pk)


def test_stock_counts_what_is_left_and_what_went_out_today(pool) -> None:
    add_codes(pool, ["A", "B", "C", "D", "E"])
    hand_out(pool, "A", "48501222333")
    hand_out(pool, "B", "48501222334", days_ago=2)
    withdraw(pool, pool.codes.get(value="C").pk)
    stock = stock_of(pool, timezone.now() - timedelta(hours=1))
    assert (stock.free, stock.handed, stock.withdrawn, stock.handed_today, stock.is_low, stock.is_empty) == (2, 2, 1, 1, True, False)


def test_pools_of_others_are_not_there_and_one_goes_with_its_codes(pool) -> None:
    bob = Account.objects.create(name="Bob")
    with pytest.raises(CodePool.DoesNotExist):
        get_pool_for(bob, pool.pk)
    add_codes(pool, ["A"])
    delete_pool(pool)
    assert not Code.objects.exists()
