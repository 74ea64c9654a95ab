"""VAT of an invoice: by rate, from the sum of the net amounts, rounded half up to a grosz.

What belongs here: the sums. What does not: which rate holds (the seller's settings), words. Art. 106e of the Polish VAT act lets the tax be
computed from the sum of each rate; the amounts shown beside the lines are parts of that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recado.core.rounding import half_up, spread


@dataclass(frozen=True, slots=True)
class RateTotal:
    """What is sold at one rate."""

    rate: int
    """Percent."""
    net: int
    vat: int

    @property
    def gross(self) -> int:
        """What is to be paid."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of an invoice."""

    rates: tuple[RateTotal, ...]

    @property
    def net(self) -> int:
        """Without tax."""
        return sum(each.net for each in self.rates)

    @property
    def vat(self) -> int:
        """The tax alone."""
        return sum(each.vat for each in self.rates)

    @property
    def gross(self) -> int:
        """What is to be paid."""
        return self.net + self.vat


def totals(lines: Iterable[tuple[int, int]]) -> Totals:
    """Add up lines given as net amount and rate."""
    sums: dict[int, int] = {}
    for net, rate in lines:
        sums[rate] = sums.get(rate, 0) + net
    return Totals(tuple(RateTotal(rate, net, half_up(net * rate, 100)) for rate, net in sorted(sums.items(), reverse=True)))


def added_up(lines: Iterable[tuple[int, int, int]]) -> Totals:
    """Add up lines of a document that was issued, given as net amount, rate and tax."""
    sums: dict[int, tuple[int, int]] = {}
    for net, rate, vat in lines:
        before = sums.get(rate, (0, 0))
        sums[rate] = before[0] + net, before[1] + vat
    return Totals(tuple(RateTotal(rate, net, vat) for rate, (net, vat) in sorted(sums.items(), reverse=True)))


def vat_of_lines(lines: Sequence[tuple[int, int]], before: Mapping[int, RateTotal] | None = None) -> list[int]:
    """Return the tax to show beside each line; those of a rate add up to the tax of that rate.

    Lines that correct a document are differences to what was stated `before`, by rate: with them its tax is that of what is right, however
    often it is corrected. The tax of the differences alone would be rounded anew each time.
    """
    found = [0] * len(lines)
    for rate in {rate for _net, rate in lines}:
        places = [place for place, line in enumerate(lines) if line[1] == rate]
        stated = (before or {}).get(rate, RateTotal(rate, 0, 0))
        vats = spread((lines[place][0] for place in places), rate, total=stated.net, done=stated.vat)
        for place, vat in zip(places, vats, strict=True):
            found[place] = vat
    return found
