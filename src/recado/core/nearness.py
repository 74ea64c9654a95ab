"""How many slips of the finger lie between two words.

What belongs here: the distance (optimal string alignment: a letter changed, added, left out, or two neighbours swapped). What does not:
what is done about near words; acting on a guess is nobody's right (product.md §2).
"""

from collections.abc import Iterable, Iterator


def slips(word: str, other: str, limit: int) -> int | None:
    """Count the slips between two words; None where there are more than `limit`."""
    if abs(len(word) - len(other)) > limit:
        return None
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        line = [row]
        for column, other_letter in enumerate(other, 1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != other_letter))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == other_letter:
                cost = min(cost, before_last[column - 2] + 1)
            line.append(cost)
        if min(line) > limit and min(last) > limit:
            return None
        before_last, last = last, line
    return last[-1] if last[-1] <= limit else None


def nearest(word: str, others: Iterable[str], limit: int) -> list[tuple[int, str]]:
    """Return the words at most `limit` slips away with their distance, nearest first, then by the alphabet."""
    return sorted((distance, other) for other in others if (distance := slips(word, other, limit)) is not None)


def deletions(word: str) -> Iterator[str]:
    """Yield the word and the word without each of its letters: two words one slip apart have one of these in common."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
