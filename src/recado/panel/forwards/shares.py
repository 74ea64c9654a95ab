"""The bar of a day's deliveries: which part of it each state fills.

What belongs here: widths. What does not: counting (`apps.outbox.deliveries`), colours (`static/panel/css/forwards.css`).
"""

from dataclasses import dataclass

from recado.apps.outbox.deliveries import Health

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """A piece of the bar."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The bar, and how much of what is over arrived."""

    pieces: tuple[Share, ...]
    percent: int | None
    """None while nothing is over."""


def shares_of(health: Health) -> Shares:
    """Return the bar of a place; a state that is there at all is never thinner than can be seen."""
    counts = [("done", health.done), ("waiting", health.waiting), ("failed", health.failed)]
    total, over = sum(count for _kind, count in counts), health.done + health.failed
    widths = [(kind, max(WIDTH * count // total, WIDTH // 50)) for kind, count in counts if count]
    pieces, x = [], 0
    for kind, width in widths:
        pieces.append(Share(kind, x, width))
        x += width
    return Shares(tuple(pieces), 100 * health.done // over if over else None)
