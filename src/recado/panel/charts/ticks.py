"""Round figures for the axis of a chart.

What belongs here: which figures, lines and labels stand beside a chart. What does not: where they are drawn (`bars`).
"""

MOST_STEPS = 4
_ROUND = (10, 20, 25, 40, 50, 100)
"""In tenths: steps that people count in. 2.5 is no step between counts, 25 is."""


def nice_ticks(highest: int, most_steps: int = MOST_STEPS) -> list[int]:
    """Return 0 and up to `most_steps` round figures in equal steps, the last of them at least `highest`."""
    step, scale = 1, 1
    while step * most_steps < highest:
        fitting = [tenths * scale // 10 for tenths in _ROUND if tenths * scale % 10 == 0]
        step = next((one for one in fitting if one * most_steps >= highest), step)
        scale *= 10
    return list(range(0, max(-(-highest // step), 1) * step + 1, step))


def spread(count: int, most: int) -> list[int]:
    """Return which of `count` places in a row are labelled, in equal steps from the first, `most` of them at most."""
    step = max(1, -(-count // most))
    return list(range(0, count, step))
