"""Ids for the rows that panel and API write, from the same generator as the gateway's but with a node of their own.

What belongs here: the one generator of this process and its lock, the column. What does not: how an id is made up; that is `store.ids`.
"""

import threading
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max
from django.utils import timezone

from recado.store.ids import IdGenerator, greatest_before

_lock = threading.Lock()
_generators: list[IdGenerator] = []


class GivenId(models.BigIntegerField):  # type: ignore[type-arg]
    """The id of a table whose ids the application gives. On SQLite it is the row's own number, so that no second index is kept for it."""

    def get_internal_type(self) -> str:
        """Return what Django treats it as."""
        return "BigIntegerField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type; SQLite takes only this one word for the row's number, of 64 bits."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def next_id() -> int:
    """Give a new id, greater than every one given or stored before."""
    with _lock:
        if not _generators:
            _generators.append(IdGenerator(settings.RECADO.node * 2 + 1, _greatest_stored()))
        return _generators[0].next(int(timezone.now().timestamp() * 1000))


def _greatest_stored() -> int:
    """Look at every table whose ids the application gives: after the clock went back, none may come twice."""
    given = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("recado.") and type(model._meta.pk) is GivenId  # noqa: SLF001  # Django's documented Model._meta API
    ]
    greatest = [model._default_manager.aggregate(greatest=Max("pk"))["greatest"] for model in given]  # noqa: SLF001  # documented too
    return max(filter(None, greatest), default=0)


def first_id_at(moment: datetime) -> int:
    """Return a number not greater than any id given at this moment or later; ids tell when a row was made, without an index on times."""
    return max(greatest_before(int(moment.timestamp() * 1000)) + 1, 0)
