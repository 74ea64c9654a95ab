"""Reservations made before spellings existed get theirs; nobody loses a word."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from recado.apps.keywords.checks import check_word
from recado.apps.keywords.errors import KeywordTakenError
from recado.apps.keywords.models import Keyword, NearForm, Spelling
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import edit_keyword
from recado.core.text import exact_form, folded_form

DAY = timedelta(days=1)


def reserved_before(account, number, word, **fields):
    return Keyword.objects.create(account=account, number=number, word=word, tokens=exact_form(word), folded=folded_form(word), **fields)


def fill():
    import_module("recado.apps.keywords.migrations.0005_fill_spellings").fill(apps, None)


def test_every_keyword_gets_its_spelling_and_period(alice, charlie, shared, own):
    now = timezone.now()
    lasting = reserved_before(alice, shared, "Łaska")
    ended = reserved_before(charlie, shared, "TULIP", state="quarantine", starts_at=now + DAY, ends_at=now - DAY)
    private = reserved_before(alice, own, "ROSE", ends_at=now + DAY)
    fill()
    periods = {one.keyword: (one.starts_at, one.ends_at, one.kept_until) for one in Spelling.objects.all()}
    assert periods == {
        lasting: (lasting.created_at, None, None),
        ended: (ended.ends_at, ended.ends_at, ended.ends_at + 90 * DAY),
        private: (private.created_at, private.ends_at, private.ends_at),
    }
    assert NearForm.objects.filter(spelling__keyword=lasting).count() == len({"laska", "aska", "lska", "laka", "lasa", "lask"})
    with pytest.raises(KeywordTakenError):
        check_word(alice, shared, "TULIP")


def test_two_owners_of_one_folded_word_keep_theirs_and_nobody_else_gets_it(alice, charlie, shared):
    marked, plain = reserved_before(alice, shared, "łaska"), reserved_before(charlie, shared, "laska")
    third = reserved_before(charlie, shared, "ROSE")
    fill()
    assert {one.keyword for one in Spelling.objects.all()} == {marked, plain, third}
    with pytest.raises(KeywordTakenError):
        check_word(charlie, shared, "łaśka")
    edit_keyword(plain, "LASKA", RuleContent())
    assert Keyword.objects.get(pk=plain.pk).word == "LASKA"
