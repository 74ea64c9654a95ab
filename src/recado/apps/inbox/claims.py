"""On which shared number a text would be an account's own, asked of the production rules before anything is received.

What belongs here: gathering the few keywords the text can begin with. What does not: the rules themselves (`core.ownership`).
"""

from datetime import datetime

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow, NumberRow, compile_routes
from recado.core.number import CAPABILITIES, NumberKind, NumberState
from recado.core.ownership import find_owner
from recado.core.routes import KeywordState, MatchKind
from recado.core.text import fold, leading_tokens

_LONGEST_KEYWORD = 80
_SHARED = [kind.value for kind in NumberKind if CAPABILITIES[kind].is_shared]


def claimed_number(account: Account, sender: str, text: str, now: datetime) -> str | None:
    """Return the digits of the shared number on which a keyword of the account claims `text`; long numbers before short codes."""
    leading = fold(tuple(leading_tokens(text, _LONGEST_KEYWORD)[0]))
    spellings = [" ".join(leading[:length]) for length in range(1, len(leading) + 1)]
    candidates = Keyword.objects.filter(folded__in=spellings, number__kind__in=_SHARED, number__state=NumberState.ASSIGNED.value)
    keywords = list(candidates.select_related("number"))
    numbers = {keyword.number_id: keyword.number for keyword in keywords if keyword.account_id == account.pk}
    routes = compile_routes(0, map(_number_row, numbers.values()), map(_keyword_row, keywords), (), ())
    for number in sorted(numbers.values(), key=lambda each: (-len(each.digits), each.digits)):
        match = find_owner(routes, sender, number.digits, text, now)
        if match.keyword is not None and match.account_id == account.pk:
            return number.digits
    return None


def _number_row(number: Number) -> NumberRow:
    return NumberRow(number.pk, number.digits, NumberKind(number.kind), NumberState(number.state), number.account_id, number.connection_id)


def _keyword_row(keyword: Keyword) -> KeywordRow:
    return KeywordRow(
        keyword.pk,
        keyword.number_id,
        keyword.account_id,
        keyword.word,
        MatchKind(keyword.kind),
        keyword.also_when_text_follows,
        KeywordState(keyword.state),
        keyword.starts_at,
        keyword.ends_at,
    )
