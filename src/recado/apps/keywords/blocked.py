"""Words the operator keeps from everybody on shared numbers.

What belongs here: the list, adding, removing. What does not: honouring it (`checks`); reservations made before are not touched.
"""

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.keywords.models import BlockedWord
from recado.apps.keywords.words import skeleton
from recado.core.text import folded_form


class BlockedWordError(ValueError):
    """The word cannot be blocked: it has no letters, or is blocked already."""


def blocked_list(search: str = "") -> QuerySet[BlockedWord]:
    """Return blocked words by the alphabet, narrowed to those that contain something."""
    form = skeleton(folded_form(search))
    return BlockedWord.objects.filter(form__contains=form).order_by("form")


def get_blocked(blocked_id: int) -> BlockedWord:
    """Return a blocked word; raise BlockedWord.DoesNotExist where it is not one any more."""
    return BlockedWord.objects.get(pk=blocked_id)


@transaction.atomic
def block_word(word: str, reason: str) -> BlockedWord:
    """Keep a word from everybody from now on."""
    word = " ".join(word.split())
    form = skeleton(folded_form(word))
    if not form:
        raise BlockedWordError(word)
    blocked, is_new = BlockedWord.objects.get_or_create(form=form, defaults={"word": word, "reason": reason.strip()})
    if not is_new:
        raise BlockedWordError(word)
    return blocked


@transaction.atomic
def unblock_word(blocked: BlockedWord) -> None:
    """Let people reserve a word again."""
    blocked.delete()
