"""The first steps of a new account; each is done by itself when it is done.

What belongs here: the five items, their words and where they lead. What does not: asking whether they are done (`apps`).
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account
from recado.apps.dialogues.today import was_tried
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.overview import has_group, has_poster_or_forward
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers
from recado.panel.forms.simulated import PHONES


@dataclass(frozen=True, slots=True)
class Item:
    """One step."""

    title: Promise
    help: Promise
    button: Promise
    url: str
    is_done: bool


def checklist(account: Account) -> list[Item]:
    """Return the steps in their order."""
    newest = keywords_of(account).first()
    return [
        Item(
            _("You have a number"),
            _("Your own, or the shared one everybody can use. Whoever runs this installation assigns numbers."),
            _("See the numbers"),
            reverse("numbers"),
            usable_numbers(account).exists(),
        ),
        Item(
            _("Reserve a keyword"),
            _("The word people text to the number."),
            _("Reserve a keyword"),
            reverse("new-keyword"),
            newest is not None,
        ),
        Item(
            _("Try it in the phone simulator"),
            _("Send it from a phone that does not exist and watch what comes back. It costs nothing."),
            _("Open the simulator"),
            _simulator(newest),
            was_tried(account, PHONES),
        ),
        Item(
            _("Tie it to a group"),
            _("Whoever texts the keyword joins the group."),
            _("Choose a group"),
            _page(newest),
            has_group(account),
        ),
        Item(
            _("Print the poster, or forward messages to a URL"),
            _("So that people know the word, or your own program hears of them."),
            _("Make the poster"),
            reverse("keyword-poster", args=[newest.pk]) if newest else reverse("new-keyword"),
            has_poster_or_forward(account),
        ),
    ]


def _simulator(keyword: Keyword | None) -> str:
    if keyword is None:
        return reverse("simulator")
    query: dict[str, str | int] = {"number": keyword.number_id, "text": keyword.word}
    return f"{reverse('simulator')}?{urlencode(query)}"


def _page(keyword: Keyword | None) -> str:
    return reverse("keyword", args=[keyword.pk]) if keyword else reverse("new-keyword")
