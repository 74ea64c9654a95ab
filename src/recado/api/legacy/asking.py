"""A call of the older API, and how its actions ask those of the compatible one.

What belongs here: parameters under their Polish names, turned into those of the compatible API. What does not: single actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recado.api.compat.actions import ACTIONS
from recado.api.compat.call import MAX_LIMIT, Answer, Call, Document
from recado.api.compat.errors import UNAVAILABLE, ApiError
from recado.api.compat.params import Params
from recado.api.compat.rights import check_right
from recado.apps.accounts.models import ApiUser


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, and what they say."""

    api_user: ApiUser
    given: Params

    def ask(self, action: str, **params: Any) -> Answer:
        """Ask an action of the compatible API, if the login may; raises its ApiError."""
        check_right(self.api_user, action)
        given = Params({name: value for name, value in params.items() if value != ""})
        found = ACTIONS[action](Call(self.api_user.account, given, self.api_user))
        if isinstance(found, Document):
            raise ApiError(UNAVAILABLE)
        return found

    def rows(self, action: str, **params: Any) -> list[Mapping[str, Any]]:
        """Ask for a list: as much of it as one page may hold. The older API has no pages."""
        return list(self.ask(action, limit=MAX_LIMIT, **params)["items"])

    def read(self, **names: str) -> dict[str, Any]:
        """Take parameters over: the compatible API's name = the older one's. What is not given stays away."""
        return {name: self.given.values[ours] for name, ours in names.items() if self.given.has(ours)}

    def word(self, name: str) -> str:
        """Read a word such as an operation."""
        return self.given.text(name).strip().lower()
