"""Everybody who comes by some way gets a text once, without those who must not."""

from hypothesis import given
from hypothesis import strategies as st

from recado.core.audience import Audience, Barred, Skipped, choose, is_phone

HANNA, JAN, OLA = "48604218377", "48600700800", "48600700900"


def chosen(audience: Audience) -> list[int]:
    return list(audience.phones)


def test_each_person_comes_once_in_the_order_of_numbers():
    found = choose([(1, HANNA), (2, HANNA), (None, HANNA), (1, JAN)], Barred())
    assert chosen(found) == [int(JAN), int(HANNA)]
    assert found.skipped == Skipped(duplicate=2)


def test_who_opted_out_of_a_group_gets_it_by_another_way():
    barred = Barred(opted_out_of_group={(1, HANNA)})
    assert choose([(1, HANNA)], barred).skipped == Skipped(opted_out=1)
    for other in (2, None):
        assert chosen(choose([(1, HANNA), (other, HANNA)], barred)) == [int(HANNA)]
        assert chosen(choose([(other, HANNA), (1, HANNA)], barred)) == [int(HANNA)]


def test_the_first_reason_that_fits_counts():
    ways = [(1, "4301"), (1, "MyBank"), (1, HANNA), (1, JAN), (1, OLA), (None, "48503340503")]
    everything = {HANNA, JAN, OLA, "4301"}
    barred = Barred(opted_out={HANNA, JAN}, excluded={JAN}, blocked=everything, ours={"48503340503"})
    assert choose(ways, barred).skipped == Skipped(invalid=3, excluded=1, opted_out=1, blocked=1)


def test_what_is_no_phone():
    assert [one for one in ("48604218377", "4301", "MyBank", "", "048604218377", "1" * 16, "٤٨٦٠٤٢١٨٣٧٧") if is_phone(one)] == [HANNA]


MSISDN = st.sampled_from([HANNA, JAN, OLA, "48503340503", "4301", "MyBank", "447911123456"])
SETS = st.frozensets(MSISDN)


@given(
    st.lists(st.tuples(st.sampled_from([None, 1, 2]), MSISDN)),
    st.builds(Barred, SETS, st.frozensets(st.tuples(st.sampled_from([1, 2]), MSISDN)), SETS, SETS, SETS),
)
def test_everybody_is_chosen_or_counted(ways: list[tuple[int | None, str]], barred: Barred):
    found = choose(ways, barred)
    skipped = found.skipped
    assert chosen(found) == sorted(set(found.phones))
    assert len(ways) == len(found.phones) + sum(getattr(skipped, name) for name in Skipped.__slots__)
    for phone in map(str, found.phones):
        assert phone not in barred.opted_out | barred.excluded | barred.blocked | barred.ours
        assert any((group, phone) not in barred.opted_out_of_group for group, msisdn in ways if msisdn == phone)
