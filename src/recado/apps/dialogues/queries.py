"""Reads of the inbox: the list of dialogues, one dialogue for an account, how many are unread.

What belongs here: what the conversation list and its badge ask. What does not: the messages of a thread (`thread`), writes (`services`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.keywords.models import Keyword

PAGE = 50
UNREAD_LIMIT = 100
"""Counting stops here: the badge says 99+ beyond it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    tab: str = "open"
    """`open`, `unread`, `done` or `all`."""
    search: str = ""
    before: tuple[datetime, int] | None = None
    """Time and id of the last row shown, for the next page."""


def dialogue_list(account: Account, filters: Filters) -> list[Dialogue]:
    """Return one page of the account's dialogues, newest first, contact and number loaded, in one query."""
    rows = _narrowed(Dialogue.objects.filter(account=account), filters)
    if filters.before:
        at, last_id = filters.before
        rows = rows.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, id__lt=last_id))
    return list(rows.select_related("contact", "number").order_by("-last_message_at", "-id")[:PAGE])


def get_dialogue_for(account: Account, dialogue_id: int) -> Dialogue:
    """Return a dialogue of the account; raise Dialogue.DoesNotExist for all others."""
    return Dialogue.objects.select_related("contact", "number", "number__connection").get(account=account, pk=dialogue_id)


def unread_count(account: Account) -> int:
    """Return how many dialogues have unread messages, at most UNREAD_LIMIT."""
    return Dialogue.objects.filter(account=account, unread_count__gt=0).order_by()[:UNREAD_LIMIT].count()


def is_newest(dialogue: Dialogue) -> bool:
    """Say whether nothing happened later in any other dialogue of the account."""
    return not Dialogue.objects.filter(account_id=dialogue.account_id, last_message_at__gt=dialogue.last_message_at).exists()


def keyword_words(dialogues: list[Dialogue]) -> dict[int, str]:
    """Return the words of the keywords the dialogues were last matched by, by keyword id."""
    ids = {dialogue.last_keyword_id for dialogue in dialogues if dialogue.last_keyword_id is not None}
    return dict(Keyword.objects.filter(pk__in=ids).values_list("id", "word")) if ids else {}


def _narrowed(rows: QuerySet[Dialogue], filters: Filters) -> QuerySet[Dialogue]:
    narrowed = {
        "open": rows.filter(state=Dialogue.State.OPEN),
        "done": rows.filter(state=Dialogue.State.DONE),
        "unread": rows.filter(unread_count__gt=0),
    }.get(filters.tab, rows)
    if not filters.search:
        return narrowed
    return narrowed.filter(_matches(filters.search))


def _matches(search: str) -> Q:
    """Look at number, name, company, last text and keyword; SQLite ignores case for ASCII only, hence the spellings."""
    found = Q(last_keyword_id__in=Keyword.objects.filter(word__istartswith=search).values("id"))
    for spelling in {search, search.lower(), search.upper(), search.capitalize()}:
        for column in ("contact__first_name", "contact__last_name", "contact__company", "last_text"):
            found |= Q(**{f"{column}__icontains": spelling})
    digits = "".join(filter(str.isdecimal, search))
    if digits and not any(character.isalpha() for character in search):
        found |= Q(msisdn__contains=digits)
    first, _, last = search.partition(" ")
    if last:
        found |= Q(contact__first_name__iexact=first, contact__last_name__istartswith=last)
    return found
