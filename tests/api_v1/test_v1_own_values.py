"""Values that have a name of their own in the API are those of the app."""

from enum import StrEnum

import pytest
from django.db.models import TextChoices

from recado.api.v1.keyword_shapes import KeywordStanding
from recado.api.v1.number_orders import NumberOrderState
from recado.api.v1.tester import SupposedSender
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.standing import Standing
from recado.apps.orders.models import NumberOrder


@pytest.mark.parametrize(
    ("ours", "theirs"), [(KeywordStanding, Standing), (NumberOrderState, NumberOrder.State), (SupposedSender, RuleExample.Sender)]
)
def test_each_value_is_one_of_the_app(ours: type[StrEnum], theirs: type[StrEnum | TextChoices]):
    assert {one.value for one in ours} == {one.value for one in theirs}
