"""A deleted autoresponder as JSON, and back as it was.

What belongs here: what is needed to undo a deletion. What does not: deleting (`services`).
"""

from typing import Any

from django.core import signing
from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.errors import AutoresponderRefusal, AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import answering_numbers, keywords_to_answer
from recado.apps.autoresponders.services import AutoresponderContent, add_autoresponder, content_of, place_of
from recado.apps.keywords.rule_undo import Remembered, remember_terms, remembered_terms

SALT = "autoresponders.deleted"
UNDO_SECONDS = 3600


class TooLateError(ValueError):
    """It is none that was deleted within the last hour."""


def remember(found: Autoresponder) -> dict[str, Any]:
    """Return an autoresponder as JSON."""
    return {
        "id": found.pk,
        "place": place_of(found),
        "name": found.name,
        "text": found.text,
        "number": found.number_id,
        "keyword": found.keyword_id,
        "once_minutes": found.once_minutes,
        **remember_terms(content_of(found).terms),
    }


def seal(found: Autoresponder) -> str:
    """Write an autoresponder so that it can be handed out and taken back: nobody else can have written it."""
    return signing.dumps(remember(found) | {"account": found.account_id}, salt=SALT, compress=True)


def unseal(account: Account, sealed: str) -> Remembered:
    """Read what `seal` wrote for the account within the last hour; raise TooLateError."""
    try:
        found: Remembered = signing.loads(sealed, salt=SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError) as error:  # a damaged one may not even be text
        raise TooLateError from error
    if found.get("account", account.pk) != account.pk:  # those of an earlier version name none
        raise TooLateError
    return found


@transaction.atomic
def restore_autoresponder(account: Account, remembered: Remembered) -> Autoresponder:
    """Bring an autoresponder back as it was, to its place; raise a refusal where its number, keyword or group is gone.

    It gets its id again, so that whom it answered lately and what it cost today still count.
    """
    if Autoresponder.objects.filter(pk=remembered["id"]).exists():
        raise AutoresponderRefusedError(AutoresponderRefusal.NAME)
    number = answering_numbers(account).filter(pk=remembered["number"]).first() if remembered["number"] else None
    keyword = keywords_to_answer(account).filter(pk=remembered["keyword"]).first() if remembered["keyword"] else None
    if remembered["number"] and number is None:
        raise AutoresponderRefusedError(AutoresponderRefusal.NUMBER)
    if remembered["keyword"] and keyword is None:
        raise AutoresponderRefusedError(AutoresponderRefusal.KEYWORD)
    content = AutoresponderContent(
        remembered["name"], remembered["text"], number, keyword, remembered["once_minutes"], remembered_terms(remembered)
    )
    return add_autoresponder(account, content, place=remembered["place"], key=remembered["id"])
