"""What a page of the statistics reads once, and what one impossible figure must not do."""

from datetime import date

import pytest

from recado.apps.accounts.models import Account
from recado.apps.statistics import people
from recado.apps.statistics.figures import Filters, Period
from recado.apps.statistics.fresh import one_look
from recado.apps.statistics.view import view_of

FILTERS = Filters(Period(date(2026, 3, 1), date(2026, 3, 31)))


def test_a_figure_that_cannot_be_does_not_stop_the_counting():
    seen = people.Seen(10, {9: 1})
    seen.move(10, 9)
    seen.move(10, 9)
    assert people.loads(10, people.dumps(seen)).counts == {10: 2}


@pytest.mark.django_db
def test_questions_of_one_page_share_what_they_found_and_the_next_page_looks_again():
    account = Account.objects.create(name="A", language="pl")
    with one_look():
        first = view_of(account, FILTERS)
        assert view_of(account, FILTERS) is first
    assert view_of(account, FILTERS) is not first
