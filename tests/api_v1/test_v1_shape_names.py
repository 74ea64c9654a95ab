"""In the description of the API a shape is known by its name alone: two with one name would silently be described as one."""

from collections.abc import Iterator
from enum import Enum, StrEnum
from typing import Any, get_args

import pytest
from django.db.models import TextChoices
from pydantic import BaseModel

from recado.api.v1.api import api
from recado.api.v1.keyword_shapes import KeywordStanding
from recado.api.v1.number_orders import NumberOrderState
from recado.api.v1.tester import SupposedSender
from recado.apps.keywords.models import RuleExample
from recado.apps.keywords.standing import Standing
from recado.apps.orders.models import NumberOrder


def shapes(annotation: Any, seen: set[Any]) -> Iterator[type]:
    for inner in get_args(annotation):
        yield from shapes(inner, seen)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | Enum) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in getattr(annotation, "model_fields", {}).values():
            yield from shapes(field.annotation, seen)


def test_no_two_shapes_share_a_name():
    found, seen = {}, set()
    for _, router in api._routers:  # what the description is made of
        for view in router.path_operations.values():
            for operation in view.operations:
                asked = [model.model_fields for model in operation.models]
                answered = [model.model_fields for model in operation.response_models.values() if hasattr(model, "model_fields")]
                for field in (field for fields in (*asked, *answered) for field in fields.values()):
                    for shape in shapes(field.annotation, seen):
                        found.setdefault(shape.__name__, set()).add(f"{shape.__module__}.{shape.__qualname__}")
    assert len(found) > 1
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize(
    ("ours", "theirs"), [(KeywordStanding, Standing), (NumberOrderState, NumberOrder.State), (SupposedSender, RuleExample.Sender)]
)
def test_values_that_have_a_name_of_their_own_here_are_those_of_the_app(ours: type[StrEnum], theirs: type[StrEnum | TextChoices]):
    assert {one.value for one in ours} == {one.value for one in theirs}
