"""Giving a contest its keyword, in the way its number knows.

What belongs here: the kind of keyword a contest needs, and what speaks against one on a number. What does not: words in general
(`services`), contests (`apps.contests`).
"""

from django.db import transaction

from recado.apps.contests.errors import ContestRefusedError, Fault, Problem
from recado.apps.contests.models import Contest
from recado.apps.keywords.activities import Activity, Kind, keywords_of
from recado.apps.keywords.kinds import refusal_of
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.core.routes import MatchKind


@transaction.atomic
def give_word(contest: Contest, number: Number, word: str) -> Keyword:
    """Reserve a word by which people enter; raise KeywordError or ContestRefusedError.

    On an own number it is a base keyword, so that what follows is the answer. A shared one knows exact keywords alone: there the keyword
    acts also when text follows, which is then the answer as well.
    """
    if contest.min_age and number.capabilities.is_shared:
        raise ContestRefusedError([Problem("min_age", Fault.AGE_ON_SHARED)])
    can_be_base = refusal_of(contest.account, number, MatchKind.BASE) is None
    content = RuleContent(activities=(Activity(Kind.ENTER_CONTEST, contest.pk, contest.name),))
    kind = MatchKind.BASE if can_be_base else MatchKind.EXACT
    return reserve_keyword(contest.account, number, word, content, kind=kind, also_when_text_follows=not can_be_base)


def check_age(contest: Contest) -> None:
    """Raise ContestRefusedError where people cannot be asked for their age: on a shared number, or where the same rule gives a code."""
    if not contest.min_age:
        return
    if any(word.number.capabilities.is_shared for word in keywords_of(contest.account, Kind.ENTER_CONTEST, contest.pk)):
        raise ContestRefusedError([Problem("min_age", Fault.AGE_ON_SHARED)])
    leading = RuleAction.objects.filter(kind=Kind.ENTER_CONTEST, contest=contest).values("rule")
    if RuleAction.objects.filter(kind=Kind.GIVE_CODE, rule__in=leading).exists():
        raise ContestRefusedError([Problem("min_age", Fault.AGE_AND_CODE)])
