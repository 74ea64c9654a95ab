"""Undo instead of "are you sure?": a notice that tells what was done and takes it back with one press (panel.md §5, pattern 6).

What belongs here: the notice with its small form, which works without scripts. What does not: taking back; that is the address it posts to.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def offer_undo(request: HttpRequest, words: str, action: str, fields: Mapping[str, str]) -> None:
    """Say on the next page what was done, with a button that posts `fields` to the address `action`."""
    values = {"csrfmiddlewaretoken": get_token(request), **fields}
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', values.items())
    form = '{} <form method="post" action="{}" class="c-undo" data-undo>{}<button class="c-button c-button--link">{}</button></form>'
    messages.success(request, format_html(form, words, action, hidden, _("Undo")))
