"""Keywords and what they do.

Keyword (a word reserved on a number), Spelling (how it may be written, and for how long nobody else may), NearForm (where look-alikes
are found), BlockedWord (kept from everybody by the operator), OpenQuestion (what a phone was asked last), Rule (what a keyword or a
number's default does), RuleAction (one thing a rule does), RuleExample (a text with what must become of it), KeywordDay,
KeywordArgumentDay and KeywordTally (counts of an earlier version), KeywordNearMiss, KeywordNearMissDay and NearMissTally (how many nearly
matched it).
"""

from recado.apps.keywords.models.counts import (
    KeywordArgumentDay,
    KeywordDay,
    KeywordNearMiss,
    KeywordNearMissDay,
    KeywordTally,
    NearMissTally,
)
from recado.apps.keywords.models.reservations import BlockedWord, Keyword, NearForm, Spelling
from recado.apps.keywords.models.rules import OpenQuestion, Restricted, Rule, RuleAction, RuleExample

__all__ = [
    "BlockedWord",
    "Keyword",
    "KeywordArgumentDay",
    "KeywordDay",
    "KeywordNearMiss",
    "KeywordNearMissDay",
    "KeywordTally",
    "NearForm",
    "NearMissTally",
    "OpenQuestion",
    "Restricted",
    "Rule",
    "RuleAction",
    "RuleExample",
    "Spelling",
]
