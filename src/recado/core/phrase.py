"""Finding phrase keywords in a text: keywords whose tokens all occur in it, in their order, as whole words (product.md §2).

Other words may stand between. An index is compiled per number, so that what a text costs depends on its own length and on the few keywords
that share its rarest words, never on how many keywords there are. Which of several found ones acts belongs to `keyword`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar


class Phrase(Protocol):
    """What is indexed: anything with folded tokens."""

    @property
    def folded(self) -> tuple[str, ...]:
        """Tokens of the folded spelling, at least one."""
        ...


P = TypeVar("P", bound=Phrase)


@dataclass(frozen=True, slots=True)
class PhraseIndex(Generic[P]):
    """Phrases by their rarest token, longer ones also by their second rarest, so that a common word alone brings up nothing."""

    single: Mapping[str, tuple[P, ...]] = field(default_factory=dict)
    """Phrases of one token, by it."""
    paired: Mapping[str, Mapping[str, tuple[P, ...]]] = field(default_factory=dict)
    """Longer phrases, by rarest token and then second rarest."""
    rarest: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather the tokens that bring up anything."""
        object.__setattr__(self, "rarest", frozenset(self.single) | frozenset(self.paired))

    @property
    def count(self) -> int:
        """How many phrases there are."""
        return sum(map(len, self.single.values())) + sum(len(some) for rest in self.paired.values() for some in rest.values())

    def __bool__(self) -> bool:
        """Say whether there is any phrase."""
        return bool(self.rarest)


NO_PHRASES: PhraseIndex[Any] = PhraseIndex()


def index_phrases(phrases: Iterable[P]) -> PhraseIndex[P]:
    """Compile phrases into an index. Ties between equally rare tokens are broken by spelling: the same phrases make the same index."""
    given = list(phrases)
    frequency = Counter(token for phrase in given for token in set(phrase.folded))
    single: dict[str, list[P]] = defaultdict(list)
    paired: dict[str, dict[str, list[P]]] = defaultdict(lambda: defaultdict(list))
    for phrase in given:
        rarest = sorted(phrase.folded, key=lambda token: (frequency[token], token))
        if len(rarest) == 1:
            single[rarest[0]].append(phrase)
        else:
            paired[rarest[0]][rarest[1]].append(phrase)
    return PhraseIndex(
        {token: tuple(found) for token, found in single.items()},
        {token: {second: tuple(found) for second, found in rest.items()} for token, rest in paired.items()},
    )


def phrases_of(index: PhraseIndex[P]) -> list[P]:
    """Return all phrases of an index."""
    found = [phrase for some in index.single.values() for phrase in some]
    found += [phrase for rest in index.paired.values() for some in rest.values() for phrase in some]
    return found


def phrases_in(index: PhraseIndex[P], folded: Sequence[str]) -> list[P]:
    """Find the phrases that occur in folded tokens, in no particular order."""
    present = set(folded)
    found: list[P] = []
    for token in index.rarest & present:
        alone = index.single.get(token)
        if alone is not None:
            found += alone
        rest = index.paired.get(token)
        if rest is None:
            continue
        for second in present if len(present) < len(rest) else rest:
            here = rest.get(second) if second in present else None
            if here is not None:
                found += [phrase for phrase in here if occurs(phrase.folded, folded)]
    return found


def occurs(tokens: Sequence[str], within: Sequence[str]) -> bool:
    """Say whether all tokens occur in a text's tokens, in their order."""
    rest = iter(within)
    return all(token in rest for token in tokens)
