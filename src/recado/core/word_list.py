"""Lists of words that are not shown by themselves, and finding them in texts, also where they are written to get past.

What belongs here: reading a list, and what is seen through: letter case and accents, figures for letters, doubled letters, letters
set apart, invisible signs. What does not: any word; lists are their owners'. What follows from a find (`board`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from recado.core.text import folded_form

MOST_WORDS = 1000
LONGEST_WORD = 60
_ANY_ENDING = "*"
_SEPARATORS = re.compile(r"[\W_]+")
_FIGURES = str.maketrans("034578@$€", "oeastbase")
"""Figures and signs that stand for letters; 1, ! and | stand for two."""
_BARS = "1!|"
_BEGINNING, _END = r"(?<!\w)", r"(?!\w)"
_APART = 3
"""So many single letters in a row are a word with its letters set apart."""


@dataclass(frozen=True, slots=True)
class WordList:
    """A list, ready to be asked."""

    whole: re.Pattern[str] | None
    """Any of the words, as whole words."""
    within: re.Pattern[str] | None
    """Any of the words, anywhere in letters that were set apart."""
    words: tuple[str, ...] = ()
    """As written, in the order of the pattern's groups."""

    def find(self, text: str) -> str | None:
        """Return the first word of the list that a text has in it, as the list has it."""
        if self.whole is None or self.within is None:
            return None
        for reading in dict.fromkeys(_readings(text)):
            found = self.whole.search(reading)
            if found is None and (apart := _set_apart(reading)):
                found = self.within.search(apart)
            if found is not None and found.lastindex is not None:
                return self.words[found.lastindex - 1]
        return None


def lines_of(written: str) -> list[str]:
    """Return the words of a list as written: one a line or separated by commas, each once."""
    words = (" ".join(word.split()) for word in re.split(r"[\n\r,;]+", written))
    return list(dict.fromkeys(word for word in words if _letters(word.rstrip(_ANY_ENDING))))


@lru_cache(maxsize=256)
def word_list(written: str) -> WordList:
    """Read a list; boards ask the same few again and again."""
    words = [word[:LONGEST_WORD] for word in lines_of(written)[:MOST_WORDS]]
    if not words:
        return WordList(None, None)
    whole = "|".join(f"({_pattern(word)}{'' if word.endswith(_ANY_ENDING) else _END})" for word in words)
    within = "|".join(f"({_pattern(word, between='')})" for word in words)
    return WordList(re.compile(f"{_BEGINNING}(?:{whole})"), re.compile(within), tuple(words))


def _pattern(word: str, between: str = r" ") -> str:
    """Match the letters of a word, each at least as often in a row as the word has it: `ass` is in `asss`, not in `as`."""
    return between.join(
        "".join(f"{re.escape(letter)}{{{len(list(run))},}}" for letter, run in groupby(part))
        for part in _letters(word.rstrip(_ANY_ENDING)).split()
    )


def _letters(text: str) -> str:
    """Fold a text to its words of letters and figures, separated by single blanks."""
    return _SEPARATORS.sub(" ", folded_form(text)).strip()


def _readings(text: str) -> list[str]:
    """Return the ways to read a text: as it is, and with figures as letters, 1 as i and as l."""
    glued = _word_by_word(text)
    return [_letters(text), *(_SEPARATORS.sub(" ", _read_figures(glued, bar)).strip() for bar in "il")]


def _word_by_word(text: str) -> str:
    """Fold word by word, so that signs within a word stay where they are: folding sets them apart as tokens of their own."""
    return " ".join("".join(folded_form(word).split()) for word in text.split())


def _read_figures(text: str, bar: str) -> str:
    words = (_as_letters(word, bar) if any(sign.isalpha() for sign in word) else word for word in text.split())
    return " ".join(words)


def _as_letters(word: str, bar: str) -> str:
    core = word.rstrip("!|.,?")
    tail = word[len(core) :]
    return core.translate(_FIGURES).translate({ord(sign): bar for sign in _BARS}) + tail


def _set_apart(reading: str) -> str:
    """Join letters that stand alone, three or more in a row: `k u r z` is `kurz`."""
    runs: list[str] = []
    for is_single, group in groupby(reading.split(" "), key=lambda word: len(word) == 1):
        letters = "".join(group)
        if is_single and len(letters) >= _APART:
            runs.append(letters)
    return " ".join(runs)
